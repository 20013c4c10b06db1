import { pods } from '../cluster.ts'
import type { Slices } from '../command.ts'
import { atOnce, failed, printed } from '../command.ts'
import { flagSet, flagValue } from '../flags.ts'
import { linesOf } from '../log-lines.ts'
import type { LogLine } from '../log-lines.ts'
import { durationUs, isoSeconds, wallUs } from '../times.ts'
import { isElsewhere, kindOf, notFound, selectorOf } from './request.ts'
import type { KubectlRequest, KubectlVerb } from './request.ts'

/** A node keeps so many lines of a container and rotates older ones away; the Logs tab has them all. */
const mostLines = 10_000
/** Lines that are read between two slices: some milliseconds. */
const sliceLines = 1_000

/** `kubectl logs`. With -f it goes on with what is written after it. */
export const logsVerb: KubectlVerb = {
  name: 'logs',
  summary: 'Print the logs for a container in a pod',
  flags: { follow: { short: 'f', value: false }, previous: { short: 'p', value: false }, since: { value: true }, 'since-time': { value: true }, tail: { value: true }, container: { short: 'c', value: true }, timestamps: { value: false }, prefix: { value: false } },
  run: (request) => atOnce(read(request)),
  slices: read,
}

function* read(request: KubectlRequest): Slices {
  const { world, words, flags, nowUs, followed } = request
  const all = pods(world, nowUs)
  const [word] = words
  const selector = flagValue(flags, 'selector')
  const test = selectorOf(selector)
  if (test === null) return failed(`error: unable to parse selector "${selector ?? ''}"`)
  if (word === undefined && selector === null) return failed("error: expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command\nSee 'kubectl logs -h' for help and examples")
  const elsewhere = isElsewhere(request)
  const [kindWord = '', owner] = word?.split('/') ?? []
  let chosen = word === undefined ? all.filter(({ labels }) => test(labels)) : all.filter(({ name }) => name === (owner === undefined ? word : owner))
  let note = ''
  if (owner !== undefined && kindOf(kindWord) !== 'pods') {
    const kind = kindOf(kindWord)
    if (kind === null) return failed(`error: the server doesn't have a resource type "${kindWord}"`)
    const own = all.filter((pod) => pod.owner === owner)
    if (own.length === 0 || elsewhere !== null) return notFound(kind, owner)
    const ready = own.find(({ isReady }) => isReady) ?? own[0]
    chosen = ready === undefined ? [] : [ready]
    note = own.length > 1 ? `Found ${own.length} pods, using pod/${ready?.name ?? ''}\n` : ''
  }
  if (chosen.length === 0 || elsewhere !== null) return word === undefined ? { stdout: '', stderr: `No resources found in ${elsewhere ?? 'default'} namespace.\n`, exitCode: 0 } : notFound('pods', word)
  const since = flagValue(flags, 'since')
  const sinceTime = flagValue(flags, 'since-time')
  const sinceUs = since === null ? null : durationUs(since)
  if (since !== null && sinceUs === null) return failed(`error: invalid argument "${since}" for "--since" flag: time: invalid duration "${since}"`)
  const fromTimeMs = sinceTime === null ? 0 : Date.parse(sinceTime)
  if (Number.isNaN(fromTimeMs)) return failed(`error: parsing time "${sinceTime ?? ''}" as "2006-01-02T15:04:05Z07:00": cannot parse it`)
  const tail = flagValue(flags, 'tail') ?? (word === undefined ? '10' : '-1')
  if (!/^-?\d+$/.test(tail)) return failed(`error: invalid argument "${tail}" for "--tail" flag: strconv.ParseInt: parsing "${tail}": invalid syntax`)
  const isPrevious = flagSet(flags, 'previous')
  // What was shown before ended just before the present of then.
  const fromUs = followed !== null ? Number(followed) + 1 : Math.max(0, sinceUs === null ? 0 : nowUs - sinceUs, sinceTime === null ? 0 : fromTimeMs * 1000 - world.telemetry.epochMs * 1000)
  const lines: string[] = []
  for (const { name, owner: service, deaths } of chosen) {
    const last = deaths.findLast(({ atUs }) => atUs <= nowUs)
    if (isPrevious && last === undefined) return failed(`Error from server (BadRequest): previous terminated container "${service}" in pod "${name}" not found`)
    const [beginUs, endUs] = isPrevious ? [Math.max(fromUs, deaths.at(-2)?.atUs ?? 0), last?.atUs ?? nowUs] : [Math.max(fromUs, last?.atUs ?? 0), nowUs]
    const own: LogLine[] = []
    let seen = 0
    for (const found of linesOf(world, { service, pod: name }, beginUs, endUs)) {
      seen += 1
      if (seen % sliceLines === 0) yield
      if (isPrevious || last === undefined || found.atUs > last.atUs) own.push(found)
    }
    const shown = followed !== null || Number(tail) < 0 ? own.slice(-mostLines) : Number(tail) === 0 ? [] : own.slice(-Number(tail))
    for (const { atUs, line } of shown) {
      if (lines.length % sliceLines === sliceLines - 1) yield
      lines.push(`${flagSet(flags, 'prefix') ? `[pod/${name}/${service}] ` : ''}${flagSet(flags, 'timestamps') ? `${isoSeconds(wallUs(world, atUs))} ` : ''}${line}\n`)
    }
  }
  const isFollowed = flagSet(flags, 'follow') && !isPrevious
  return { ...printed(lines.join('')), stderr: followed === null ? note : '', ...(isFollowed ? { follow: String(nowUs) } : {}) }
}
