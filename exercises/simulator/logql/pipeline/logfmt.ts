/** Receives a key and its value; gives false to stop. */
export type OnPair = (key: string, value: string) => boolean

/** What ends a key or a bare value: a space or control character, = or a quote. */
function endsWord(code: number): boolean {
  return code <= 0x20 || code === 0x3d || code === 0x22
}

/**
 * Reads `key=value key="quoted value" flag`. Gives what is wrong with the first broken pair, or null. Unless `strict`, the
 * pairs behind a broken one are read too.
 */
export function readLogfmt(line: string, strict: boolean, onPair: OnPair): string | null {
  let position = 0
  let problem: string | null = null
  while (position < line.length) {
    if (line.charCodeAt(position) <= 0x20) {
      position += 1
      continue
    }
    const keyStart = position
    while (position < line.length && !endsWord(line.charCodeAt(position))) position += 1
    const key = line.slice(keyStart, position)
    const after = line[position]
    if (after === '"' || (after === '=' && key === '')) {
      problem ??= unexpected(after, position)
      if (strict) return problem
      position = endOfWord(line, position)
      continue
    }
    if (after !== '=') {
      if (!onPair(key, '')) return problem
      continue
    }
    position += 1
    if (line[position] === '"') {
      const end = endOfQuoted(line, position)
      if (end < 0) return problem ?? `logfmt syntax error at pos ${line.length + 1} : unterminated quoted value`
      const value = unquoteValue(line.slice(position, end))
      if (value === null) {
        problem ??= `logfmt syntax error at pos ${end + 1} : invalid quoted value`
        if (strict) return problem
      } else if (!onPair(key, value)) {
        return problem
      }
      position = end
      continue
    }
    const valueStart = position
    while (position < line.length && !endsWord(line.charCodeAt(position))) position += 1
    if (line[position] === '=' || line[position] === '"') {
      problem ??= unexpected(line[position] ?? '', position)
      if (strict) return problem
      position = endOfWord(line, position)
      continue
    }
    if (!onPair(key, line.slice(valueStart, position))) return problem
  }
  return problem
}

function unexpected(character: string, position: number): string {
  return `logfmt syntax error at pos ${position + 1} : unexpected '${character}'`
}

function endOfWord(line: string, from: number): number {
  let position = from
  while (position < line.length && line.charCodeAt(position) > 0x20) position += 1
  return position
}

/** Offset behind the closing quote, or -1. */
function endOfQuoted(line: string, from: number): number {
  for (let position = from + 1; position < line.length; position += 1) {
    if (line[position] === '\\') position += 1
    else if (line[position] === '"') return position + 1
  }
  return -1
}

function unquoteValue(text: string): string | null {
  if (!text.includes('\\')) return text.slice(1, -1)
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'string' ? value : null
  } catch {
    return null
  }
}
