import { compileRegex } from '../logql/regex/index.ts'
import type { Labels, Matcher } from '../promql/source.ts'

/** Says whether a label value, empty when the label is absent, satisfies a matcher. */
export type ValueTest = (value: string) => boolean

/**
 * The test of one matcher; regular expressions are compiled once and must match the whole value.
 * @throws RegexSyntaxError for a malformed expression; queries are checked before they reach a store
 */
export function valueTest(matcher: Matcher): ValueTest {
  const { value } = matcher
  if (matcher.op === '=') return (found) => found === value
  if (matcher.op === '!=') return (found) => found !== value
  const expression = compileRegex(value)
  return matcher.op === '=~' ? (found) => expression.matchesWhole(found) : (found) => !expression.matchesWhole(found)
}

/** Labels in a fixed order, `__name__` first, frozen; empty values are left out, as Prometheus does. */
export function canonicalLabels(labels: Labels): Labels {
  const result: Record<string, string> = {}
  for (const name of Object.keys(labels).sort()) {
    const value = labels[name]
    if (value !== undefined && value !== '') result[name] = value
  }
  return Object.freeze(result)
}

/** A string that two label sets share exactly when they are equal. The labels must be canonical. */
export function labelsKey(labels: Labels): string {
  let key = ''
  for (const name in labels) key += `${name}\u0001${labels[name] ?? ''}\u0002`
  return key
}
