/** Label matchers. Stores of series use these, so that every query language of ours matches labels alike. */
import { compileRegex } from './regex/match.ts'
import type { Regex } from './regex/match.ts'
import type { Labels, Matcher } from './source.ts'

export type CompiledPattern = { readonly ok: true; readonly regex: Regex } | { readonly ok: false; readonly message: string; readonly suggestion: string | null }

/** Expressions are compiled once; the few that a session uses stay. */
const compiled = new Map<string, CompiledPattern>()
const mostCompiled = 500

/** Compiles the expression of `=~` or `!~`, fully anchored. The message of a failure is Prometheus'. */
export function compileMatcherPattern(pattern: string): CompiledPattern {
  const known = compiled.get(pattern)
  if (known) return known
  const result = compileRegex(pattern)
  const made: CompiledPattern = result.ok ? result : { ...result, suggestion: 'Regular expressions are of the RE2 dialect; put \\\\ before a character that should stand for itself.' }
  if (compiled.size >= mostCompiled) compiled.clear()
  compiled.set(pattern, made)
  return made
}

/** A test for one matcher, remembering values it has seen. An expression that does not compile matches nothing. */
export function matcherTest(matcher: Matcher): (value: string) => boolean {
  const { op, value: wanted } = matcher
  if (op === '=') return (value) => value === wanted
  if (op === '!=') return (value) => value !== wanted
  const pattern = compileMatcherPattern(wanted)
  const seen = new Map<string, boolean>()
  return (value) => {
    let matched = seen.get(value)
    if (matched === undefined) {
      matched = pattern.ok && pattern.regex.test(value)
      seen.set(value, matched)
    }
    return op === '=~' ? matched : pattern.ok && !matched
  }
}

/** Whether a label value (or '' where the label is not set) satisfies a matcher. */
export function matches(matcher: Matcher, value: string): boolean {
  return matcherTest(matcher)(value)
}

/** A test for all matchers at once over a series' labels. */
export function labelsTest(matchers: readonly Matcher[]): (labels: Labels) => boolean {
  const tests = matchers.map((matcher) => ({ name: matcher.name, test: matcherTest(matcher) }))
  return (labels) => tests.every(({ name, test }) => test(Object.hasOwn(labels, name) ? (labels[name] ?? '') : ''))
}
