/** Parses the RE2 dialect. */
import { PatternFailure, anyCodePoint, escapedCodePoint, invert, newline, perlClassAt, posixClassAt } from './syntax.ts'
import type { Pattern, Range } from './syntax.ts'

export interface ParsedPattern {
  readonly root: Pattern
  /** By name; group 0 is the whole match. */
  readonly groupNames: ReadonlyMap<string, number>
  readonly groupCount: number
}

interface Flags {
  fold: boolean
  multiline: boolean
  dotAll: boolean
  swapLazy: boolean
}

const deepestNesting = 200
const mostRepeats = 1000

/** @param dotAll whether `.` matches newlines too, as in label matchers. @throws PatternFailure in Go's words */
export function parsePattern(text: string, dotAll: boolean): ParsedPattern {
  const groupNames = new Map<string, number>()
  let groupCount = 1
  let at = 0
  let depth = 0

  const literal = (code: number, flags: Flags): Pattern => ({ kind: 'set', ranges: [[code, code]], negated: false, fold: flags.fold })

  const choice = (flags: Flags): Pattern => {
    const items: Pattern[] = [sequence(flags)]
    while (text[at] === '|') {
      at += 1
      items.push(sequence(flags))
    }
    const [only] = items
    return items.length === 1 && only ? only : { kind: 'choice', items }
  }

  const sequence = (flags: Flags): Pattern => {
    const items: Pattern[] = []
    while (at < text.length && text[at] !== '|' && text[at] !== ')') {
      const start = at
      const atoms = atom(flags)
      if (atoms === null) continue
      items.push(repeated(atoms, start, flags))
    }
    return items.length === 0 ? { kind: 'empty' } : { kind: 'sequence', items }
  }

  const repeated = (inner: Pattern, start: number, flags: Flags): Pattern => {
    const operator = repetitionAt(text, at)
    if (!operator) return inner
    const operatorStart = at
    at += operator.text.length
    if (operator.most !== null && (operator.least > operator.most || operator.most > mostRepeats)) throw new PatternFailure('invalid repeat count', operator.text)
    if (operator.least > mostRepeats) throw new PatternFailure('invalid repeat count', operator.text)
    const lazy = text[at] === '?'
    if (lazy) at += 1
    const second = repetitionAt(text, at)
    if (second) throw new PatternFailure('invalid nested repetition operator', text.slice(operatorStart, at + second.text.length))
    if (start === operatorStart) throw new PatternFailure('missing argument to repetition operator', operator.text)
    return { kind: 'repeat', inner, least: operator.least, most: operator.most, lazy: lazy !== flags.swapLazy }
  }

  /** One atom, or null where it was only a change of flags or an empty quotation. */
  const atom = (flags: Flags): Pattern | null => {
    const char = text[at] ?? ''
    switch (char) {
      case '(':
        return group(flags)
      case '[':
        return characterClass(flags)
      case '.':
        at += 1
        return { kind: 'set', ranges: flags.dotAll ? [anyCodePoint] : invert([newline]), negated: false, fold: false }
      case '^':
        at += 1
        return { kind: 'assert', test: flags.multiline ? 'lineStart' : 'textStart' }
      case '$':
        at += 1
        return { kind: 'assert', test: flags.multiline ? 'lineEnd' : 'textEnd' }
      case '\\':
        return escape(flags)
      default: {
        const operator = repetitionAt(text, at)
        if (operator) throw new PatternFailure('missing argument to repetition operator', operator.text)
        const code = text.codePointAt(at) ?? 0
        at += code > 0xffff ? 2 : 1
        return literal(code, flags)
      }
    }
  }

  const escape = (flags: Flags): Pattern | null => {
    const letter = text[at + 1] ?? ''
    const assertion = ({ A: 'textStart', z: 'textEnd', b: 'wordBoundary', B: 'noWordBoundary' } as const)[letter]
    if (assertion) {
      at += 2
      return { kind: 'assert', test: assertion }
    }
    if (letter === 'Q') {
      const end = text.indexOf('\\E', at + 2)
      const quoted = text.slice(at + 2, end < 0 ? text.length : end)
      at = end < 0 ? text.length : end + 2
      const items = [...quoted].map((item) => literal(item.codePointAt(0) ?? 0, flags))
      return items.length === 0 ? null : { kind: 'sequence', items }
    }
    const perl = perlClassAt(text, at)
    if (perl) {
      at = perl.end
      return { kind: 'set', ranges: perl.ranges, negated: false, fold: false }
    }
    const { code, end } = escapedCodePoint(text, at)
    at = end
    return literal(code, flags)
  }

  const group = (flags: Flags): Pattern | null => {
    const start = at
    depth += 1
    if (depth > deepestNesting) throw new PatternFailure('expression nests too deeply', text.slice(0, 20))
    let index: number | null = null
    let inside = { ...flags }
    at += 1
    if (text[at] === '?') {
      const named = /^\?P?<([^>]*)>/.exec(text.slice(at))
      if (named) {
        const name = named[1] ?? ''
        if (!/^\w+$/.test(name)) throw new PatternFailure('invalid named capture', `(${named[0]}`)
        if (groupNames.has(name)) throw new PatternFailure('duplicate capture group name', name)
        index = groupCount
        groupNames.set(name, index)
        at += named[0].length
      } else {
        const written = /^\?([imsU]*(?:-[imsU]+)?)([:)])/.exec(text.slice(at))
        if (!written) throw new PatternFailure(/^\?P?</.test(text.slice(at)) ? 'invalid named capture' : 'invalid or unsupported Perl syntax', text.slice(start, start + 3))
        inside = changedFlags(flags, written[1] ?? '')
        at += written[0].length
        if (written[2] === ')') {
          // `(?i)` holds until the end of the group around it, so it changes the flags that were handed to us.
          depth -= 1
          Object.assign(flags, inside)
          return null
        }
      }
    } else index = groupCount
    if (index !== null) groupCount += 1
    const inner = choice(inside)
    if (text[at] !== ')') throw new PatternFailure('missing closing )', text)
    at += 1
    depth -= 1
    return index === null ? inner : { kind: 'group', index, inner }
  }

  const characterClass = (flags: Flags): Pattern => {
    const start = at
    at += 1
    const negated = text[at] === '^'
    if (negated) at += 1
    const ranges: Range[] = []
    for (let first = true; first || text[at] !== ']'; first = false) {
      if (at >= text.length) throw new PatternFailure('missing closing ]', text.slice(start))
      const posix = posixClassAt(text, at)
      const perl = text[at] === '\\' ? perlClassAt(text, at) : null
      const whole = posix ?? perl
      if (whole) {
        ranges.push(...whole.ranges)
        at = whole.end
        continue
      }
      const rangeStart = at
      const low = classCodePoint()
      let high = low
      if (text[at] === '-' && at + 1 < text.length && text[at + 1] !== ']') {
        at += 1
        high = classCodePoint()
        if (high < low) throw new PatternFailure('invalid character class range', text.slice(rangeStart, at))
      }
      ranges.push([low, high])
    }
    at += 1
    return { kind: 'set', ranges, negated, fold: flags.fold }
  }

  const classCodePoint = (): number => {
    if (text[at] === '\\') {
      const { code, end } = escapedCodePoint(text, at)
      at = end
      return code
    }
    const code = text.codePointAt(at) ?? 0
    at += code > 0xffff ? 2 : 1
    return code
  }

  const root = choice({ fold: false, multiline: false, dotAll, swapLazy: false })
  if (at < text.length) throw new PatternFailure('unexpected )', text)
  return { root, groupNames, groupCount }
}

function changedFlags(flags: Flags, written: string): Flags {
  const changed = { ...flags }
  let value = true
  for (const letter of written) {
    if (letter === '-') value = false
    else if (letter === 'i') changed.fold = value
    else if (letter === 'm') changed.multiline = value
    else if (letter === 's') changed.dotAll = value
    else changed.swapLazy = value
  }
  return changed
}

function repetitionAt(text: string, at: number): { text: string; least: number; most: number | null } | null {
  const char = text[at]
  if (char === '*') return { text: '*', least: 0, most: null }
  if (char === '+') return { text: '+', least: 1, most: null }
  if (char === '?') return { text: '?', least: 0, most: 1 }
  if (char !== '{') return null
  const counted = /^\{(\d{1,9})(,?)(\d{0,9})\}/.exec(text.slice(at, at + 24))
  if (!counted) return null
  const least = Number(counted[1])
  return { text: counted[0], least, most: counted[2] === '' ? least : counted[3] === '' ? null : Number(counted[3]) }
}
