import { queryFailure } from '../errors.ts'
import { compileRegex } from '../../regex/index.ts'
import type { LineFilterOperator, LineFilterValue, Stage } from '../syntax.ts'
import type { LineCursor } from './line-cursor.ts'
import { lineHasIp, parseIpTest } from './ip.ts'
import { matchesPattern, parsePattern } from './pattern.ts'

/** Whether a line stays. */
export type LineTest = (line: LineCursor) => boolean

const shortestWorthAsking = 3

/** Makes the test of a line filter. Several values: any of them (`|=`), or none of them (`!=`). */
export function compileLineFilter(filter: Extract<Stage, { kind: 'line-filter' }>, query: string): LineTest {
  const tests = filter.values.map((value) => compileValue(filter.operator, value, query))
  const isNegated = filter.operator.startsWith('!')
  const [only] = tests
  if (tests.length === 1 && only !== undefined) return isNegated ? (line) => !only(line) : only
  return isNegated ? (line) => !tests.some((test) => test(line)) : (line) => tests.some((test) => test(line))
}

function compileValue(operator: LineFilterOperator, { text, isIp, place }: LineFilterValue, query: string): LineTest {
  if (isIp) {
    const test = parseIpTest(text)
    if (test === null) throw queryFailure(`invalid ip pattern ${JSON.stringify(text)}`, 'Use an IPv4 address, a range such as 10.0.0.1-10.0.0.9 or a network such as 10.0.0.0/24.', { query, ...place })
    return (line) => lineHasIp(line.text, test)
  }
  if (operator === '|~' || operator === '!~') {
    const regex = compileRegex(text)
    const { literals, required } = regex
    if (literals !== null) return (line) => literals.some((literal) => line.contains(literal))
    // Short texts stand in most lines: asking for them first saves nothing.
    return required.length < shortestWorthAsking ? (line) => regex.matches(line.text) : (line) => line.contains(required) && regex.matches(line.text)
  }
  if (operator === '|>' || operator === '!>') {
    const pattern = parsePattern(text, 'filter')
    if (typeof pattern === 'string') throw queryFailure(`invalid pattern: ${pattern}`, 'Write <_> where any text may stand.', { query, ...place })
    return (line) => matchesPattern(pattern, line.text)
  }
  return (line) => line.contains(text)
}
