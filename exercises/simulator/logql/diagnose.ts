import { parser } from '@grafana/lezer-logql'
import type { Tree } from '@lezer/common'
import { nearestName } from '../query/nearest-name.ts'
import { LogqlFailure, parseFailure } from './errors.ts'
import { OTHER_FUNCTIONS, RANGE_FUNCTIONS, STAGES, VECTOR_FUNCTIONS, type Token } from './tokens.ts'
import type { QueryTree } from './tree.ts'

/** Offset of the first error in a tree, or -1. */
export function firstErrorOffset(tree: Tree): number {
  let first = -1
  tree.iterate({
    enter(node) {
      if (node.type.isError && (first < 0 || node.from < first)) first = node.from
    },
  })
  return first
}

/** Tokens to try where a query broke, by the names that Loki's messages use. */
const PROBES: readonly (readonly [name: string, text: string])[] = [
  ['STRING', '"x"'], ['IDENTIFIER', 'zz'], ['NUMBER', '1'], ['DURATION', '5m'], ['RANGE', '[5m]'],
  ['{', '{'], ['}', '}'], ['(', '('], [')', ')'], [',', ','], ['=', '='], ['=~', '=~'], ['!~', '!~'], ['!=', '!='],
  ['|', '|'], ['|=', '|='], ['by', 'by'], ['+', '+'],
]

/** As Yacc does, expected tokens are only listed when they are few. */
const MOST_EXPECTED = 4

function expectedAt(query: string, offset: number): string[] {
  const prefix = `${query.slice(0, offset)} `
  const expected: string[] = []
  for (const [name, text] of PROBES) {
    const error = firstErrorOffset(parser.parse(prefix + text))
    if (error < 0 || error >= prefix.length + text.length) expected.push(name)
  }
  // Behind a whole expression any operator may follow: too many to list. Before one, + is only a sign of a number, and
  // keywords that may be label names are identifiers.
  if (expected.includes('+') && !expected.includes('NUMBER')) return ['an operator', ...expected, 'more']
  return expected.filter((name) => name !== '+' && (name !== 'by' || !expected.includes('IDENTIFIER')))
}

/** The failure of a query whose tree has an error, in Loki's words, with what to try. */
export function diagnose(source: QueryTree, errorOffset: number): LogqlFailure {
  const { query, tokens } = source
  const index = tokens.findIndex((token) => token.end > errorOffset)
  const token = index < 0 ? undefined : tokens[index]
  const broken = tokens.find((other) => other.problem !== null && other.start <= (token?.start ?? query.length))
  if (broken?.problem) return parseFailure(query, broken.start, broken.end, broken.problem, problemSuggestion(broken))
  const offset = token?.start ?? query.length
  const expected = expectedAt(query, offset)
  const name = token?.name ?? '$end'
  const list = expected.length > 0 && expected.length <= MOST_EXPECTED ? `, expecting ${expected.join(' or ')}` : ''
  const suggestion = suggest(tokens, index < 0 ? tokens.length : index, expected)
  return parseFailure(query, offset, token?.end ?? query.length, `syntax error: unexpected ${name}${list}`, suggestion)
}

/** What to do about a token that is broken in itself. */
export function problemSuggestion(token: Token): string | null {
  if (token.name === 'RANGE') return 'Write a range as a number and a unit (ms, s, m, h, d), such as [5m].'
  if (token.problem?.startsWith('literal not terminated')) return `Close the string with ${token.text[0] ?? '"'}.`
  if (token.name === "'") return 'Replace the single quotes by double quotes.'
  if (token.name === '&') return 'Write "and" between conditions.'
  if (token.name === 'NUMBER') return 'Durations end in ns, us, ms, s, m, h, d, w or y; sizes in B, kB, KB, KiB, MB, MiB, GB, GiB.'
  return null
}

function suggest(tokens: readonly Token[], index: number, expected: readonly string[]): string | null {
  const token = tokens[index]
  const previous = tokens[index - 1]
  if (token === undefined && index === 0) return 'Start with a stream selector, such as {service="checkout"}.'
  if (previous?.name === 'by' || previous?.name === 'without') return `Put the labels in parentheses: ${previous.name} (${token?.name === 'IDENTIFIER' ? token.text : 'service'}).`
  if (token?.name === 'IDENTIFIER' && tokens[index + 1]?.name === '(') return unknownFunction(token.text)
  if (token !== undefined && previous?.name === '|' && token.name !== '|') return unknownStage(token, tokens[index + 1])
  if (previous?.name === 'IDENTIFIER' && tokens[index - 2]?.name === '|') return unknownStage(previous, token)
  if (token?.name === '|' && previous?.name === '|') return 'Write "or" between conditions.'
  if (expected.includes('STRING') && token?.name === 'IDENTIFIER') return `Put the value in double quotes: "${token.text}".`
  if (expected.includes('DURATION') && expected.includes('NUMBER')) return 'Compare with a text in quotes, a number, a duration such as 250ms or a size such as 20KB.'
  if (expected.length === 1 && expected[0] === 'STRING') return 'A text in double quotes or backticks belongs here.'
  if (token?.name === 'RANGE') return rangeSuggestion(tokens, index)
  if (expected.includes('}') && isInsideSelector(tokens, index)) {
    return token?.name === 'IDENTIFIER' ? 'Put a comma between the matchers.' : 'Close the stream selector with }.'
  }
  if (expected.includes('=~') && isInsideSelector(tokens, index)) return 'A matcher is a label, one of = != =~ !~, and a text: service="checkout".'
  if (token?.name === '}' && previous?.name === '{') return 'Name at least one label, such as {service="checkout"}.'
  if (token?.name === 'IDENTIFIER' && index === 0) return 'Start with a stream selector, such as {service="checkout"}, or with a function, such as rate(...).'
  const call = enclosingFunction(tokens, index)
  if (call !== null && expected.includes('RANGE')) return `${call} needs a range before its closing parenthesis: ${call}({...}[5m]).`
  if (token === undefined && expected.includes(')')) return 'Close the parenthesis with ).'
  if (token?.name === 'IDENTIFIER' && tokens.slice(0, index).some((other) => other.name === '|') && previous?.name !== '|') {
    return 'Join conditions with "and" or "or", and begin a new stage with |.'
  }
  const meant = token?.name === 'IDENTIFIER' && token.text.length > 2 ? nearestName(token.text, ['by', 'without', 'and', 'or', 'unless', 'offset', 'bool', 'ignoring', 'on', 'ip']) : null
  return meant === null ? null : `Did you mean ${meant}?`
}

function unknownFunction(name: string): string {
  const functions = [...RANGE_FUNCTIONS, ...VECTOR_FUNCTIONS, ...OTHER_FUNCTIONS]
  const meant = nearestName(name, functions)
  return meant === null ? `There is no function ${name}. Functions over a range: ${RANGE_FUNCTIONS.slice(0, 5).join(', ')}, ...` : `There is no function ${name}. Did you mean ${meant}?`
}

function unknownStage(token: Token, following: Token | undefined): string | null {
  if (token.name === 'STRING') return 'To keep lines that contain a text, write |= and the text.'
  if (token.name !== 'IDENTIFIER') return null
  const meant = nearestName(token.text, STAGES)
  if (meant !== null) return `There is no stage ${token.text}. Did you mean ${meant}?`
  return following === undefined || !/^(?:[=!<>]|==|>=|<=|=~)/.test(following.text)
    ? `After | comes a parser (json, logfmt, pattern, regexp), a format, or a condition such as ${token.text} = "value".`
    : null
}

function rangeSuggestion(tokens: readonly Token[], index: number): string {
  const call = enclosingFunction(tokens, index)
  if (call !== null && (VECTOR_FUNCTIONS as readonly string[]).includes(call)) return `${call} works on a metric, not on log lines: ${call}(rate({...}[5m])).`
  return 'A range belongs inside a function over log lines, such as rate({...}[5m]).'
}

/** The name of the function whose parentheses are open at a token, or null. */
function enclosingFunction(tokens: readonly Token[], index: number): string | null {
  let depth = 0
  for (let i = index - 1; i >= 0; i -= 1) {
    const name = tokens[i]?.name
    if (name === ')') depth += 1
    if (name === '(') {
      if (depth === 0) {
        const before = tokens[i - 1]?.text ?? ''
        return /^[a-z_]+$/.test(before) ? before : null
      }
      depth -= 1
    }
  }
  return null
}

function isInsideSelector(tokens: readonly Token[], index: number): boolean {
  for (let i = index - 1; i >= 0; i -= 1) {
    if (tokens[i]?.name === '}') return false
    if (tokens[i]?.name === '{') return true
  }
  return false
}
