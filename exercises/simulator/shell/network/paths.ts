/** `mtr` and `tcpdump`: the way to a host with its loss, and what a pod sends. */
import { deployments, pods } from '../cluster.ts'
import { columns } from '../columns.ts'
import type { Command, CommandResult, Invocation } from '../command.ts'
import { failed, printed, printedLines } from '../command.ts'
import { flagSet, flagValue, parseFlags } from '../flags.ts'
import { ratePerSecond, readings } from '../readings.ts'
import { wallUs } from '../times.ts'
import { hosts, lookUp } from './dns.ts'
import { hostOf, wayTo } from './ping.ts'

export const mtr: Command = {
  name: 'mtr',
  summary: 'the zones on the way to a host, with loss and time',
  synopsis: ['mtr --report HOST', 'kubectl exec POD -- mtr --report HOST'],
  description: ['What ping and traceroute tell, in one table: the echoes of the last minute between the zones of the network. Zones are the only hops of the simulation.'],
  answers: [],
  run(invocation) {
    const host = hostOf(invocation.args)
    if (host === undefined) return failed('mtr: no hostname given', 1)
    const way = wayTo(invocation, host)
    if ('exitCode' in way) return way
    const { address, from, to, loss, tripMs } = way
    const trip = tripMs === null ? '???' : tripMs.toFixed(1)
    const rows = from === to ? [['  1.', `${host} (${address}) in ${to}`, `${(loss * 100).toFixed(1)}%`, trip]] : [['  1.', `gateway of ${from}`, '0.0%', ''], ['  2.', `${host} (${address}) in ${to}`, `${(loss * 100).toFixed(1)}%`, trip]]
    return printed(columns([['HOST:', from, 'Loss%', 'Last'], ...rows], 2))
  },
  candidates: hosts,
}

const captureFlags = { count: { short: 'c', value: true }, interface: { short: 'i', value: true }, numeric: { short: 'n', value: false }, quick: { short: 'q', value: false }, verbose: { short: 'v', value: false }, ascii: { short: 'A', value: false }, size: { short: 's', value: true } } as const
const windowUs = 10_000_000

/** Calls of a pod to others in the last seconds, by peer and outcome, from what it counts. */
function flows(invocation: Invocation, service: string, pod: string): CommandResult {
  const { world, nowUs } = invocation
  const spanUs = Math.max(windowUs, world.topology.telemetry.scrapeUs * 2)
  const seen = readings(world, 'client_requests_total', { pod }, nowUs).flatMap(({ labels }) => {
    const { peer = '', operation = '', outcome = '' } = labels
    const rate = ratePerSecond(world, 'client_requests_total', { pod, peer, operation, outcome }, nowUs, spanUs)
    return rate === 0 ? [] : [{ peer, operation, outcome, rate }]
  })
  const retransmitted = ratePerSecond(world, 'node_netstat_Tcp_RetransSegs', {}, nowUs, spanUs)
  const rows = seen.toSorted((one, other) => other.rate - one.rate).map(({ peer, operation, outcome, rate }) => [peer, lookUp(world, peer).answers[0]?.address ?? '', operation, outcome, rate.toFixed(2)])
  return printed(`${service} sends, per second over the last ${Math.round(spanUs / 1e6)} s:\n${columns([['PEER', 'ADDRESS', 'OPERATION', 'OUTCOME', 'PER SECOND'], ...rows])}${readings(world, 'node_netstat_Tcp_RetransSegs', {}, nowUs).length === 0 ? '' : `Segments sent again on all nodes, per second: ${retransmitted.toFixed(2)}\n`}`)
}

function run(invocation: Invocation): CommandResult {
  const { world, pod, nowUs } = invocation
  const parsed = parseFlags(invocation.args, captureFlags)
  if ('error' in parsed) return failed(`tcpdump: ${parsed.error}`)
  const found = pods(world, nowUs).find(({ name }) => name === pod)
  const service = deployments(world).find(({ name }) => name === found?.owner)
  if (found === undefined || service === undefined) return failed("tcpdump: eth0: You don't have permission to capture on that device. In the pods of services it is allowed: kubectl exec deployment/NAME -- tcpdump -nn -c 20")
  if (flagSet(parsed, 'quick')) return flows(invocation, service.name, found.name)
  const host = /\bhost (\S+)/.exec(parsed.words.join(' '))?.[1]
  const most = Number(flagValue(parsed, 'count') ?? 20)
  const lines: { readonly atUs: number; readonly text: string }[] = []
  for (const { spans } of world.telemetry.traces.traces(wallUs(world, nowUs - 60_000_000), wallUs(world, nowUs))) {
    for (const span of spans) {
      if (span.service !== service.name || (span.kind !== 'client' && span.kind !== 'producer') || (span.attributes['k8s.pod.name'] ?? found.name) !== found.name) continue
      const peer = String(span.attributes['server.address'] ?? '')
      if (host !== undefined && peer !== host) continue
      const address = lookUp(world, peer).answers[0]?.address ?? peer
      const time = (us: number): string => new Date(us / 1000).toISOString().slice(11, 23)
      lines.push({ atUs: span.startUs, text: `${time(span.startUs)} IP ${found.ip} > ${address}: request ${span.name} (${peer})` }, { atUs: span.startUs + span.durationUs, text: `${time(span.startUs + span.durationUs)} IP ${address} > ${found.ip}: ${span.status === 'error' ? `ended: ${span.statusMessage ?? 'error'}` : 'answer'}, ${(span.durationUs / 1000).toFixed(1)} ms later (${peer})` })
    }
  }
  const shown = lines.toSorted((one, other) => one.atUs - other.atUs).slice(-most)
  return { ...printedLines(shown.map(({ text }) => text)), stderr: `tcpdump: requests of traces that were kept in the last minute; packets are not part of the simulation\n${shown.length} of ${lines.length} shown\n` }
}

export const tcpdump: Command = {
  name: 'tcpdump',
  summary: 'what a pod sends and gets: requests and their answers, or rates by peer',
  synopsis: ['kubectl exec deployment/NAME -- tcpdump -nn [-c 20] [host PEER]', 'kubectl exec deployment/NAME -- tcpdump -q'],
  description: ['The simulation has requests and no packets. Without -q it shows the requests of the traces that were kept in the last minute, and when their answers came; with -q it shows how many requests a second go to each peer and how they end, and segments that were sent again where the topology has a network.'],
  answers: [],
  run,
  candidates: (world, words) => (words.at(-1) === 'host' ? hosts(world) : ['-nn', '-c', '-q', 'host']),
}
