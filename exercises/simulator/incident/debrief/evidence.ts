/** Judges pinned evidence: what of it shows the true cause, and which rivals it excludes. */
import { queryLogs } from '../../logql/index.ts'
import type { World } from '../../model/index.ts'
import { parsePromql, selectorsOf } from '../../promql/index.ts'
import type { Matcher } from '../../promql/index.ts'
import { parseTraceSearch, searchTraces } from '../../traces/index.ts'
import type { IncidentSpec } from '../schema.ts'
import type { Pin, ShiftEntry } from '../shift/index.ts'

/** A pin, and the pieces of the incident's evidence that it shows. */
export interface JudgedPin {
  readonly pin: Pin
  /** Ids of evidence; empty for a pin that tells nothing about the cause. */
  readonly shows: readonly string[]
}

export interface JudgedEvidence {
  readonly pins: readonly JudgedPin[]
  /** Ids of rivals that what was pinned excludes. */
  readonly excluded: readonly string[]
  /** Ids of rivals that are left. */
  readonly left: readonly string[]
}

type Evidence = IncidentSpec['truth']['evidence'][number]

/** Lines that are looked through for a pinned one. */
const mostLines = 10_000

/**
 * Which evidence each pin shows. A query shows it when it asks the same metric of the same part; a line, a trace or a
 * change when the evidence's own query finds that very one; a command when the incident says so, or when a line that
 * the evidence finds is in its output. @param world in its last state @param sinceUs from when lines and traces count
 */
export function judgeEvidence(world: World, spec: IncidentSpec, pins: readonly Pin[], sinceUs: number): JudgedEvidence {
  const finder = evidenceFinder(world, sinceUs)
  const judged = pins.map((pin) => ({ pin, shows: spec.truth.evidence.filter((evidence) => finder.shows(pin, evidence)).map(({ id }) => id) }))
  const shown = new Set(judged.flatMap(({ shows }) => shows))
  const told = new Set(spec.truth.evidence.filter(({ id }) => shown.has(id)).flatMap(({ tellsApartFrom }) => tellsApartFrom))
  const rivals = spec.rivals.map(({ id }) => id)
  return { pins: judged, excluded: rivals.filter((id) => told.has(id)), left: rivals.filter((id) => !told.has(id)) }
}

/** Tells what shows a piece of evidence. */
export interface EvidenceFinder {
  shows(pin: Pin, evidence: Evidence): boolean
  /** Whether the learner saw it with this: a question, a command, something pinned. */
  inEntry(entry: ShiftEntry, evidence: Evidence): boolean
}

/** @param world in its last state @param sinceUs from when lines and traces count */
export function evidenceFinder(world: World, sinceUs: number): EvidenceFinder {
  return new Finder(world, sinceUs)
}

/** Answers of the evidence's queries, each asked once. */
class Finder implements EvidenceFinder {
  private readonly world: World
  private readonly fromUs: number
  private readonly toUs: number
  private readonly lines = new Map<string, ReadonlySet<string>>()
  private readonly traces = new Map<string, ReadonlySet<string>>()

  constructor(world: World, sinceUs: number) {
    this.world = world
    const epochUs = world.telemetry.epochMs * 1000
    this.fromUs = epochUs + sinceUs
    this.toUs = epochUs + world.nowUs + 1
  }

  shows(pin: Pin, evidence: Evidence): boolean {
    switch (pin.kind) {
      case 'promql':
        return evidence.kind === 'promql' && asksTheSame(pin.query, evidence.query)
      case 'log':
        return evidence.kind === 'logql' && this.linesOf(evidence.query).has(pin.text)
      case 'logql':
        return evidence.kind === 'logql' && overlaps(this.linesOf(pin.query), this.linesOf(evidence.query))
      case 'trace':
      case 'span':
        return evidence.kind === 'trace' && this.tracesOf(evidence.query).has(pin.query.split(' ')[0] ?? '')
      case 'change':
        return evidence.kind === 'change' && evidence.query.split(/\s+/).every((word) => pin.text.includes(word))
      case 'command':
        return evidence.commands.some((pattern) => new RegExp(pattern).test(pin.query)) || (evidence.kind === 'logql' && [...this.linesOf(evidence.query)].some((line) => pin.text.includes(line)))
      case 'alert':
        return false
    }
  }

  inEntry(entry: ShiftEntry, evidence: Evidence): boolean {
    if (entry.type === 'pinned') return this.shows(entry.pin, evidence)
    if (entry.type === 'typed') return this.shows({ id: 'typed', kind: 'command', title: '', query: entry.line, text: '' }, evidence)
    if (entry.type === 'viewed') return (evidence.kind === 'change' && entry.panel === 'changes') || (evidence.kind === 'promql' && entry.queries.some((query) => asksTheSame(query, evidence.query)))
    if (entry.type !== 'asked' || entry.kind !== evidence.kind) return false
    switch (entry.kind) {
      case 'promql':
      case 'logql':
        return this.shows({ id: 'asked', kind: entry.kind, title: '', query: entry.query, text: '' }, evidence)
      case 'trace':
        // A search without a condition shows the newest of thousands, which is to find it by chance.
        return entry.query !== '' && overlaps(this.tracesOf(entry.query), this.tracesOf(evidence.query))
      case 'change':
        return true
    }
  }

  /** Lines that the log query in a query finds; a function around it does not matter here. */
  private linesOf(query: string): ReadonlySet<string> {
    const known = this.lines.get(query)
    if (known !== undefined) return known
    const inner = /\{[^}]*\}[^[]*/.exec(query)?.[0]?.trim() ?? query
    const answer = queryLogs(this.world.telemetry.logs, inner, { fromUs: this.fromUs, toUs: this.toUs, limit: mostLines, direction: 'newest-first' })
    const lines = new Set(answer.ok ? answer.value.rows.map(({ line }) => line) : [])
    this.lines.set(query, lines)
    return lines
  }

  private tracesOf(query: string): ReadonlySet<string> {
    const known = this.traces.get(query)
    if (known !== undefined) return known
    const parsed = parseTraceSearch(query)
    const ids = new Set(parsed.ok ? searchTraces(this.world.telemetry.traces, parsed.value, { fromUs: this.fromUs, toUs: this.toUs, limit: mostLines, order: 'newest' }).found.map(({ trace }) => trace.traceId) : [])
    this.traces.set(query, ids)
    return ids
  }
}

function overlaps(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  for (const item of one) if (other.has(item)) return true
  return false
}

/** Whether one query reads a metric that the other reads, and neither rules out the labels of the other. */
function asksTheSame(asked: string, wanted: string): boolean {
  const [mine, theirs] = [matchersOf(asked), matchersOf(wanted)]
  return theirs.some((one) => mine.some((other) => agree(one, other)))
}

function matchersOf(query: string): readonly (readonly Matcher[])[] {
  const parsed = parsePromql(query)
  return parsed.ok ? selectorsOf(parsed.expr) : []
}

/** Same metric, and no label that both name exactly and differently. */
function agree(one: readonly Matcher[], other: readonly Matcher[]): boolean {
  const exact = (matchers: readonly Matcher[]): ReadonlyMap<string, string> => new Map(matchers.filter(({ op }) => op === '=').map(({ name, value }) => [name, value]))
  const [left, right] = [exact(one), exact(other)]
  if (left.get('__name__') === undefined || left.get('__name__') !== right.get('__name__')) return false
  for (const [name, value] of left) if (right.has(name) && right.get(name) !== value) return false
  return true
}
