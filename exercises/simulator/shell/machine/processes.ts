/** `ps` and `pidstat`: pods as processes, with what they use. */
import { pods } from '../cluster.ts'
import { columns } from '../columns.ts'
import type { Command, Invocation } from '../command.ts'
import { printed } from '../command.ts'
import { cpuCores } from '../kubectl/tables.ts'
import { reading } from '../readings.ts'
import { clock, nodeOf } from './host.ts'

interface Row {
  readonly pid: string
  readonly user: string
  readonly cpu: number
  readonly bytes: number
  readonly limit: number
  readonly command: string
}

const programs: Readonly<Record<string, string>> = { postgres: 'postgres', mysql: 'mysqld', redis: 'redis-server *:6379', 'apache/kafka': 'java kafka.Kafka', 'nvcr.io/nvidia/tritonserver': 'tritonserver' }

/** In a pod its process; else those of the node. */
function rowsOf(invocation: Invocation): readonly Row[] {
  const { world, pod, nowUs } = invocation
  const node = nodeOf(invocation)
  const here = pods(world, nowUs).filter((candidate) => (pod === null ? node === undefined || candidate.node === node.name : candidate.name === pod))
  const rows = here.map(({ name, owner, image, replica, ownerKind }, index): Row => {
    const isService = ownerKind === 'Deployment'
    return {
      pid: String(pod === null ? 1200 + index * 17 : 1), user: isService ? 'app' : (image.split(':')[0]?.split('/').at(-1) ?? ''), cpu: cpuCores(world, { pod: name }, nowUs), bytes: reading(world, 'process_resident_memory_bytes', { pod: name }, nowUs) ?? 0,
      limit: replica?.memoryBytes ?? 0, command: isService ? `java -jar ${owner}.jar` : (programs[image.split(':')[0] ?? ''] ?? owner),
    }
  })
  return rows.toSorted((one, other) => other.cpu - one.cpu)
}

export const ps: Command = {
  name: 'ps',
  summary: 'processes of the node or of the pod in which it runs',
  synopsis: ['ps aux', 'kubectl exec deployment/NAME -- ps aux'],
  description: ['Each pod is one process: the share of a core that it used lately, its share of the memory of its container, and its resident memory in KiB. Memory of databases, caches and brokers is not part of the simulation and shows as 0.'],
  answers: ['cmd.ps-python'],
  run: (invocation) => printed(columns([['USER', 'PID', '%CPU', '%MEM', 'RSS', 'COMMAND'], ...rowsOf(invocation).map(({ user, pid, cpu, bytes, limit, command }) => [user, pid, (cpu * 100).toFixed(1), (limit === 0 ? 0 : (bytes / limit) * 100).toFixed(1), String(Math.round(bytes / 1024)), command])], 2)),
  candidates: () => ['aux', '-ef'],
}

export const pidstat: Command = {
  name: 'pidstat',
  summary: 'processor time by process',
  synopsis: ['pidstat', 'kubectl exec deployment/NAME -- pidstat -u 1'],
  description: ['The share of a core that each process used lately. Reads and writes of disks (-d) are not part of the simulation.'],
  answers: [],
  run(invocation) {
    const { world, nowUs, args } = invocation
    if (args.includes('-d')) return { stdout: '', stderr: 'pidstat: the simulation counts no reads and writes of disks.\n', exitCode: 1 }
    return printed(columns([[clock(world, nowUs), 'UID', 'PID', '%CPU', 'Command'], ...rowsOf(invocation).map(({ user, pid, cpu, command }) => [clock(world, nowUs), user, pid, (cpu * 100).toFixed(2), command])], 2))
  },
  candidates: () => ['-u', '1'],
}
