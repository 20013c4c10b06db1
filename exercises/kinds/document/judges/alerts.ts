/** Judges alert rules: the YAML reads, the expressions are PromQL, and they fire when they should and only then. */
import { parse } from 'yaml'
import { z } from 'zod'
import { MemorySource } from '../../../simulator/promql/conformance/memory-source.ts'
import { parseSeriesLine } from '../../../simulator/promql/conformance/series-notation.ts'
import { instantQuery, parseDurationMs, parsePromql } from '../../../simulator/promql/index.ts'
import type { Judgement } from '../../../core/judgement.ts'
import { matchesAny } from '../patterns.ts'
import type { DocumentCheckOf } from '../schema.ts'
import type { CodeBlock, DocumentText } from '../text.ts'
import { nameOf } from '../text.ts'

const ruleSchema = z.object({
  alert: z.string(),
  expr: z.union([z.string(), z.number()]).transform(String),
  for: z.union([z.string(), z.number()]).transform(String).optional(),
  labels: z.record(z.string(), z.unknown()).default({}),
  annotations: z.record(z.string(), z.unknown()).default({}),
})
type Rule = z.infer<typeof ruleSchema> & { line: number }
type Expected = DocumentCheckOf<'alerts'>['alerts'][number]

const minuteMs = 60_000
const limits = { mostCells: 200_000, mostVisits: 2_000_000 }
const mostRules = 20
const mostExpression = 4_000

export function judgeAlerts(check: DocumentCheckOf<'alerts'>, document: DocumentText): Judgement {
  const read = document.codeBlocks.map(rulesOf)
  const rules = read.flatMap((one) => ('rules' in one ? one.rules : [])).slice(0, mostRules)
  const evidence = read.flatMap((one) => ('fault' in one ? [one.fault] : []))
  if (document.codeBlocks.length === 0) evidence.push('There is no code block with rules (three backticks above and below).')
  let line = document.codeBlocks[0]?.line
  let met = 0
  for (const expected of check.alerts) {
    const rule = rules.find(({ alert }) => expected.names.some((name) => nameOf(alert).replaceAll(' ', '') === nameOf(name).replaceAll(' ', '')))
    if (rule === undefined) {
      evidence.push(`Missing: a rule with \`alert: ${expected.names[0] ?? ''}\`.`)
      continue
    }
    const faults = faultsOf(rule, expected)
    if (faults.length === 0) {
      met += 1
      evidence.push(`${rule.alert}: parses${expected.cases.length > 0 ? `, and right on ${expected.cases.length} sets of data` : ''}.`)
    } else {
      line = rule.line
      evidence.push(...faults.map((fault) => `${rule.alert}: ${fault}`))
    }
  }
  const passed = met === check.alerts.length
  return { passed, share: met / check.alerts.length, evidence, ...(passed || line === undefined ? {} : { line }) }
}

function rulesOf(block: CodeBlock): { rules: Rule[] } | { fault: string } {
  let read: unknown
  try {
    // Aliases could make a small text a huge value.
    read = parse(block.text, { maxAliasCount: 0 })
  } catch (error) {
    return { fault: `The code block at line ${block.line} is no YAML: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}` }
  }
  const lines = block.text.split('\n')
  return {
    rules: candidates(read, 0).flatMap((candidate) => {
      const rule = ruleSchema.safeParse(candidate)
      return rule.success ? [{ ...rule.data, line: block.line + Math.max(0, lines.findIndex((text) => text.includes(rule.data.alert))) }] : []
    }),
  }
}

/** Rules stand in `groups`, in `rules`, in a list, or alone. */
function candidates(value: unknown, depth: number): unknown[] {
  if (depth > 4 || typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap((one: unknown) => candidates(one, depth + 1))
  if ('alert' in value) return [value]
  return [...('groups' in value ? candidates(value.groups, depth + 1) : []), ...('rules' in value ? candidates(value.rules, depth + 1) : [])]
}

function faultsOf(rule: Rule, expected: Expected): string[] {
  const expression = rule.expr.trim().slice(0, mostExpression)
  const parsed = parsePromql(expression)
  if (!parsed.ok) return [`the expression does not parse: ${parsed.error.message}${parsed.error.suggestion === null ? '' : ` ${parsed.error.suggestion}`}`]
  const faults: string[] = []
  for (const { name, series, fires } of expected.cases) {
    const fired = firesOn(expression, series)
    if (typeof fired === 'string') faults.push(`cannot be computed: ${fired}`)
    else if (fired.length > 0 !== fires) faults.push(`${name}: it ${fires ? 'is silent' : `fires, with the value ${fired.slice(0, 3).join(', ')}`}, and should ${fires ? 'fire' : 'be silent'}.`)
  }
  if (expected.severity !== undefined && String(rule.labels['severity'] ?? '').toLowerCase() !== expected.severity) faults.push(`the label \`severity\` is ${rule.labels['severity'] === undefined ? 'not there' : `"${String(rule.labels['severity'])}"`}; this one is ${expected.severity}.`)
  if (expected.forMinutes !== undefined) {
    const wait = rule.for === undefined ? 0 : parseDurationMs(rule.for)
    const minutes = wait === null ? null : wait / minuteMs
    if (minutes === null) faults.push(`\`for: ${rule.for ?? ''}\` is no duration.`)
    else if (minutes < expected.forMinutes.min || minutes > expected.forMinutes.max) faults.push(`\`for\` is ${minutes} minutes; ${expected.forMinutes.min} to ${expected.forMinutes.max} fit the brief.`)
  }
  const annotations = Object.entries(rule.annotations).map(([key, value]) => `${key}: ${String(value)}`).join(' \n ').slice(0, mostExpression)
  for (const { asks, any } of expected.annotations) if (!matchesAny(annotations, any)) faults.push(`the annotations do not say: ${asks}`)
  return faults
}

/** The values with which it fires at the last sample; a text when it cannot be computed. */
function firesOn(expression: string, series: readonly string[]): number[] | string {
  const source = new MemorySource()
  let last = 0
  for (const text of series) {
    const read = parseSeriesLine(text)
    if (!read.ok) return read.message
    source.add(read.value.labels, read.value.points.map((point, index) => ({ timeMs: index * minuteMs, point })))
    last = Math.max(last, read.value.points.length - 1)
  }
  const outcome = instantQuery(source, expression, last * minuteMs, limits)
  if (!outcome.ok) return outcome.error.message
  return outcome.result.type === 'vector' ? outcome.result.samples.map(({ value }) => Math.round(value * 1000) / 1000) : `it is a ${outcome.result.type}, not a vector`
}
