/** Prints what a simulated world shows, as plain text. */
import { queryLogs } from '../../../simulator/logql/index.ts'
import type { World } from '../../../simulator/model/index.ts'
import { instantQuery } from '../../../simulator/promql/index.ts'
import { runCommand } from '../../../simulator/shell/index.ts'
import { layOutTrace, parseTraceSearch, searchTraces } from '../../../simulator/traces/index.ts'
import type { FoundTrace } from '../../../simulator/traces/index.ts'
import type { EvidencePart, valueUnits } from './shows.ts'

type Unit = (typeof valueUnits)[number]
type PartOf<Key extends string> = Extract<EvidencePart, Record<Key, unknown>>

/** One part of a text. The world must have come to its time. Throws where a question is wrong, with the answer's error. */
export function printPart(world: World, part: EvidencePart): string {
  if ('say' in part) return part.say.trimEnd()
  if ('table' in part) return printTable(world, part)
  if ('logs' in part) return printLogs(world, part)
  if ('trace' in part) return printTrace(world, part)
  if ('count' in part) return `${part.title}: ${search(world, part.count, part, 'newest').matchedCount}`
  if ('run' in part) return printCommand(world, part)
  return printChanges(world, part)
}

/** Columns that are as wide as their widest cell; numbers are right-aligned. */
export function inColumns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ').trimEnd()).join('\n')
}

const epochUs = (world: World, timeUs: number): number => world.telemetry.epochMs * 1000 + timeUs
const clock = (world: World, timeUs: number): string => new Date(epochUs(world, timeUs) / 1000).toISOString().slice(11, 16)

function printTable(world: World, { table, at, rows }: PartOf<'table'>): string {
  const body = rows.flatMap((row) => rowsOf(world, row, at))
  return inColumns([[table, ...at.map((timeUs) => clock(world, timeUs))], ...body])
}

/** The rows that one question answers, by name. A series that is not there at a time shows as a dash. */
function rowsOf(world: World, { ask, unit, label }: PartOf<'table'>['rows'][number], at: readonly number[]): string[][] {
  const rows = new Map<string, string[]>()
  for (const [column, timeUs] of at.entries()) {
    const answer = instantQuery(world.telemetry.series, ask, epochUs(world, timeUs) / 1000)
    if (!answer.ok) throw new Error(`${ask}: ${answer.error.message}`)
    const { result } = answer
    const samples = result.type === 'vector' ? result.samples : result.type === 'scalar' ? [{ labels: {}, value: result.value }] : []
    for (const { labels, value } of samples) {
      const name = label.replaceAll(/\{\{(\w+)\}\}/g, (_, key: string) => labels[key] ?? '')
      const row = rows.get(name) ?? at.map(() => '-')
      row[column] = formatValue(value, unit)
      rows.set(name, row)
    }
  }
  if (rows.size === 0) throw new Error(`${ask}: no series at any of the times`)
  return [...rows].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([name, cells]) => [name, ...cells])
}

function formatValue(value: number, unit: Unit): string {
  if (Number.isNaN(value)) return '-'
  const short = (number: number): string => (Math.abs(number) >= 100 ? number.toFixed(0) : Math.abs(number) >= 10 ? number.toFixed(1) : number.toFixed(2))
  switch (unit) {
    case 'plain':
      return short(value)
    case 'whole':
      return value.toFixed(0)
    case 'ms':
      return `${(value * 1000).toFixed(value < 0.01 ? 1 : 0)} ms`
    case 's':
      return `${value.toFixed(value < 10 ? 2 : 1)} s`
    case 'percent':
      return `${(value * 100).toFixed(value !== 0 && value < 0.1 ? 2 : 1)}%`
    case 'per-second':
      return `${short(value)}/s`
    case 'MB':
      return `${(value / 1e6).toFixed(0)} MB`
  }
}

function printLogs(world: World, { logs, at, since, lines, title }: PartOf<'logs'>): string {
  const answer = queryLogs(world.telemetry.logs, logs, { fromUs: epochUs(world, at - since), toUs: epochUs(world, at), limit: lines, direction: 'newest-first' })
  if (!answer.ok) throw new Error(`${logs}: ${answer.error.message}`)
  const rows = answer.value.rows.toReversed().map(({ timeUs, line }) => `${new Date(timeUs / 1000).toISOString().slice(11, 23)} ${line}`)
  return [...(title === undefined ? [] : [title]), ...(rows.length === 0 ? ['(no lines)'] : rows)].join('\n')
}

function search(world: World, text: string, { at, since }: { at: number; since: number }, order: 'slowest' | 'newest' | 'oldest'): { found: readonly FoundTrace[]; matchedCount: number } {
  const query = parseTraceSearch(text)
  if (!query.ok) throw new Error(`${text}: ${query.error.message}`)
  return searchTraces(world.telemetry.traces, query.value, { fromUs: epochUs(world, at - since), toUs: epochUs(world, at), limit: 1, order })
}

function printTrace(world: World, part: PartOf<'trace'>): string {
  const [first] = search(world, part.trace, part, part.pick).found
  const waterfall = first === undefined ? null : layOutTrace(first.trace)
  if (waterfall === null) return '(no trace)'
  const rows = waterfall.rows.slice(0, part.rows).map(({ span, depth, offsetUs, durationUs }) => {
    const extra = part.attributes.flatMap((key) => (span.attributes[key] === undefined ? [] : [`${key}=${String(span.attributes[key])}`]))
    return [`${'  '.repeat(depth)}${span.service} ${span.kind} ${span.name}`, `+${milliseconds(offsetUs)}`, milliseconds(durationUs), ...(span.status === 'error' ? ['error'] : ['']), extra.join(' ')]
  })
  const more = waterfall.rows.length - rows.length
  return [inColumns([['span', 'start', 'time', '', ''], ...rows]), ...(more > 0 ? [`... and ${more} more`] : [])].join('\n')
}

function milliseconds(us: number): string {
  return `${(us / 1000).toFixed(us < 10_000 ? 1 : 0)} ms`
}

function printCommand(world: World, { run, most, cut }: PartOf<'run'>): string {
  const argv = [...run.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, bare]) => single ?? double ?? bare ?? '')
  const { stdout, stderr } = runCommand(world, argv)
  const printed = `${stdout}${stderr}`.trimEnd().split('\n').map((line) => (cut === undefined ? line : line.slice(0, cut).trimEnd()))
  const shown = most === undefined ? printed : printed.slice(0, most)
  return [`$ ${run}`, ...shown, ...(shown.length < printed.length ? [`... and ${printed.length - shown.length} more`] : [])].join('\n')
}

function printChanges(world: World, { from, at }: PartOf<'changes'>): string {
  const rows = world.telemetry.changes
    .between(epochUs(world, from), epochUs(world, at))
    .map(({ timeUs, summary }) => `${new Date(timeUs / 1000).toISOString().slice(11, 16)}  ${summary}`)
  return rows.length === 0 ? '(no changes)' : rows.join('\n')
}
