import { nodes, pods } from '../cluster.ts'
import { columns } from '../columns.ts'
import type { CommandResult } from '../command.ts'
import { failed, printed } from '../command.ts'
import { flagSet, flagValue } from '../flags.ts'
import { ratePerSecond, reading } from '../readings.ts'
import { isElsewhere, kindOf, notFound, selectorOf } from './request.ts'
import type { KubectlRequest, KubectlVerb } from './request.ts'
import { cpuCores } from './tables.ts'

const mebibyte = 2 ** 20

/** `kubectl top`. */
export const topVerb: KubectlVerb = {
  name: 'top',
  summary: 'Display resource (CPU/memory) usage',
  flags: { 'sort-by': { value: true }, 'no-headers': { value: false }, containers: { value: false } },
  run(request) {
    const { words: [word = '', name] } = request
    const kind = kindOf(word)
    if (kind === 'pods') return topPods(request, name)
    if (kind === 'nodes') return topNodes(request, name)
    return failed(`error: unknown command "${word}"\nSee 'kubectl top -h' for help and examples`)
  },
}

function topPods(request: KubectlRequest, name: string | undefined): CommandResult {
  const { world, flags, nowUs } = request
  const test = selectorOf(flagValue(flags, 'selector'))
  if (test === null) return failed(`error: unable to parse selector "${flagValue(flags, 'selector') ?? ''}"`)
  const elsewhere = isElsewhere(request)
  if (elsewhere !== null) return { stdout: '', stderr: `No resources found in ${elsewhere} namespace.\n`, exitCode: 0 }
  const all = pods(world, nowUs)
  if (name !== undefined && !all.some((pod) => pod.name === name)) return notFound('pods', name)
  const measured = all.filter((pod) => (name === undefined || pod.name === name) && test(pod.labels)).flatMap((pod) => {
    const isService = pod.replica !== null
    const bytes = reading(world, 'process_resident_memory_bytes', { pod: pod.name }, nowUs)
    const cores = isService ? cpuCores(world, { pod: pod.name }, nowUs) : ratePerSecond(world, 'db_cpu_seconds_total', { pod: pod.name }, nowUs, 30_000_000)
    // The metrics server knows no memory of stores here, and of no pod that is down.
    return isService && bytes === null ? [] : [{ name: pod.name, cores, bytes }]
  })
  const key = flagValue(flags, 'sort-by')
  if (key !== null && key !== 'cpu' && key !== 'memory') return failed('error: --sort-by accepts only cpu or memory')
  const sorted = key === null ? measured.toSorted((left, right) => (left.name < right.name ? -1 : 1)) : measured.toSorted((left, right) => (key === 'cpu' ? right.cores - left.cores : (right.bytes ?? 0) - (left.bytes ?? 0)))
  if (sorted.length === 0) return { stdout: '', stderr: 'No resources found in default namespace.\n', exitCode: 0 }
  const rows = sorted.map((pod) => [pod.name, `${Math.round(pod.cores * 1000)}m`, pod.bytes === null ? '<unknown>' : `${Math.round(pod.bytes / mebibyte)}Mi`])
  return printed(columns(flagSet(flags, 'no-headers') ? rows : [['NAME', 'CPU(cores)', 'MEMORY(bytes)'], ...rows]))
}

function topNodes({ world, flags, nowUs }: KubectlRequest, name: string | undefined): CommandResult {
  const all = nodes(world)
  if (name !== undefined && !all.some((node) => node.name === name)) return notFound('nodes', name)
  if (all.length === 0) return failed('error: metrics not available yet: this topology names no nodes')
  const memory = new Map<string, number>()
  for (const pod of pods(world, nowUs)) memory.set(pod.node, (memory.get(pod.node) ?? 0) + (reading(world, 'process_resident_memory_bytes', { pod: pod.name }, nowUs) ?? 0))
  const rows = all.filter((node) => name === undefined || node.name === name).map((node) => {
    if (!node.isUp) return [node.name, '<unknown>', '<unknown>', '<unknown>']
    const cores = ['user', 'steal'].reduce((sum, mode) => sum + ratePerSecond(world, 'node_cpu_seconds_total', { instance: node.name, mode }, nowUs, 30_000_000), 0)
    return [node.name, `${Math.round(cores * 1000)}m`, `${Math.round((cores / node.spec.cores) * 100)}%`, `${Math.round((memory.get(node.name) ?? 0) / mebibyte)}Mi`]
  })
  return printed(columns(flagSet(flags, 'no-headers') ? rows : [['NAME', 'CPU(cores)', 'CPU(%)', 'MEMORY(bytes)'], ...rows]))
}
