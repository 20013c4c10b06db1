/** `systemctl` and `journalctl` on the nodes: their units are the kubelet and what stands beside it; services of the topology run as pods. */
import type { World } from '../../model/index.ts'
import { nodes, pods } from '../cluster.ts'
import type { Command, CommandResult, Invocation } from '../command.ts'
import { failed, printed, printedLines } from '../command.ts'
import { flagSet, flagValue, parseFlags } from '../flags.ts'
import { linesOf } from '../log-lines.ts'
import { durationUs, longTime, wallUs } from '../times.ts'
import { nodeOf } from './host.ts'

const units: Readonly<Record<string, { readonly title: string; readonly service: string | null }>> = {
  kubelet: { title: 'kubelet: The Kubernetes Node Agent', service: 'kubelet' },
  docker: { title: 'Docker Application Container Engine', service: null },
  'systemd-journald': { title: 'Journal Service', service: null },
}
const unitName = (word: string): string => word.replace(/\.service$/, '')

/** What to do instead with a name that runs as pods. */
function elsewhere(world: World, name: string): string {
  const part = world.part(name)
  if (part === undefined) return ''
  const runsAsPods = pods(world, world.nowUs).some(({ owner }) => owner === name)
  return runsAsPods ? `${name} runs as pods: "kubectl get pods -l app=${name}", "kubectl logs", "kubectl rollout restart deployment/${name}".\n` : `${name} does not run on these nodes.\n`
}

function journal(world: World, service: string | null, fromUs: number, nowUs: number): readonly string[] {
  if (service === null) return []
  return [...linesOf(world, { service }, fromUs, nowUs)].map(({ atUs, line, fields }) => {
    const time = new Date(wallUs(world, atUs) / 1000).toUTCString()
    return `${time.slice(8, 11)} ${time.slice(5, 7)} ${time.slice(17, 25)} ${nodes(world)[0]?.name ?? 'node-1'} ${service}[812]: ${typeof fields['msg'] === 'string' ? fields['msg'] : line}`
  })
}

function status(invocation: Invocation, name: string): CommandResult {
  const { world, nowUs } = invocation
  const unit = Object.hasOwn(units, name) ? units[name] : undefined
  if (unit === undefined) return { stdout: '', stderr: `Unit ${name}.service could not be found.\n${elsewhere(world, name)}`, exitCode: 4 }
  return printedLines([`● ${name}.service - ${unit.title}`, `     Loaded: loaded (/usr/lib/systemd/system/${name}.service; enabled)`, `     Active: active (running) since ${longTime(wallUs(world, -26 * 3_600_000_000))}; 1 day 2h ago`, `   Main PID: 812 (${name})`, '', ...journal(world, unit.service, 0, nowUs).slice(-10)])
}

export const systemctl: Command = {
  name: 'systemctl',
  summary: 'units of the node: the kubelet and what stands beside it',
  synopsis: ['systemctl status UNIT', 'systemctl list-units'],
  description: ['The nodes run pods; their units are the kubelet, docker and the journal. Services of the topology are no units: status and restart say so, and which kubectl command does it. Units of a node cannot be restarted here, since nothing of the simulation depends on it.'],
  answers: ['cmd.systemctl-status', 'cmd.systemctl-restart'],
  run(invocation) {
    const { world, args, pod } = invocation
    if (pod !== null) return failed('System has not been booted with systemd as init system (PID 1). Can\'t operate.')
    const [verb = '', word = ''] = args.filter((arg) => !arg.startsWith('-'))
    const name = unitName(word)
    if (verb === 'list-units') return printedLines(['UNIT                       LOAD   ACTIVE SUB     DESCRIPTION', ...Object.entries(units).map(([unit, { title }]) => `${`${unit}.service`.padEnd(27)}loaded active running ${title}`)])
    if (verb === 'status') return status(invocation, name)
    if (verb === 'is-active') return Object.hasOwn(units, name) ? printed('active\n') : { stdout: 'inactive\n', stderr: '', exitCode: 3 }
    if (verb !== 'restart' && verb !== 'stop' && verb !== 'start') return failed(`Unknown command verb ${verb}. status, is-active, list-units and restart are known here.`)
    if (Object.hasOwn(units, name)) return failed(`Failed to ${verb} ${name}.service: Access denied. The nodes belong to the platform team; nothing of this incident depends on this unit.`)
    return failed(`Failed to ${verb} ${name}.service: Unit ${name}.service not found.\n${elsewhere(world, name)}`, 5)
  },
  candidates: (_world, words) => (words.length === 0 ? ['status', 'is-active', 'list-units', 'restart'] : Object.keys(units)),
}

const flags = { unit: { short: 'u', value: true }, lines: { short: 'n', value: true }, since: { value: true }, follow: { short: 'f', value: false }, 'no-pager': { value: false }, priority: { short: 'p', value: true }, output: { short: 'o', value: true } } as const

export const journalctl: Command = {
  name: 'journalctl',
  summary: 'the journal of the node: what the kubelet did with containers',
  synopsis: ['journalctl -u kubelet [-n 100] [--since 10m] [-f]'],
  description: ['Shows what the kubelet has logged: deaths of containers, with their reasons and back-offs. Logs of services are with their pods: kubectl logs.'],
  answers: ['cmd.journalctl'],
  run(invocation) {
    const { world, args, nowUs, followed } = invocation
    const parsed = parseFlags(args, flags)
    if ('error' in parsed) return failed(`journalctl: ${parsed.error}`)
    const name = unitName(flagValue(parsed, 'unit') ?? 'kubelet')
    const unit = Object.hasOwn(units, name) ? units[name] : undefined
    if (unit === undefined) return { stdout: '-- No entries --\n', stderr: elsewhere(world, name), exitCode: 0 }
    const since = flagValue(parsed, 'since')
    const sinceUs = since === null ? null : durationUs(since.replace(/^-|\s*ago$/g, ''))
    if (since !== null && sinceUs === null) return failed(`Failed to parse timestamp: ${since}. Write 10m or 90s here.`)
    const fromUs = followed === null ? (sinceUs === null ? 0 : Math.max(0, nowUs - sinceUs)) : Number(followed) + 1
    const all = journal(world, unit.service, fromUs, nowUs)
    const count = Number(flagValue(parsed, 'lines') ?? (flagSet(parsed, 'follow') ? 10 : all.length))
    const shown = followed === null ? all.slice(Math.max(0, all.length - count)) : all
    const first = nodeOf(invocation)?.name ?? 'node-1'
    const answer = printedLines(shown.length === 0 && followed === null ? ['-- No entries --'] : shown.map((line) => line.replace(/node-\S+/, first)))
    return flagSet(parsed, 'follow') ? { ...answer, follow: String(nowUs) } : answer
  },
  candidates: () => ['-u', '-n', '--since', '-f', ...Object.keys(units)],
}
