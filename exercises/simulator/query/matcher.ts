/** Labels and label matchers, the same for every query language and every store. */
import { compileRegex, RegexSyntaxError, type Regex } from '../regex/index.ts'

/** Label names to values; the metric name is the label `__name__`. A store should return the same object for the same series. */
export type Labels = Readonly<Record<string, string>>

export type MatcherOperator = '=' | '!=' | '=~' | '!~'

export interface Matcher {
  readonly name: string
  readonly op: MatcherOperator
  readonly value: string
}

/** Expressions are compiled once; the few that a session uses stay. */
const compiled = new Map<string, Regex>()
const mostCompiled = 500

/** The expression of `=~` or `!~`, of which the whole value must match and whose `.` matches newlines. @throws RegexSyntaxError in Go's words */
export function compileMatcherPattern(pattern: string): Regex {
  const known = compiled.get(pattern)
  if (known !== undefined) return known
  const made = compileRegex(pattern, { dotAll: true })
  if (compiled.size >= mostCompiled) compiled.clear()
  compiled.set(pattern, made)
  return made
}

/** What is wrong with the expression of a matcher; null for a good one. */
export function matcherPatternProblem(pattern: string): RegexSyntaxError | null {
  try {
    compileMatcherPattern(pattern)
    return null
  } catch (error) {
    if (error instanceof RegexSyntaxError) return error
    throw error
  }
}

/** The test of a matcher on a label's value, '' where the label is not set. @throws RegexSyntaxError; queries are checked before they reach a store */
export function matcherTest({ op, value: wanted }: Pick<Matcher, 'op' | 'value'>): (value: string) => boolean {
  if (op === '=') return (value) => value === wanted
  if (op === '!=') return (value) => value !== wanted
  const regex = compileMatcherPattern(wanted)
  return op === '=~' ? (value) => regex.matchesWhole(value) : (value) => !regex.matchesWhole(value)
}

/** A test for all matchers at once over a series' labels. @throws RegexSyntaxError */
export function labelsTest(matchers: readonly Matcher[]): (labels: Labels) => boolean {
  const tests = matchers.map((matcher) => ({ name: matcher.name, test: matcherTest(matcher) }))
  return (labels) => tests.every(({ name, test }) => test(Object.hasOwn(labels, name) ? (labels[name] ?? '') : ''))
}
