/** `df`, `free`, `top` and `uptime`: of the operator's choice of a node, or of the pod in which they run. */
import type { World } from '../../model/index.ts'
import { Database } from '../../model/parts/database/database.ts'
import type { Node } from '../../model/parts/nodes/node.ts'
import { deployments, nodes, pods } from '../cluster.ts'
import { columns } from '../columns.ts'
import type { Command, CommandResult, Invocation } from '../command.ts'
import { failed, printed, printedLines } from '../command.ts'
import { cpuCores } from '../kubectl/tables.ts'
import { ratePerSecond, reading } from '../readings.ts'
import { wallUs } from '../times.ts'

const kibibyte = 1024

/** Where a command looks: inside a pod at the pod's node; outside at the first node. */
export function nodeOf({ world, pod, nowUs }: Invocation): Node | undefined {
  const name = pods(world, nowUs).find((candidate) => candidate.name === pod)?.node
  return nodes(world).find((node) => node.name === name) ?? nodes(world)[0]
}

/** Bytes in use on a node's disk. Reads a copy: asking the disk itself would bring it up to date. */
function usedBytes(node: Node, nowUs: number): number {
  const { usedBytes: used, growth, sinceUs, sizeBytes } = node.disk.save()
  return Math.min(sizeBytes, used + (Math.max(0, nowUs - sinceUs) * growth) / 1e6)
}

/** A size as df -h and free -h show it: `41G`, `3.9G`. */
function human(bytes: number): string {
  let value = bytes
  for (const unit of ['', 'K', 'M', 'G', 'T']) {
    if (value < kibibyte || unit === 'T') return value < 10 && unit !== '' ? `${(Math.ceil(value * 10) / 10).toFixed(1)}${unit}` : `${Math.ceil(value)}${unit}`
    value /= kibibyte
  }
  return ''
}

/** `df`: the disk of a database in its pod, else that of the node. */
export const df: Command = {
  name: 'df',
  summary: 'disk in use, of the node or the database on which it runs',
  synopsis: ['df [-h]', 'kubectl exec DATABASE-0 -- df -h'],
  description: ['In a pod of a database it shows the volume of the database; in another pod the disk of its node, and outside of pods that of the first node. A topology without nodes has no disks beside those of databases.'],
  answers: ['cmd.df-h'],
  run(invocation): CommandResult {
    const { world, args, pod, nowUs } = invocation
    const unknown = args.find((word) => !['-h', '/', '-H', '-k'].includes(word))
    if (unknown !== undefined) return failed(`df: ${unknown.startsWith('-') ? `invalid option -- '${unknown.replace(/^-+/, '')}'` : `${unknown}: No such file or directory`}`)
    const database = world.part(pod?.replace(/-\d+$/, '') ?? '')
    const node = nodeOf(invocation)
    const disk = database instanceof Database
      ? { device: '/dev/nvme1n1', mount: '/var/lib/postgresql', size: database.settings.disk, used: Math.min(database.settings.disk, database.diskBytes()) }
      : node === undefined ? null : { device: '/dev/nvme0n1p1', mount: '/', size: node.disk.sizeBytes, used: usedBytes(node, nowUs) }
    if (disk === null) return failed('df: no file systems processed: this topology names no nodes')
    const show = (bytes: number): string => (args.includes('-h') ? human(bytes) : String(Math.round(bytes / kibibyte)))
    return printed(columns([['Filesystem', args.includes('-h') ? 'Size' : '1K-blocks', 'Used', args.includes('-h') ? 'Avail' : 'Available', 'Use%', 'Mounted on'], [disk.device, show(disk.size), show(disk.used), show(disk.size - disk.used), `${Math.ceil((disk.used / disk.size) * 100)}%`, disk.mount]], 2))
  },
}

/** The pod that a command runs in, with its memory and its share of cores; null outside of services' pods. */
function processOf({ world, pod, nowUs }: Invocation): { readonly service: string; readonly cores: number; readonly limitBytes: number; readonly bytes: number; readonly used: number } | null {
  const found = pods(world, nowUs).find(({ name }) => name === pod)
  const service = deployments(world).find(({ name }) => name === found?.owner)
  if (found === undefined || service === undefined) return null
  return { service: service.name, cores: found.replica?.cores ?? service.spec.cores, limitBytes: found.replica?.memoryBytes ?? service.spec.memory.limit, bytes: reading(world, 'process_resident_memory_bytes', { pod: found.name }, nowUs) ?? 0, used: cpuCores(world, { pod: found.name }, nowUs) }
}

/** `free`: memory of the container. */
export const free: Command = {
  name: 'free',
  summary: 'memory in use, of the pod in which it runs',
  synopsis: ['kubectl exec deployment/NAME -- free -h'],
  description: ['The limit and the use of the container of a service. Nodes and stores have no memory in this simulation, so it is refused elsewhere.'],
  answers: ['cmd.free-h'],
  run(invocation) {
    const found = processOf(invocation)
    if (found === null) return failed('free: memory is known of the pods of services only: kubectl exec deployment/NAME -- free -h')
    const show = (bytes: number): string => (invocation.args.includes('-h') ? human(bytes).replace(/[KMGT]$/, '$&i') : String(Math.round(bytes / kibibyte)))
    return printed(columns([['', 'total', 'used', 'free'], ['Mem:', show(found.limitBytes), show(found.bytes), show(found.limitBytes - found.bytes)], ['Swap:', show(0), show(0), show(0)]], 7))
  },
}

/** Clock time, as uptime and top begin their first line. */
export function clock(world: World, nowUs: number): string {
  return new Date(wallUs(world, nowUs) / 1000).toISOString().slice(11, 19)
}

/** `top`: one look at the processes of a node or a pod. */
export const top: Command = {
  name: 'top',
  summary: 'one look at the processes of the node or the pod in which it runs',
  synopsis: ['top', 'kubectl exec deployment/NAME -- top'],
  description: ['Each pod is one process, with the share of a core that it used lately and its memory. On a node it also shows time that other tenants of the host have taken (st). It prints once, as top -b -n 1 does.'],
  answers: ['cmd.htop'],
  run(invocation) {
    const { world, pod, nowUs } = invocation
    const node = nodeOf(invocation)
    const shown = pods(world, nowUs).filter((candidate) => candidate.replica !== null && (pod === null ? node === undefined || candidate.node === node.name : candidate.name === pod))
    const mode = (word: string): number => (node === undefined ? 0 : ratePerSecond(world, 'node_cpu_seconds_total', { instance: node.name, mode: word }, nowUs, 30_000_000) / node.spec.cores) * 100
    const rows = shown.map((candidate, index) => ({ candidate, index, cores: cpuCores(world, { pod: candidate.name }, nowUs), bytes: reading(world, 'process_resident_memory_bytes', { pod: candidate.name }, nowUs) ?? 0 })).toSorted((left, right) => right.cores - left.cores)
    return printedLines([
      `top - ${clock(world, nowUs)} on ${node?.name ?? 'node-1'}`, `Tasks: ${rows.length} total`, ...(node === undefined ? [] : [`%Cpu(s): ${mode('user').toFixed(1)} us, ${mode('idle').toFixed(1)} id, ${mode('steal').toFixed(1)} st`]), '',
      ...columns([['    PID', 'USER', '   RES', '  %CPU', 'COMMAND'], ...rows.map(({ candidate, index, cores, bytes }) => [String(pod === null ? 1200 + index * 17 : 1).padStart(7), 'app', `${Math.round(bytes / 2 ** 20)}m`.padStart(6), (cores * 100).toFixed(1).padStart(6), candidate.owner])], 1).trimEnd().split('\n'),
    ])
  },
}
