/** Regular expressions of authors: compiled once, and refused when they could be slow. */

const compiled = new Map<string, RegExp>()

/** The pattern without regard to case. */
export function regexOf(pattern: string): RegExp {
  const known = compiled.get(pattern)
  if (known !== undefined) return known
  const made = new RegExp(pattern, 'iu')
  compiled.set(pattern, made)
  return made
}

export function matchesAny(text: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => regexOf(pattern).test(text))
}

/** Names for a pattern that takes one of them as a whole word. */
export function anyNameOf(names: readonly string[]): string {
  return `(?:${names.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('|')})`
}

/** What is wrong with a pattern; nothing when it is sound. Sentences are short, so linear and quadratic patterns are fine. */
export function patternFaults(patterns: readonly string[]): string[] {
  return patterns.flatMap((pattern) => {
    try {
      RegExp(pattern, 'iu')
    } catch (error) {
      return [`${JSON.stringify(pattern)} is no regular expression: ${error instanceof Error ? error.message : String(error)}`]
    }
    const repeats = unboundedRepeats(pattern)
    if (repeats.nested) return [`${JSON.stringify(pattern)} repeats a group that repeats, which can take for ever on some texts. Bound one of them, as in {0,3}.`]
    return repeats.wide > 2 ? [`${JSON.stringify(pattern)} has ${repeats.wide} unbounded repeats of almost anything; two are the most. Bound them, as in [^.]{0,40}.`] : []
  })
}

/** Counts unbounded repeats of wide classes, and finds groups under a repeat that hold a repeat of their own. */
function unboundedRepeats(pattern: string): { nested: boolean; wide: number } {
  const groups: { repeats: boolean }[] = [{ repeats: false }]
  let nested = false
  let wide = 0
  let last = ''
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at] ?? ''
    if (character === '\\') {
      last = pattern.slice(at, at + 2)
      at += 1
    } else if (character === '[') {
      const end = pattern.indexOf(']', pattern[at + 1] === ']' ? at + 2 : at + 1)
      last = pattern.slice(at, end + 1)
      at = end < 0 ? pattern.length : end
    } else if (character === '(') {
      groups.push({ repeats: false })
    } else if (character === ')') {
      const closed = groups.pop() ?? { repeats: false }
      last = closed.repeats ? '(repeats)' : '()'
      const outer = groups.at(-1)
      if (outer !== undefined) outer.repeats ||= closed.repeats
    } else if (character === '*' || character === '+' || (character === '{' && /^\{\d+,\}/.test(pattern.slice(at)))) {
      if (last === '(repeats)') nested = true
      if (last === '.' || last.startsWith('[^') || last === String.raw`\S`) wide += 1
      const open = groups.at(-1)
      if (open !== undefined) open.repeats = true
      last = ''
    } else last = character
  }
  return { nested, wide }
}
