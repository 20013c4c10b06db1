/**
 * String literals as Go reads and writes them. Bytes that are not UTF-8 (from \x and octal escapes) are carried as lone
 * surrogates U+DC80..U+DCFF, one a byte, so that such a string is recognisable by `isWellFormed()` and prints back the same.
 */

const simpleEscapes: Record<string, number> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92, '"': 34, "'": 39 }
const byteMarker = 0xdc00

/** The text that a literal with its quotes stands for, or null where it is not one. */
export function unquote(literal: string): string | null {
  const mark = literal.at(0)
  if (literal.length < 2 || mark !== literal.at(-1)) return null
  const body = literal.slice(1, -1)
  if (mark === '`') return body.includes('`') ? null : body
  if ((mark !== '"' && mark !== "'") || body.includes('\n')) return null
  const units: string[] = []
  let bytes: number[] = []
  const flush = (): void => {
    if (bytes.length > 0) units.push(decodeUtf8(bytes))
    bytes = []
  }
  for (let index = 0; index < body.length; index += 1) {
    const char = body[index] ?? ''
    if (char === mark) return null
    if (char !== '\\') {
      flush()
      units.push(char)
      continue
    }
    const escape = readEscape(body, index + 1, mark)
    if (escape === null) return null
    if (escape.byte) bytes.push(escape.code)
    else {
      flush()
      units.push(String.fromCodePoint(escape.code))
    }
    index = escape.end - 1
  }
  flush()
  return units.join('')
}

function readEscape(body: string, at: number, mark: string): { code: number; byte: boolean; end: number } | null {
  const char = body[at] ?? ''
  const simple = Object.hasOwn(simpleEscapes, char) ? simpleEscapes[char] : undefined
  if (simple !== undefined) return (char === '"' || char === "'") && char !== mark ? null : { code: simple, byte: false, end: at + 1 }
  const octal = /^[0-7]{3}/.exec(body.slice(at))
  if (octal) {
    const code = Number.parseInt(octal[0], 8)
    return code > 255 ? null : { code, byte: true, end: at + 3 }
  }
  const digits = { x: 2, u: 4, U: 8 }[char]
  if (digits === undefined) return null
  const hex = body.slice(at + 1, at + 1 + digits)
  if (hex.length !== digits || !/^[0-9a-fA-F]+$/.test(hex)) return null
  const code = Number.parseInt(hex, 16)
  if (char !== 'x' && (code > 0x10ffff || (code >= 0xd800 && code < 0xe000))) return null
  return { code, byte: char === 'x', end: at + 1 + digits }
}

function decodeUtf8(bytes: readonly number[]): string {
  let text = ''
  for (let index = 0; index < bytes.length;) {
    const first = bytes[index] ?? 0
    const length = first < 0x80 ? 1 : first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0
    const rest = bytes.slice(index + 1, index + length)
    if (length === 0 || rest.length !== length - 1 || rest.some((byte) => (byte & 0xc0) !== 0x80)) {
      text += String.fromCharCode(byteMarker + first)
      index += 1
      continue
    }
    const code = rest.reduce((sum, byte) => sum * 64 + (byte & 0x3f), length === 1 ? first : first & (0x7f >> length))
    const least = [0, 0, 0x80, 0x800, 0x10000][length] ?? 0
    if (code < least || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) {
      text += String.fromCharCode(byteMarker + first)
      index += 1
      continue
    }
    text += String.fromCodePoint(code)
    index += length
  }
  return text
}

/** In double quotes as Go's %q writes it. */
export function quote(text: string): string {
  let out = '"'
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    if (char === '"' || char === '\\') out += `\\${char}`
    else if (char === '\n') out += '\\n'
    else if (char === '\r') out += '\\r'
    else if (char === '\t') out += '\\t'
    else if (code < 32 || code === 127) out += `\\x${code.toString(16).padStart(2, '0')}`
    else if (code >= byteMarker + 0x80 && code <= byteMarker + 0xff) out += `\\x${(code - byteMarker).toString(16)}`
    else out += char
  }
  return `${out}"`
}
