/** `ss` and `netstat`: who listens, and the connections of pools to databases, which are the ones that the model counts. */
import type { World } from '../../model/index.ts'
import { Service } from '../../model/parts/service/service.ts'
import { clusterIp, pods, portOf } from '../cluster.ts'
import type { Pod } from '../cluster.ts'
import { columns } from '../columns.ts'
import type { Command, CommandResult, Invocation } from '../command.ts'
import { failed, printed } from '../command.ts'
import { readings } from '../readings.ts'

function listening(world: World, pod: Pod): readonly string[] {
  return pod.isReady ? ['tcp', 'LISTEN', `0.0.0.0:${portOf(world, pod.owner)}`, '0.0.0.0:*', ''] : []
}

/** Connections of the pod's pools, a row a pool and state. */
function pooled(world: World, pod: Pod, nowUs: number): readonly (readonly string[])[] {
  if (!(world.part(pod.owner) instanceof Service)) {
    return readings(world, 'db_connections', { pod: pod.name }, nowUs).filter(({ value }) => value > 0).map(({ labels, value }) => ['tcp', 'ESTAB', `${pod.ip}:${portOf(world, pod.owner)}`, 'clients', `${value} ${labels['state'] ?? ''}`])
  }
  return readings(world, 'db_pool_connections', { pod: pod.name }, nowUs).filter(({ value }) => value > 0).map(({ labels, value }) => {
    const pool = labels['pool'] ?? ''
    return ['tcp', 'ESTAB', pod.ip, `${clusterIp(world.part(pool)?.index ?? 0)}:${portOf(world, pool)}`, `${value} ${labels['state'] ?? ''} (pool ${pool})`]
  })
}

function run({ world, args, pod, nowUs }: Invocation): CommandResult {
  const found = pods(world, nowUs).find(({ name }) => name === pod)
  if (found === undefined) return failed('Sockets are known of pods only: kubectl exec deployment/NAME -- ss -t')
  const flags = args.filter((word) => word.startsWith('-')).join('')
  const onlyListening = flags.includes('l')
  const rows = [...(onlyListening || flags.includes('a') || flags === '' ? [listening(world, found)].filter((row) => row.length > 0) : []), ...(onlyListening ? [] : pooled(world, found, nowUs))]
  return printed(columns([['Netid', 'State', 'Local Address:Port', 'Peer Address:Port', 'Connections'], ...rows], 2))
}

const description = ['Shows the port on which the pod listens, and the connections of its pools to databases at the newest scrape: one row for each pool and state with their number, not one for each connection. Connections of requests between services are not counted by the simulation.']

export const ss: Command = { name: 'ss', summary: 'what a pod listens on, and the connections of its pools', synopsis: ['kubectl exec POD -- ss [-t] [-l] [-n]'], description, answers: [], run }
export const netstat: Command = { name: 'netstat', summary: 'as ss', synopsis: ['kubectl exec POD -- netstat -tuln', 'kubectl exec POD -- netstat -tan'], description, answers: ['cmd.netstat'], run }

export const lsof: Command = {
  name: 'lsof',
  summary: 'open sockets of a pod, as ss',
  synopsis: ['kubectl exec POD -- lsof -i'],
  description: ['Sockets only, as ss shows them: files are not part of the simulation.'],
  answers: [],
  run: (invocation) => (invocation.args.some((word) => word.startsWith('-i')) ? run({ ...invocation, args: ['-a'] }) : failed('lsof: open files are not part of this simulation; lsof -i shows sockets.')),
  candidates: () => ['-i'],
}
