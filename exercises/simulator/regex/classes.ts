/**
 * Sets of characters as sorted, disjoint ranges of code points: `[low, high, low, high, ...]`, both ends included.
 */
export type CharacterSet = readonly number[]

export const MAXIMUM_CODE_POINT = 0x10ffff

export const DIGITS: CharacterSet = [0x30, 0x39]
export const WORD: CharacterSet = [0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a]
export const SPACE: CharacterSet = [0x09, 0x0a, 0x0c, 0x0d, 0x20, 0x20]
export const ANY: CharacterSet = [0, MAXIMUM_CODE_POINT]
export const ANY_BUT_NEWLINE: CharacterSet = [0, 9, 11, MAXIMUM_CODE_POINT]

const POSIX: Readonly<Record<string, CharacterSet>> = {
  alnum: [0x30, 0x39, 0x41, 0x5a, 0x61, 0x7a], alpha: [0x41, 0x5a, 0x61, 0x7a], ascii: [0, 0x7f],
  blank: [0x09, 0x09, 0x20, 0x20], cntrl: [0, 0x1f, 0x7f, 0x7f], digit: DIGITS, graph: [0x21, 0x7e],
  lower: [0x61, 0x7a], print: [0x20, 0x7e], punct: [0x21, 0x2f, 0x3a, 0x40, 0x5b, 0x60, 0x7b, 0x7e],
  space: [0x09, 0x0d, 0x20, 0x20], upper: [0x41, 0x5a], word: WORD, xdigit: [0x30, 0x39, 0x41, 0x46, 0x61, 0x66],
}

/** The set of a POSIX class such as `alpha`, or null when there is none of that name. */
export function posixSet(name: string): CharacterSet | null {
  return Object.hasOwn(POSIX, name) ? (POSIX[name] ?? null) : null
}

/** The union of ranges in any order, sorted and merged. */
export function normalise(ranges: readonly number[]): CharacterSet {
  const pairs: [number, number][] = []
  for (let i = 0; i + 1 < ranges.length; i += 2) pairs.push([ranges[i] ?? 0, ranges[i + 1] ?? 0])
  pairs.sort((a, b) => a[0] - b[0])
  const out: number[] = []
  for (const [low, high] of pairs) {
    const lastHigh = out.at(-1)
    if (lastHigh !== undefined && low <= lastHigh + 1) out[out.length - 1] = Math.max(lastHigh, high)
    else out.push(low, high)
  }
  return out
}

export function negate(set: CharacterSet): CharacterSet {
  const out: number[] = []
  let next = 0
  for (let i = 0; i + 1 < set.length; i += 2) {
    const low = set[i] ?? 0
    if (low > next) out.push(next, low - 1)
    next = (set[i + 1] ?? 0) + 1
  }
  if (next <= MAXIMUM_CODE_POINT) out.push(next, MAXIMUM_CODE_POINT)
  return out
}

export function contains(set: CharacterSet, codePoint: number): boolean {
  let low = 0
  let high = set.length / 2 - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    if (codePoint < (set[middle * 2] ?? 0)) high = middle - 1
    else if (codePoint > (set[middle * 2 + 1] ?? 0)) low = middle + 1
    else return true
  }
  return false
}

/** Widest range whose letters get their other case one by one; wider ones hold both cases of most scripts anyway. */
const FOLD_WIDTH = 0x3000

/** Adds the other case of every letter. Works on characters whose other case is a single character. */
export function foldCase(set: CharacterSet): CharacterSet {
  const out: number[] = [...set]
  for (let i = 0; i + 1 < set.length; i += 2) {
    const low = set[i] ?? 0
    const high = Math.min(set[i + 1] ?? 0, low + FOLD_WIDTH)
    for (let codePoint = low; codePoint <= high; codePoint += 1) {
      const text = String.fromCodePoint(codePoint)
      for (const other of [text.toLowerCase(), text.toUpperCase()]) {
        const folded = other.codePointAt(0)
        if (folded !== undefined && folded !== codePoint && other.length === (folded > 0xffff ? 2 : 1)) out.push(folded, folded)
      }
    }
  }
  return normalise(out)
}

const unicodeSets = new Map<string, CharacterSet | null>()

/** The set of a Unicode property such as `L`, `Lu` or `Greek`; null when there is none of that name. */
export function unicodeSet(name: string): CharacterSet | null {
  const known = unicodeSets.get(name)
  if (known !== undefined) return known
  let tester: RegExp | null = null
  if (/^[A-Za-z_]{1,40}$/.test(name)) {
    for (const property of [name, `Script=${name}`]) {
      try {
        tester = new RegExp(`\\p{${property}}`, 'u')
        break
      } catch {
        // Not a property of that spelling; the next spelling is tried.
      }
    }
  }
  const set = tester === null ? null : scanProperty(tester)
  unicodeSets.set(name, set)
  return set
}

function scanProperty(tester: RegExp): CharacterSet {
  const out: number[] = []
  let start = -1
  for (let codePoint = 0; codePoint <= MAXIMUM_CODE_POINT; codePoint += 1) {
    const isMember = tester.test(String.fromCodePoint(codePoint))
    if (isMember && start < 0) start = codePoint
    if (!isMember && start >= 0) {
      out.push(start, codePoint - 1)
      start = -1
    }
  }
  if (start >= 0) out.push(start, MAXIMUM_CODE_POINT)
  return out
}
