/** `ping` and `traceroute`, from the echoes that the topology's network measures between its zones. */
import type { World } from '../../model/index.ts'
import { Network } from '../../model/parts/network/network.ts'
import { pods } from '../cluster.ts'
import type { Command, CommandResult, Invocation } from '../command.ts'
import { failed, printedLines } from '../command.ts'
import { ratePerSecond, reading, readings } from '../readings.ts'
import { hosts, lookUp } from './dns.ts'

/** Over what the loss of echoes is counted. */
const windowUs = 60_000_000

interface Way {
  readonly address: string
  readonly from: string
  readonly to: string
  /** Share of echoes of the last minute that nobody answered. */
  readonly loss: number
  /** Milliseconds of the newest echo that came back; null when none did. */
  readonly tripMs: number | null
}

function zoneOf(world: World, labels: Readonly<Record<string, string>>, nowUs: number): string | null {
  return readings(world, 'up', labels, nowUs).find((found) => found.labels['zone'] !== undefined)?.labels['zone'] ?? null
}

/** The way to a host, or what the tool says instead. */
export function wayTo({ world, pod, nowUs }: Invocation, host: string): Way | CommandResult {
  const target = pods(world, nowUs).find(({ ip, name }) => ip === host || name === host)
  const found = target === undefined ? lookUp(world, host) : null
  const address = target?.ip ?? found?.answers[0]?.address
  if (address === undefined) return failed(`ping: ${host}: ${found?.status === 'NXDOMAIN' ? 'Name or service not known' : 'Temporary failure in name resolution'}`, 2)
  const network = world.parts.find((part) => part instanceof Network)
  if (network === undefined) return failed(`${host} is ${address}. Nothing more can be told: the topology of this incident has no network, so packets take no time and none is lost.`, 2)
  const from = (pod === null ? null : zoneOf(world, { pod }, nowUs)) ?? network.zones[0] ?? ''
  const owner = target?.owner ?? host
  const to = zoneOf(world, target === undefined ? { job: host } : { pod: target.name }, nowUs) ?? network.zones.find((zone) => network.spec.zones[zone]?.parts.includes(owner)) ?? from
  const sent = ratePerSecond(world, 'smokeping_requests_total', { zone: from, target_zone: to }, nowUs, windowUs)
  const lost = ratePerSecond(world, 'smokeping_response_failures_total', { zone: from, target_zone: to }, nowUs, windowUs)
  const seconds = reading(world, 'probe_icmp_duration_seconds', { zone: from, target_zone: to }, nowUs)
  const loss = sent === 0 ? 0 : lost / sent
  return { address, from, to, loss, tripMs: loss >= 1 || seconds === null ? null : seconds * 1000 }
}

/** The first word that is no flag. */
export const hostOf = (args: readonly string[]): string | undefined => args.filter((word, index) => !word.startsWith('-') && !/^-[ciWt]$/.test(args[index - 1] ?? ''))[0]

export const ping: Command = {
  name: 'ping',
  summary: 'echoes between the zone of where you are and that of a host: time and loss',
  synopsis: ['ping HOST', 'kubectl exec POD -- ping HOST'],
  description: ['Tells the echoes that are sent between the zones of the network all the time: those that nobody answered in the last minute, and the time of the newest. From the bastion they are those of the first zone of the topology. It sends none of its own.', 'A topology without zones has no network that could lose or delay packets; ping then tells the address only.'],
  answers: ['cmd.ping'],
  run(invocation) {
    const host = hostOf(invocation.args)
    if (host === undefined) return failed('ping: usage error: Destination address required', 2)
    const way = wayTo(invocation, host)
    if ('exitCode' in way) return way
    const { address, from, to, loss, tripMs } = way
    const answer = printedLines([`PING ${host} (${address}), from zone ${from} to zone ${to}`, ...(tripMs === null ? [] : [`64 bytes from ${address}: time=${tripMs.toFixed(3)} ms`]), '', `--- ${host} ping statistics, last minute ---`, `${(loss * 100).toFixed(1)}% packet loss`])
    return { ...answer, exitCode: tripMs === null ? 1 : 0 }
  },
  candidates: hosts,
}

export const traceroute: Command = {
  name: 'traceroute',
  summary: 'the zones on the way to a host, with the time of an echo',
  synopsis: ['traceroute HOST'],
  description: ['The network of a topology knows zones and no routers, so the way has one hop inside a zone and two between zones. Times are those that ping tells.'],
  answers: ['cmd.traceroute'],
  run(invocation) {
    const host = hostOf(invocation.args)
    if (host === undefined) return failed('Specify "host" missing argument.', 2)
    const way = wayTo(invocation, host)
    if ('exitCode' in way) return way
    const { address, from, to, tripMs } = way
    const last = `${host} (${address}) in ${to}  ${tripMs === null ? '* * *' : `${tripMs.toFixed(3)} ms`}`
    return printedLines([`traceroute to ${host} (${address})`, ...(from === to ? [` 1  ${last}`] : [` 1  gateway of ${from}`, ` 2  ${last}`])])
  },
  candidates: hosts,
}
