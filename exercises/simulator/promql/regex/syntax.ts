/** Regular expressions of the RE2 dialect that Prometheus uses, as a tree. No backreferences or look-around: they match in linear time. */

/** Code points, both ends included. */
export type Range = readonly [low: number, high: number]

export type Pattern =
  | { readonly kind: 'empty' }
  | { readonly kind: 'set'; readonly ranges: readonly Range[]; readonly negated: boolean; readonly fold: boolean }
  | { readonly kind: 'assert'; readonly test: Assertion }
  | { readonly kind: 'group'; readonly index: number; readonly inner: Pattern }
  | { readonly kind: 'sequence'; readonly items: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly items: readonly Pattern[] }
  | { readonly kind: 'repeat'; readonly inner: Pattern; readonly least: number; readonly most: number | null; readonly lazy: boolean }

export type Assertion = 'textStart' | 'textEnd' | 'lineStart' | 'lineEnd' | 'wordBoundary' | 'noWordBoundary'

/** Message in Go's words, as Prometheus shows it. */
export class PatternFailure extends Error {
  constructor(what: string, fragment: string) {
    super(`error parsing regexp: ${what}: \`${fragment}\``)
  }
}

export const anyCodePoint: Range = [0, 0x10ffff]
export const newline: Range = [10, 10]

const perlClasses: Record<string, readonly Range[]> = {
  d: [[48, 57]],
  w: [
    [48, 57],
    [65, 90],
    [95, 95],
    [97, 122],
  ],
  s: [
    [9, 10],
    [12, 13],
    [32, 32],
  ],
}

const posixClasses: Record<string, readonly Range[]> = {
  alnum: [
    [48, 57],
    [65, 90],
    [97, 122],
  ],
  alpha: [
    [65, 90],
    [97, 122],
  ],
  ascii: [[0, 127]],
  blank: [
    [9, 9],
    [32, 32],
  ],
  cntrl: [
    [0, 31],
    [127, 127],
  ],
  digit: [[48, 57]],
  graph: [[33, 126]],
  lower: [[97, 122]],
  print: [[32, 126]],
  punct: [
    [33, 47],
    [58, 64],
    [91, 96],
    [123, 126],
  ],
  space: [
    [9, 13],
    [32, 32],
  ],
  upper: [[65, 90]],
  word: perlClasses['w'] ?? [],
  xdigit: [
    [48, 57],
    [65, 70],
    [97, 102],
  ],
}

const controlEscapes: Record<string, number> = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 }

/** The complement of some ranges. */
export function invert(ranges: readonly Range[]): Range[] {
  const sorted = ranges.toSorted((left, right) => left[0] - right[0])
  const found: Range[] = []
  let next = 0
  for (const [low, high] of sorted) {
    if (low > next) found.push([next, low - 1])
    next = Math.max(next, high + 1)
  }
  if (next <= anyCodePoint[1]) found.push([next, anyCodePoint[1]])
  return found
}

export interface Escape {
  readonly ranges: readonly Range[]
  readonly end: number
}

/** `\d`, `\W` and the like at a backslash, or null. */
export function perlClassAt(text: string, at: number): Escape | null {
  const letter = text[at + 1] ?? ''
  const ranges = perlClasses[letter.toLowerCase()]
  if (!/[dswDSW]/.test(letter) || !ranges) return null
  return { ranges: letter === letter.toLowerCase() ? ranges : invert(ranges), end: at + 2 }
}

/** `[:alpha:]` inside a class, or null. @throws PatternFailure for an unknown name */
export function posixClassAt(text: string, at: number): Escape | null {
  const found = /^\[:(\^?)([a-z]*):\]/.exec(text.slice(at, at + 16))
  if (!found) return null
  const ranges = Object.hasOwn(posixClasses, found[2] ?? '') ? posixClasses[found[2] ?? ''] : undefined
  if (!ranges) throw new PatternFailure('invalid character class range', found[0])
  return { ranges: found[1] === '^' ? invert(ranges) : ranges, end: at + found[0].length }
}

/** One code point written as an escape at a backslash. @throws PatternFailure for an unknown escape */
export function escapedCodePoint(text: string, at: number): { code: number; end: number } {
  const next = text.codePointAt(at + 1)
  if (next === undefined) throw new PatternFailure('trailing backslash at end of expression', '')
  const char = String.fromCodePoint(next)
  const control = Object.hasOwn(controlEscapes, char) ? controlEscapes[char] : undefined
  if (control !== undefined) return { code: control, end: at + 2 }
  const rest = text.slice(at + 1)
  const found = /^(?:x([0-9a-fA-F]{2})|x\{([0-9a-fA-F]{1,6})\}|(0[0-7]{0,2}|[1-7][0-7]{1,2}))/.exec(rest)
  if (found) {
    const code = found[3] === undefined ? Number.parseInt(found[1] ?? found[2] ?? '', 16) : Number.parseInt(found[3], 8)
    if (code <= anyCodePoint[1]) return { code, end: at + 1 + found[0].length }
  }
  if (next < 128 && !/[A-Za-z0-9]/.test(char)) return { code: next, end: at + 2 }
  throw new PatternFailure('invalid escape sequence', `\\${char}`)
}
