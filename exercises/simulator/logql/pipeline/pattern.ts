/** A part of a pattern: text that must be there, or a place whose text is taken (`name` null: passed over). */
type PatternPart = { readonly literal: string } | { readonly name: string | null }

/** A pattern such as `<ip> - <_> "<method> <path>"`, ready to use. */
export interface Pattern {
  readonly names: readonly string[]
  readonly parts: readonly PatternPart[]
}

/** Reads a pattern. Gives what is wrong, in Loki's words, in place of a pattern that cannot be used. */
export function parsePattern(text: string, use: 'parser' | 'filter'): Pattern | string {
  const parts: PatternPart[] = []
  const names: string[] = []
  let end = 0
  for (const match of text.matchAll(/<([A-Za-z_][A-Za-z0-9_]*)>/g)) {
    const literal = text.slice(end, match.index)
    if (literal !== '') parts.push({ literal })
    else if (parts.length > 0) return `found consecutive capture '${match[0]}': put a text between two captures`
    const name = match[1] ?? ''
    if (name !== '_') {
      if (use === 'filter') return `only <_> is allowed in a pattern filter, found '${match[0]}'`
      if (names.includes(name)) return `duplicate capture name (${name})`
      names.push(name)
    }
    parts.push({ name: name === '_' ? null : name })
    end = match.index + match[0].length
  }
  if (end < text.length) parts.push({ literal: text.slice(end) })
  if (use === 'parser' && names.length === 0) return 'at least one capture is required'
  return { names, parts }
}

/** Takes the texts of the captures. A line that stops fitting gives the captures up to there, as in Loki. */
export function readPattern({ parts }: Pattern, line: string, onCapture: (name: string, value: string) => void): void {
  let position = 0
  let index = 0
  const [first] = parts
  if (line === '') return
  if (first !== undefined && 'literal' in first) {
    if (!line.startsWith(first.literal)) return
    position = first.literal.length
    index = 1
  }
  while (index < parts.length) {
    const capture = parts[index]
    const next = parts[index + 1]
    const found = next !== undefined && 'literal' in next ? line.indexOf(next.literal, position) : -1
    const end = found < 0 ? line.length : found
    if (capture !== undefined && 'name' in capture && capture.name !== null) onCapture(capture.name, line.slice(position, end))
    if (next === undefined || found < 0 || !('literal' in next)) return
    position = found + next.literal.length
    index += 2
  }
}

/** Whether a whole line has the pattern's form. */
export function matchesPattern({ parts }: Pattern, line: string): boolean {
  let position = 0
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index]
    if (part === undefined || !('literal' in part)) continue
    const isLast = index === parts.length - 1
    if (index === 0) {
      if (!line.startsWith(part.literal)) return false
      position = part.literal.length
      if (isLast) return line.length === position
    } else if (isLast) {
      return line.length - part.literal.length >= position && line.endsWith(part.literal)
    } else {
      const found = line.indexOf(part.literal, position)
      if (found < 0) return false
      position = found + part.literal.length
    }
  }
  return true
}
