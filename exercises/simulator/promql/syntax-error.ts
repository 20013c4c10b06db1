/** Turns the first error of the grammar's tree into the message that Prometheus would give for the token there. */
import { describeToken } from './lexer.ts'
import { aggregators } from './ast.ts'
import { experimentalFunctions, functionNames } from './functions/signatures.ts'
import { nearestName } from '../query/nearest-name.ts'
import { ParseFailure } from './query-error.ts'
import type { Lexed, Token } from './lexer.ts'

const lexicalSuggestions: Record<string, string> = {
  'unclosed left parenthesis': 'Add the missing ")".',
  'unclosed left bracket': 'Add the missing "]".',
  'unexpected end of input inside braces': 'Add the missing "}".',
  "unexpected right parenthesis ')'": 'Remove this ")", or open it before.',
  'unterminated quoted string': 'Close the string with the same quote.',
  'unterminated raw string': 'Close the string with another backquote.',
  "unexpected character after '=': '~'": 'Regular expressions match labels inside braces: metric{label=~"expression"}.',
  "unexpected character after '!': '~'": 'Regular expressions match labels inside braces: metric{label!~"expression"}.',
}

/** The failure for a query whose tree has its first error at `offset`. */
export function syntaxFailure(query: string, lexed: Lexed, offset: number): ParseFailure {
  const { tokens, error } = lexed
  const index = tokens.findIndex((token) => token.from >= offset || token.to > offset)
  const found = index < 0 ? undefined : tokens[index]
  if (error && (found === undefined || error.from <= found.from)) return lexicalFailure(error)
  if (found === undefined) return new ParseFailure({ from: query.length, to: query.length }, 'unexpected end of input')
  if (tokens.length === 1 && found.kind === 'end') {
    return new ParseFailure({ from: 0, to: 0 }, 'no expression found in input', 'Write a metric name, such as up.')
  }
  const before = tokens.slice(0, index)
  const called = calledName(before, found)
  if (called) return unknownFunction(called)
  if (found.text === ')' && before.at(-1)?.text === ',' && isCall(before)) {
    return new ParseFailure(before.at(-1) ?? found, 'trailing commas not allowed in function call args', 'Remove the comma.')
  }
  const context = contextOf(before, found)
  const message = `unexpected ${describeToken(found)}${context ? ` in ${context.place}${context.expected === null ? '' : `, expected ${context.expected}`}` : ''}`
  return new ParseFailure(found, message, suggestionFor(before, found))
}

export function lexicalFailure(error: NonNullable<Lexed['error']>): ParseFailure {
  return new ParseFailure(error, error.message, lexicalSuggestions[error.message] ?? null)
}

function calledName(before: readonly Token[], found: Token): Token | null {
  const last = before.at(-1)
  return found.text === '(' && last?.kind === 'identifier' ? last : null
}

export function unknownFunction(name: Token): ParseFailure {
  if (experimentalFunctions.has(name.text)) return experimentalFailure(name, name.text)
  const nearest = nearestName(name.text, [...functionNames(), ...aggregators])
  return new ParseFailure(name, `unknown function with name "${name.text}"`, nearest === null ? null : `Did you mean ${nearest}?`)
}

export function experimentalFailure(span: { from: number; to: number }, name: string): ParseFailure {
  return new ParseFailure(span, `function "${name}" is not enabled`, 'It is experimental: Prometheus has it behind --enable-feature=promql-experimental-functions. Use functions that need no flag.')
}

interface Context {
  readonly place: string
  readonly expected: string | null
}

/** Where in the grammar the token after `before` stands, seen from what came before it. */
function contextOf(before: readonly Token[], found: Token): Context | null {
  const last = before.at(-1)
  if (!last) return null
  const opening = innermostOpening(before)
  if (opening?.token.text === '{') return labelMatching(last)
  if (opening?.token.text === '[') return bracket(before, opening.index)
  if (opening && introducesLabels(before[opening.index - 1])) {
    return { place: 'grouping opts', expected: last.text === '(' || last.text === ',' ? 'label' : '"," or ")"' }
  }
  if (found.text !== '(' && last.kind === 'keyword' && ['by', 'without', 'on', 'ignoring'].includes(last.text)) return { place: 'grouping opts', expected: '"("' }
  if (last.text === 'offset') return { place: 'offset', expected: 'number or duration' }
  if (last.text === '@' || before.at(-2)?.text === '@') return { place: '@', expected: 'timestamp' }
  const aggregating = closesAggregationModifier(before) || openings(before).some(({ index }) => opensAggregation(before, index))
  return aggregating ? { place: 'aggregation', expected: null } : null
}

/** Whether the parenthesis at `index` begins an aggregation's arguments. */
function opensAggregation(tokens: readonly Token[], index: number): boolean {
  return tokens[index]?.text === '(' && (tokens[index - 1]?.kind === 'aggregator' || closesAggregationModifier(tokens.slice(0, index)))
}

function isCall(before: readonly Token[]): boolean {
  const opening = openings(before).at(-1)
  return opening !== undefined && (opensAggregation(before, opening.index) || (opening.token.text === '(' && before[opening.index - 1]?.kind === 'identifier'))
}

function labelMatching(last: Token): Context {
  const expected = last.text === '{' || last.text === ',' ? 'identifier or "}"' : last.kind === 'identifier' ? 'label matching operator' : last.kind === 'operator' ? 'string' : '"," or "}"'
  return { place: 'label matching', expected }
}

function bracket(before: readonly Token[], opening: number): Context {
  const last = before.at(-1)
  if (before.length - 1 === opening) return { place: 'subquery or range selector', expected: 'number or duration' }
  if (last?.text === ':') return { place: 'subquery selector', expected: 'number, duration or "]"' }
  const hasColon = before.slice(opening).some((token) => token.text === ':')
  return hasColon ? { place: 'subquery selector', expected: '"]"' } : { place: 'subquery or range', expected: '":" or "]"' }
}

function introducesLabels(token: Token | undefined): boolean {
  return token?.kind === 'keyword' && token.text !== 'bool' && token.text !== 'offset'
}

function innermostOpening(before: readonly Token[]): { token: Token; index: number } | null {
  return openings(before).at(-1) ?? null
}

/** Brackets of all kinds that are not closed yet, the outermost first. */
function openings(before: readonly Token[]): { token: Token; index: number }[] {
  const open: { token: Token; index: number }[] = []
  before.forEach((token, index) => {
    if (token.kind !== 'punctuation') return
    if ('([{'.includes(token.text)) open.push({ token, index })
    else if (')]}'.includes(token.text)) open.pop()
  })
  return open
}

/** `sum by (job)` with nothing after it. */
function closesAggregationModifier(before: readonly Token[]): boolean {
  if (before.at(-1)?.text !== ')') return false
  const opening = before.findLastIndex((token) => token.text === '(')
  return ['by', 'without'].includes(before[opening - 1]?.text ?? '') && before[opening - 2]?.kind === 'aggregator'
}

function suggestionFor(before: readonly Token[], found: Token): string | null {
  const last = before.at(-1)
  if (found.text === '=') return 'Compare values with "==".'
  if (last?.kind === 'operator' && found.kind === 'identifier' && innermostOpening(before)?.token.text === '{') return `Put the value in quotes: "${found.text}".`
  if (found.kind === 'keyword' && (found.text === 'by' || found.text === 'without')) return `"${found.text}" belongs to an aggregation: sum ${found.text} (label) (...).`
  if (found.kind === 'keyword' && (found.text === 'on' || found.text === 'ignoring')) return `"${found.text}" follows an operator: a * ${found.text}(label) b.`
  if (found.kind === 'end') return 'The query stops in the middle; finish it.'
  if (found.kind === 'identifier' && last?.kind === 'identifier') return `Put an operator between "${last.text}" and "${found.text}".`
  return null
}
