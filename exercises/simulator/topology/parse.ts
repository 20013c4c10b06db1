/** A topology file, to a `Topology`: every complaint with its line, and a suggestion for a word that is not known. */
import { z } from 'zod'
import { parseYamlSource } from '../../content/compile/yaml-source.ts'
import type { YamlSource } from '../../content/compile/yaml-source.ts'
import type { Problem } from '../../core/problem.ts'
import { fail, ok } from '../../core/result.ts'
import type { Result } from '../../core/result.ts'
import { nearestName } from '../query/nearest-name.ts'
import type { AlertRule } from '../telemetry/index.ts'
import { alertRule, alertSchema } from './alerts.ts'
import { knownKeys } from './known-keys.ts'
import type { PartSpec, TelemetrySettings, TimedChange, Topology } from './model.ts'
import { duration, partName, positiveDuration, share } from './quantity.ts'

/** What the parser needs to know of a kind of part. */
export interface SectionKind {
  readonly kind: string
  readonly section: string
  readonly schema: z.ZodType
}

type Path = readonly (string | number)[]

const telemetrySchema = z
  .strictObject({
    /** Time between scrapes. */
    scrape: positiveDuration.default(5_000_000),
    /** Time between evaluations of alerts. */
    evaluate: positiveDuration.default(15_000_000),
    /** Share of traces kept. */
    traces: share.default(0.05),
    'access-logs': share.default(0.01),
    /** What is not collected, from a time on: traces, scrapes of jobs, and log lines that arrive late. */
    missing: z.strictObject({ from: duration, traces: z.boolean().default(false), jobs: z.array(z.string()).default([]), 'late-logs': duration.default(0) }).optional(),
    /** The wall clock at the start. */
    start: z.iso.datetime().default('2026-03-03T09:00:00Z'),
  })
  .prefault({})

const headSchema = z.object({ title: z.string().default('Untitled'), telemetry: telemetrySchema })
const faultSchema = z.looseObject({ at: duration, for: positiveDuration.optional(), by: z.string().optional(), hidden: z.boolean().default(false) })
const nearMatch = (word: string, known: readonly string[]): string => {
  const nearest = nearestName(word, known)
  return nearest === null ? '' : ` Did you mean "${nearest}"?`
}

/** Parses a topology. @param kinds the kinds of parts that there are, each with its section @param change changes what the text says before it is read */
export function parseTopology(options: { readonly file: string; readonly text: string; readonly kinds: readonly SectionKind[]; change?(value: unknown): unknown }): Result<{ topology: Topology; lineOf: (path: Path) => number }, readonly Problem[]> {
  const { file, text, kinds, change = (value) => value } = options
  const source = parseYamlSource({ file, text, firstLine: 1 })
  if (source.problems.length > 0) return fail(source.problems)
  const reader = new Reader(file, source)
  const value = change(source.value)
  if (!isRecord(value)) return fail([reader.problem([], 'A topology is a map of sections: services, clients, faults and so on.')])
  const head = reader.check(headSchema, value, [])
  const parts = reader.parts(value, kinds)
  const alerts = reader.alerts(value['alerts'])
  const faults = reader.faults(value['faults'])
  const known = ['title', 'telemetry', 'alerts', 'faults', ...kinds.map(({ section }) => section)]
  for (const key of Object.keys(value)) if (!known.includes(key)) reader.problem([key], `"${key}" is not a section.${nearMatch(key, known)} Sections are: ${known.join(', ')}.`)
  if (head === null || reader.problems.length > 0) return fail(reader.problems)
  const { telemetry } = head
  const topology: Topology = {
    title: head.title,
    telemetry: { epochMs: Date.parse(telemetry.start), scrapeUs: telemetry.scrape, evaluateUs: telemetry.evaluate, traces: telemetry.traces, accessLogs: telemetry['access-logs'], missing: missingOf(telemetry.missing) },
    parts,
    alerts,
    faults,
  }
  return ok({ topology, lineOf: (path) => source.lineOf(path) })
}

function missingOf(missing: z.output<typeof telemetrySchema>['missing']): TelemetrySettings['missing'] {
  return missing === undefined ? null : { fromUs: missing.from, traces: missing.traces, jobs: missing.jobs, logDelayUs: missing['late-logs'] }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Reads pieces of the file and collects complaints. */
class Reader {
  readonly problems: Problem[] = []
  private readonly file: string
  private readonly source: YamlSource

  constructor(file: string, source: YamlSource) {
    this.file = file
    this.source = source
  }

  problem(path: Path, message: string, rule = 'topology.invalid'): Problem {
    const problem: Problem = { file: this.file, line: this.source.lineOf(path), severity: 'error', rule, message }
    this.problems.push(problem)
    return problem
  }

  check<T>(schema: z.ZodType<T>, value: unknown, path: Path): T | null {
    const checked = schema.safeParse(value)
    if (checked.success) return checked.data
    // A key that is not known is often why another is missing: it comes first.
    for (const issue of checked.error.issues.toSorted((left, right) => Number(right.code === 'unrecognized_keys') - Number(left.code === 'unrecognized_keys'))) this.issue(schema, issue, path)
    return null
  }

  parts(value: Record<string, unknown>, kinds: readonly SectionKind[]): PartSpec[] {
    const parts: PartSpec[] = []
    const lines = new Map<string, string>()
    for (const { kind, section, schema } of kinds) {
      const entries = value[section]
      if (entries === undefined || entries === null) continue
      if (!isRecord(entries)) {
        this.problem([section], `${section} is a map from names to their settings.`)
        continue
      }
      for (const [name, entry] of Object.entries(entries)) {
        const path = [section, name]
        const named = partName.safeParse(name)
        if (!named.success) this.problem(path, `"${name}": ${named.error.issues[0]?.message ?? ''}`)
        const taken = lines.get(name)
        if (taken !== undefined) this.problem(path, `"${name}" is also in ${taken}; names are unique over all sections.`)
        lines.set(name, section)
        const spec = this.check(schema, entry ?? {}, path)
        if (spec !== null) parts.push({ kind, name, spec, path })
      }
    }
    if (parts.length === 0 && this.problems.length === 0) this.problem([], 'A topology needs at least one part.')
    return parts
  }

  alerts(value: unknown): AlertRule[] {
    if (value === undefined || value === null) return []
    if (!isRecord(value)) {
      this.problem(['alerts'], 'alerts is a map from names to rules, each with expr and for.')
      return []
    }
    return Object.entries(value).flatMap(([name, entry]) => {
      const read = this.check(alertSchema, entry, ['alerts', name])
      return read === null ? [] : [alertRule(name, read)]
    })
  }

  faults(value: unknown): TimedChange[] {
    if (value === undefined || value === null) return []
    if (!Array.isArray(value)) {
      this.problem(['faults'], 'faults is a list, each entry with at, what happens, and to which part.')
      return []
    }
    return value.flatMap((entry: unknown, index): TimedChange[] => {
      const path = ['faults', index]
      const read = this.check(faultSchema, entry, path)
      if (read === null) return []
      const { at, for: forUs = null, by: actor = null, hidden: isHidden, ...rest } = read
      const [change] = Object.keys(rest)
      const target = change === undefined ? undefined : rest[change]
      if (change === undefined || typeof target !== 'string') {
        this.problem(path, 'A fault is "at: 5m" and then what happens to which part, such as "slow: orders-db", and its settings.')
        return []
      }
      const { [change]: _target, ...args } = rest
      return [{ atUs: at, change, target, args, forUs, actor, isHidden, path }]
    })
  }

  private issue(schema: z.ZodType, issue: z.core.$ZodIssue, base: Path): void {
    const path = [...base, ...(issue.path as Path)]
    if (issue.code === 'unrecognized_keys') {
      const known = knownKeys(schema, issue.path)
      for (const key of issue.keys) this.problem([...path, key], `"${key}" is not known here.${nearMatch(key, known)}${known.length > 0 ? ` Known are: ${known.join(', ')}.` : ''}`, 'topology.unknown-key')
      return
    }
    if (issue.code === 'invalid_union') {
      const best = issue.errors.map((errors) => errors.toSorted((left, right) => right.path.length - left.path.length)[0]).filter((error) => error !== undefined)
      const deepest = best.toSorted((left, right) => right.path.length - left.path.length)[0]
      if (deepest !== undefined) {
        this.issue(schema, { ...deepest, path: [...issue.path, ...deepest.path] } as z.core.$ZodIssue, base)
        return
      }
    }
    const where = path.join('.')
    this.problem(path, `${where === '' ? '' : `${where}: `}${issue.message.replace(/^Invalid input: /, '')}`)
  }
}
