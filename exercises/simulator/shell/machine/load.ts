/** `uptime`, `vmstat` and `iostat`: how busy processors are. */
import { Database } from '../../model/parts/database/database.ts'
import { rightColumns } from '../columns.ts'
import type { Command, Invocation } from '../command.ts'
import { failed, printed, printedLines } from '../command.ts'
import { ratePerSecond } from '../readings.ts'
import { clock, nodeOf } from './host.ts'
import { pods } from '../cluster.ts'

const minuteUs = 60_000_000

interface Processors {
  readonly name: string
  readonly cores: number
  /** Cores in use on average over a time before now. */
  busy(windowUs: number): number
  /** Cores that other tenants of the host took. */
  stolen(windowUs: number): number
}

/** The processors of where a command runs: of the pod's container or database, else of the node. */
function processorsOf(invocation: Invocation): Processors | null {
  const { world, pod, nowUs } = invocation
  const found = pods(world, nowUs).find(({ name }) => name === pod)
  const owner = found === undefined ? undefined : world.part(found.owner)
  if (found !== undefined && owner instanceof Database) return { name: found.name, cores: owner.spec.cores, busy: (us) => ratePerSecond(world, 'db_cpu_seconds_total', { pod: found.name }, nowUs, us), stolen: () => 0 }
  const cores = owner !== undefined && 'spec' in owner && typeof owner.spec === 'object' && owner.spec !== null && 'cores' in owner.spec && typeof owner.spec.cores === 'number' ? owner.spec.cores : null
  if (found !== undefined) return cores === null ? null : { name: found.name, cores, busy: (us) => ratePerSecond(world, 'container_cpu_usage_seconds_total', { pod: found.name }, nowUs, us), stolen: () => 0 }
  const node = nodeOf(invocation)
  if (node === undefined) return null
  const mode = (word: string, us: number): number => ratePerSecond(world, 'node_cpu_seconds_total', { instance: node.name, mode: word }, nowUs, us)
  return { name: node.name, cores: node.spec.cores, busy: (us) => mode('user', us), stolen: (us) => mode('steal', us) }
}

const nowhere = 'Processors are known of nodes, of the pods of services and of databases: kubectl exec deployment/NAME -- uptime. This topology names no nodes.'
const share = (part: number, whole: number): string => ((part / whole) * 100).toFixed(1)

export const uptime: Command = {
  name: 'uptime',
  summary: 'the time, and the cores in use over 1, 5 and 15 minutes',
  synopsis: ['uptime', 'kubectl exec POD -- uptime'],
  description: ['The three numbers are cores in use on average. The load of Linux counts those who wait as well; the simulation does not, so compare with the number of cores that is printed beside them.'],
  answers: ['cmd.uptime'],
  run(invocation) {
    const found = processorsOf(invocation)
    if (found === null) return failed(nowhere)
    return printedLines([` ${clock(invocation.world, invocation.nowUs)} on ${found.name}, ${found.cores} cores, in use: ${[1, 5, 15].map((minutes) => found.busy(minutes * minuteUs).toFixed(2)).join(', ')}`])
  },
}

export const vmstat: Command = {
  name: 'vmstat',
  summary: 'how processors spend their time',
  synopsis: ['vmstat', 'kubectl exec POD -- vmstat'],
  description: ['Shares of all cores over the last minute: in use (us), idle (id), taken by other tenants of the host (st). Memory, swap and disks are not part of it here.'],
  answers: [],
  run(invocation) {
    const found = processorsOf(invocation)
    if (found === null) return failed(nowhere)
    const [busy, stolen] = [found.busy(minuteUs), found.stolen(minuteUs)]
    return printed(rightColumns([['', 'us', 'id', 'st'], [found.name, share(busy, found.cores), share(Math.max(0, found.cores - busy - stolen), found.cores), share(stolen, found.cores)]]))
  },
}

export const iostat: Command = {
  name: 'iostat',
  summary: 'processors, as iostat -c shows them; there are no devices',
  synopsis: ['iostat', 'kubectl exec DATABASE-0 -- iostat -x'],
  description: ['The processors of where it runs, over the last minute. Databases of the simulation take processor time for reading and writing, and disks only fill: there is no queue of a device to be shown.'],
  answers: ['cmd.iostat'],
  run(invocation) {
    const found = processorsOf(invocation)
    if (found === null) return failed(nowhere)
    const busy = found.busy(minuteUs)
    const stolen = found.stolen(minuteUs)
    const head = `Linux (${found.name})  ${clock(invocation.world, invocation.nowUs)}  (${found.cores} CPU)`
    return printed(`${head}\n\n${rightColumns([['avg-cpu:', '%user', '%steal', '%idle'], ['', share(busy, found.cores), share(stolen, found.cores), share(Math.max(0, found.cores - busy - stolen), found.cores)]])}\nDevices are not part of this simulation; df shows how full they are.\n`)
  },
}

export const mpstat: Command = {
  name: 'mpstat',
  summary: 'how processors spend their time, as mpstat shows it',
  synopsis: ['mpstat', 'kubectl exec POD -- mpstat'],
  description: ['Shares of all cores over the last minute. Cores are not told apart by the simulation, so -P ALL shows the same row.'],
  answers: [],
  run(invocation) {
    const found = processorsOf(invocation)
    if (found === null) return failed(nowhere)
    const [busy, stolen] = [found.busy(minuteUs), found.stolen(minuteUs)]
    const time = clock(invocation.world, invocation.nowUs)
    return printed(rightColumns([[time, 'CPU', '%usr', '%steal', '%idle'], [time, 'all', share(busy, found.cores), share(stolen, found.cores), share(Math.max(0, found.cores - busy - stolen), found.cores)]]))
  },
}
