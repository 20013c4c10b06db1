/** `nvidia-smi`: the GPUs of model servers, as DCGM and the server measure them. */
import type { World } from '../../model/index.ts'
import { ModelServer } from '../../model/parts/inference/model-server.ts'
import type { Command } from '../command.ts'
import { failed, printedLines } from '../command.ts'
import { reading } from '../readings.ts'
import { longTime, wallUs } from '../times.ts'

export const models = (world: World): readonly ModelServer[] => world.parts.filter((part) => part instanceof ModelServer)

export const nvidiaSmi: Command = {
  name: 'nvidia-smi',
  summary: 'how busy the GPUs of model servers are, and their memory',
  synopsis: ['nvidia-smi', 'kubectl exec MODEL-0 -- nvidia-smi'],
  description: ['One row for each replica of a model server, at the newest scrape. GPU-Util is the share of time in which anything was on the GPU, and not how much of it computed; the metric DCGM_FI_PROF_SM_ACTIVE tells that. CPU is the share of the workers that prepare inputs.'],
  answers: ['cmd.nvidia-smi'],
  run({ world, pod, nowUs }) {
    const chosen = models(world).filter(({ name }) => pod === null || pod.startsWith(`${name}-`))
    if (chosen.length === 0) return failed("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that the latest NVIDIA driver is installed and running.", 9)
    const rows = chosen.flatMap((server) => server.replicas.flatMap((replica, index) => {
      if (replica.gone === 1) return []
      const gauge = (name: string): number => reading(world, name, { replica: `${server.name}-${index}` }, nowUs) ?? 0
      const mib = (bytes: number): string => `${Math.round(bytes / 2 ** 20)}MiB`
      return [`| ${server.name.padEnd(20)} ${String(index).padStart(3)} | ${`${gauge('DCGM_FI_DEV_GPU_UTIL')}%`.padStart(8)} | ${`${mib(gauge('nv_gpu_memory_used_bytes'))} / ${mib(gauge('nv_gpu_memory_total_bytes'))}`.padStart(21)} | ${`${Math.round(gauge('nv_cpu_utilization') * 100)}%`.padStart(5)} | ${String(replica.inputs.length).padStart(7)} | ${String(replica.queue.length).padStart(5)} |`]
    }))
    const rule = `+${'-'.repeat(26)}+${'-'.repeat(10)}+${'-'.repeat(23)}+${'-'.repeat(7)}+${'-'.repeat(9)}+${'-'.repeat(7)}+`
    return printedLines([longTime(wallUs(world, nowUs)), rule, '| Model               GPU  | GPU-Util |          Memory-Usage |   CPU | Prepare | Queue |', rule, ...rows, rule])
  },
  candidates: () => [],
}
