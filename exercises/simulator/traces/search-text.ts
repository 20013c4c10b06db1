import { matcherPatternProblem } from '../query/matcher.ts'
import { nearestName } from '../query/nearest-name.ts'
import { parseDurationSeconds } from '../query/units.ts'
import { asTraceQueryResult, TraceQueryFailure, type TraceQueryResult } from './errors.ts'
import type { AttributeCondition, NumberCondition, SearchOperator, TextCondition, TraceQuery } from './search.ts'
import type { Span } from './source.ts'

interface Term {
  readonly key: string
  readonly operator: SearchOperator
  readonly value: string
  readonly from: number
  readonly valueFrom: number
  readonly to: number
}

const KEYS = ['service', 'operation', 'name', 'kind', 'status', 'duration', 'trace.duration', 'trace.spans', 'trace.service', 'trace.error'] as const
const KINDS: readonly Span['kind'][] = ['internal', 'server', 'client', 'producer', 'consumer']
const STATUSES: readonly Span['status'][] = ['unset', 'ok', 'error']

/**
 * Reads a search such as `service=checkout duration>500ms status=error http.route="/pay" trace.duration>2s`. Terms are
 * joined by spaces (or `and`, `&&`); all must hold. Keys: service, operation (or name), kind, status, duration of a span;
 * trace.duration, trace.spans, trace.service, trace.error of the whole; anything else is an attribute.
 */
export function parseTraceSearch(text: string): TraceQueryResult<TraceQuery> {
  return asTraceQueryResult(() => {
    const durations: NumberCondition[] = []
    const traceDurations: NumberCondition[] = []
    const traceSpans: NumberCondition[] = []
    const traceServices: string[] = []
    const attributes: AttributeCondition[] = []
    const query: { service?: TextCondition; operation?: TextCondition; kind?: Span['kind']; status?: { value: Span['status']; negated: boolean }; traceHasError?: boolean } = {}
    for (const term of readTerms(text)) {
      const repeated = (): never => fail(text, term.from, term.to, `${term.key} is given twice`, 'All terms must hold for one span: for a choice use =~ with a|b.')
      switch (term.key) {
        case 'service':
          if (query.service !== undefined) repeated()
          query.service = textCondition(text, term)
          break
        case 'operation':
        case 'name':
          if (query.operation !== undefined) repeated()
          query.operation = textCondition(text, term)
          break
        case 'kind':
          if (query.kind !== undefined) repeated()
          query.kind = oneOf(text, term, KINDS)
          break
        case 'status':
          if (query.status !== undefined) repeated()
          query.status = { value: oneOf(text, term, STATUSES), negated: term.operator === '!=' }
          break
        case 'duration': durations.push(durationCondition(text, term)); break
        case 'trace.duration': traceDurations.push(durationCondition(text, term)); break
        case 'trace.spans': traceSpans.push(numberCondition(text, term, Number(term.value))); break
        case 'trace.service':
          if (term.operator !== '=') fail(text, term.from, term.to, `trace.service takes =, not ${term.operator}`, 'Write trace.service=checkout.')
          traceServices.push(term.value)
          break
        case 'trace.error':
          if (term.operator !== '=' || (term.value !== 'true' && term.value !== 'false')) fail(text, term.valueFrom, term.to, 'trace.error is true or false', 'Write trace.error=true.')
          query.traceHasError = term.value === 'true'
          break
        default: attributes.push(attributeCondition(text, term))
      }
    }
    return {
      ...query, ...(durations.length > 0 && { duration: durations }), ...(traceDurations.length > 0 && { traceDuration: traceDurations }),
      ...(traceSpans.length > 0 && { traceSpans }), ...(traceServices.length > 0 && { traceServices }), ...(attributes.length > 0 && { attributes }),
    }
  })
}

function fail(text: string, from: number, to: number, detail: string, suggestion: string | null): never {
  throw new TraceQueryFailure(text, from, to, detail, suggestion)
}

const SPACE = /(?:\s|&&)+/y
const KEY = /[A-Za-z_][A-Za-z0-9_./-]*/y
const OPERATOR = /\s*(=~|!~|!=|>=|<=|==|=|>|<|:)\s*/y
const BARE_VALUE = /[^\s"&][^\s&]*/y

function readTerms(text: string): Term[] {
  const terms: Term[] = []
  let position = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = position
    const match = pattern.exec(text)
    if (match !== null) position = pattern.lastIndex
    return match
  }
  for (;;) {
    take(SPACE)
    if (position >= text.length) return terms
    const from = position
    const key = take(KEY)?.[0]
    if (key === undefined) {
      fail(text, from, from + 1, `unexpected ${JSON.stringify(String.fromCodePoint(text.codePointAt(from) ?? 0))}`, 'A search is a list of terms such as service=checkout duration>500ms.')
    }
    const operator = take(OPERATOR)?.[1]
    if (operator === undefined) {
      if (/^and$/i.test(key) && terms.length > 0) continue
      fail(text, from, position, /^(?:or|not)$/i.test(key) ? `${key} is not known here` : `${key} is not compared with anything`, wordSuggestion(key))
    }
    if (operator === ':') fail(text, position - 1, position, 'unexpected ":"', `Write ${key}=... in place of ${key}:...`)
    const valueFrom = position
    const value = text[position] === '"' ? quotedValue(text, position) : { text: take(BARE_VALUE)?.[0] ?? '', end: position }
    if (valueFrom >= text.length || (value.text === '' && text[valueFrom] !== '"')) fail(text, valueFrom, valueFrom, `${key} is compared with nothing`, `Put a value behind ${operator}; quote one with spaces: ${key}${operator}"a b".`)
    position = text[valueFrom] === '"' ? value.end : position
    terms.push({ key, operator: operator === '==' ? '=' : (operator as SearchOperator), value: value.text, from, valueFrom, to: position })
  }
}

function wordSuggestion(key: string): string {
  if (/^or$/i.test(key)) return 'For a choice between values use =~ with a|b, such as service=~"cart|checkout".'
  if (/^not$/i.test(key)) return 'Use != in place of not.'
  return `Write a term such as service=${key}.`
}

function quotedValue(text: string, from: number): { text: string; end: number } {
  let value = ''
  for (let position = from + 1; position < text.length; position += 1) {
    const character = text[position] ?? ''
    if (character === '"') return { text: value, end: position + 1 }
    if (character === '\\' && position + 1 < text.length && /["\\]/.test(text[position + 1] ?? '')) position += 1
    value += text[position] ?? ''
  }
  return fail(text, from, text.length, 'the text has no closing quote', 'Close it with ".')
}

function textCondition(text: string, term: Term): TextCondition {
  const { operator, value } = term
  if (operator !== '=' && operator !== '!=' && operator !== '=~' && operator !== '!~') return fail(text, term.from, term.to, `${term.key} is a text and cannot be compared by ${operator}`, 'Use = != =~ or !~.')
  checkRegex(text, term)
  return { operator, value }
}

function checkRegex(text: string, { operator, value, valueFrom, to }: Term): void {
  if (operator !== '=~' && operator !== '!~') return
  const problem = matcherPatternProblem(value)
  if (problem !== null) fail(text, valueFrom, to, problem.message, 'Expressions are RE2 and match the whole value.')
}

function oneOf<T extends string>(text: string, term: Term, allowed: readonly T[]): T {
  const value = allowed.find((one) => one === term.value)
  if (value !== undefined && (term.operator === '=' || (term.operator === '!=' && term.key === 'status'))) return value
  const meant = nearestName(term.value, allowed)
  return fail(text, term.valueFrom, term.to, `${term.key} is one of ${allowed.join(', ')}`, meant === null ? `Write ${term.key}=${allowed[0] ?? ''}.` : `Did you mean ${term.key}=${meant}?`)
}

function durationCondition(text: string, term: Term): NumberCondition {
  const seconds = parseDurationSeconds(term.value)
  if (seconds === null) return fail(text, term.valueFrom, term.to, `${JSON.stringify(term.value)} is no duration`, /^[\d.]+$/.test(term.value) ? `Add a unit: ${term.key}${term.operator}${term.value}ms.` : 'Write a number and a unit: us, ms, s, m or h.')
  return numberCondition(text, term, Math.round(seconds * 1e6))
}

function numberCondition(text: string, { operator, key, from, valueFrom, to }: Term, value: number): NumberCondition {
  if (Number.isNaN(value)) return fail(text, valueFrom, to, `${key} is compared with a number`, null)
  if (operator === '=~' || operator === '!~') return fail(text, from, to, `${key} is a number and cannot be matched by ${operator}`, 'Use = != > >= < or <=.')
  return { operator, value }
}

function attributeCondition(text: string, term: Term): AttributeCondition {
  checkRegex(text, term)
  const isOrdered = term.operator === '>' || term.operator === '>=' || term.operator === '<' || term.operator === '<='
  if (isOrdered && (term.value.trim() === '' || Number.isNaN(Number(term.value)))) {
    const meant = nearestName(term.key, KEYS)
    fail(text, term.valueFrom, term.to, `the attribute ${term.key} is compared with ${JSON.stringify(term.value)}, which is no number`, meant === null ? 'Give a number without a unit.' : `Did you mean ${meant}?`)
  }
  return { key: term.key, operator: term.operator, value: term.value }
}
