import { ANY, ANY_BUT_NEWLINE, foldCase, negate, normalise, posixSet, unicodeSet, DIGITS, SPACE, WORD, type CharacterSet } from './classes.ts'
import { RegexSyntaxError, type ParsedRegex, type RegexNode } from './syntax.ts'

const MAXIMUM_REPEAT = 1000
const MAXIMUM_DEPTH = 200

interface Flags { fold: boolean; multiline: boolean; dotAll: boolean; swapLazy: boolean }

/**
 * Parses RE2 syntax as Go's regexp package reads it (Perl flags, no look-around, no back references).
 * Source: https://github.com/google/re2/wiki/Syntax. Throws {@link RegexSyntaxError}.
 */
export function parseRegex(pattern: string, dotAll: boolean): ParsedRegex {
  return new RegexParser(pattern).parse(dotAll)
}

class RegexParser {
  private position = 0
  private depth = 0
  private readonly names: (string | null)[] = [null]
  private readonly pattern: string

  constructor(pattern: string) {
    this.pattern = pattern
  }

  parse(dotAll: boolean): ParsedRegex {
    const node = this.alternation({ fold: false, multiline: false, dotAll, swapLazy: false })
    if (this.position < this.pattern.length) throw this.error(`unexpected ): \`${this.pattern}\``)
    return { node, groupNames: this.names }
  }

  private error(message: string, offset = this.position): RegexSyntaxError {
    return new RegexSyntaxError(`error parsing regexp: ${message}`, offset)
  }

  private get next(): string {
    return this.pattern[this.position] ?? ''
  }

  private take(): number {
    const codePoint = this.pattern.codePointAt(this.position) ?? 0
    this.position += codePoint > 0xffff ? 2 : 1
    return codePoint
  }

  private alternation(outerFlags: Flags): RegexNode {
    this.depth += 1
    if (this.depth > MAXIMUM_DEPTH) throw this.error('expression nests too deeply')
    const flags = { ...outerFlags }
    const options: RegexNode[] = [this.sequence(flags)]
    while (this.next === '|') {
      this.position += 1
      options.push(this.sequence(flags))
    }
    this.depth -= 1
    const [only] = options
    return options.length === 1 && only ? only : { kind: 'alternation', options }
  }

  /** `flags` is changed in place by `(?i)`, which holds until the end of the group. */
  private sequence(flags: Flags): RegexNode {
    const parts: RegexNode[] = []
    while (this.position < this.pattern.length && this.next !== '|' && this.next !== ')') {
      const atom = this.atom(flags)
      if (atom !== null) parts.push(this.repeated(atom, flags))
    }
    const [only] = parts
    if (only === undefined) return { kind: 'empty' }
    return parts.length === 1 ? only : { kind: 'sequence', parts }
  }

  private repeated(atom: RegexNode, flags: Flags): RegexNode {
    const start = this.position
    const bounds = this.repeatBounds()
    if (bounds === null) return atom
    let lazy = flags.swapLazy
    if (this.next === '?') {
      this.position += 1
      lazy = !lazy
    }
    const end = this.position
    if (this.repeatBounds() !== null) {
      throw this.error(`invalid nested repetition operator: \`${this.pattern.slice(start, this.position)}\``, end)
    }
    return { kind: 'repeat', body: atom, minimum: bounds.minimum, maximum: bounds.maximum, lazy }
  }

  private repeatBounds(): { minimum: number; maximum: number } | null {
    if (this.next === '*' || this.next === '+' || this.next === '?') {
      const operator = this.next
      this.position += 1
      return { minimum: operator === '+' ? 1 : 0, maximum: operator === '?' ? 1 : Infinity }
    }
    if (this.next !== '{') return null
    const match = /^\{(\d+)(,(\d*))?\}/.exec(this.pattern.slice(this.position, this.position + 30))
    if (match === null) return null
    const minimum = Number(match[1])
    const maximum = match[2] === undefined ? minimum : match[3] === '' ? Infinity : Number(match[3])
    if (minimum > MAXIMUM_REPEAT || (maximum !== Infinity && (maximum > MAXIMUM_REPEAT || maximum < minimum))) {
      throw this.error(`invalid repeat count: \`${match[0]}\``)
    }
    this.position += match[0].length
    return { minimum, maximum }
  }

  private atom(flags: Flags): RegexNode | null {
    const character = this.next
    if (character === '(') return this.group(flags)
    if (character === '[') return { kind: 'set', set: this.bracket(flags) }
    if (character === '.') {
      this.position += 1
      return { kind: 'set', set: flags.dotAll ? ANY : ANY_BUT_NEWLINE }
    }
    if (character === '^' || character === '$') {
      this.position += 1
      const start = character === '^'
      if (flags.multiline) return { kind: 'assert', assertion: start ? 'line-start' : 'line-end' }
      return { kind: 'assert', assertion: start ? 'text-start' : 'text-end' }
    }
    const start = this.position
    if (this.repeatBounds() !== null) {
      throw this.error(`missing argument to repetition operator: \`${this.pattern.slice(start, this.position)}\``, start)
    }
    if (character === '\\') return this.escape(flags)
    return literal(this.take(), flags)
  }

  private group(flags: Flags): RegexNode | null {
    const open = this.position
    const rest = this.pattern.slice(open)
    let name: string | null = null
    let capture = true
    const inner = { ...flags }
    const named = /^\(\?P?<([^>]*)>/.exec(rest)
    if (named !== null && !/^\(\?<[=!]/.test(rest)) {
      name = named[1] ?? ''
      if (!/^\w+$/.test(name)) throw this.error(`invalid named capture: \`${named[0]}\``)
      if (this.names.includes(name)) throw this.error(`duplicate capture group name: \`${name}\``)
      this.position += named[0].length
    } else if (rest.startsWith('(?')) {
      const match = /^\(\?([imsU]*)(?:-([imsU]+))?([:)])/.exec(rest)
      if (match === null) throw this.error(`invalid or unsupported Perl syntax: \`${/^\(\?(?:<[=!]|.?)/s.exec(rest)?.[0] ?? '(?'}\``)
      setFlags(inner, match[1] ?? '', true)
      setFlags(inner, match[2] ?? '', false)
      this.position += match[0].length
      if (match[3] === ')') {
        Object.assign(flags, inner)
        return null
      }
      capture = false
    } else {
      this.position += 1
    }
    const index = capture ? this.names.push(name) - 1 : -1
    const body = this.alternation(inner)
    if (this.next !== ')') throw this.error(`missing closing ): \`${this.pattern}\``, open)
    this.position += 1
    return capture ? { kind: 'group', body, index, name } : body
  }

  private escape(flags: Flags): RegexNode | null {
    const start = this.position
    this.position += 1
    if (this.position >= this.pattern.length) throw this.error('trailing backslash at end of expression: ``', start)
    const character = this.next
    const assertion = ({ A: 'text-start', z: 'text-end', b: 'word', B: 'not-word' } as const)[character]
    if (assertion !== undefined) {
      this.position += 1
      return { kind: 'assert', assertion }
    }
    if (character === 'Q') {
      const end = this.pattern.indexOf('\\E', this.position)
      const text = this.pattern.slice(this.position + 1, end < 0 ? undefined : end)
      this.position = end < 0 ? this.pattern.length : end + 2
      return { kind: 'sequence', parts: Array.from(text, (part) => literal(part.codePointAt(0) ?? 0, flags)) }
    }
    const set = this.escapedSet(start)
    if (set !== null) return { kind: 'set', set: flags.fold ? foldCase(set) : set }
    return literal(this.escapedCharacter(start), flags)
  }

  /** `\d`, `\pL`, ... at the position after the backslash; null when the escape is one character. */
  private escapedSet(start: number): CharacterSet | null {
    const character = this.next
    const perl = ({ d: DIGITS, w: WORD, s: SPACE } as Readonly<Record<string, CharacterSet>>)[character.toLowerCase()]
    if (perl !== undefined && /[dwsDWS]/.test(character)) {
      this.position += 1
      return character === character.toLowerCase() ? perl : negate(perl)
    }
    if (character !== 'p' && character !== 'P') return null
    this.position += 1
    const match = /^(?:\{(\^?)([^}]*)\}|(.))/su.exec(this.pattern.slice(this.position, this.position + 60))
    const name = match?.[2] ?? match?.[3] ?? ''
    const set = name === 'Any' ? ANY : unicodeSet(name)
    this.position += match?.[0].length ?? 0
    if (set === null) throw this.error(`invalid character class range: \`${this.pattern.slice(start, this.position)}\``, start)
    const isNegated = (character === 'P') !== (match?.[1] === '^')
    return isNegated ? negate(set) : set
  }

  private escapedCharacter(start: number): number {
    const character = this.next
    const control = ({ a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 } as Readonly<Record<string, number>>)[character]
    if (control !== undefined) {
      this.position += 1
      return control
    }
    const rest = this.pattern.slice(this.position, this.position + 12)
    const hex = /^x(?:\{([0-9A-Fa-f]{1,8})\}|([0-9A-Fa-f]{2}))/.exec(rest)
    if (hex !== null) {
      const codePoint = parseInt(hex[1] ?? hex[2] ?? '0', 16)
      if (codePoint <= 0x10ffff) {
        this.position += hex[0].length
        return codePoint
      }
    }
    const octal = /^(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(rest)
    if (octal !== null) {
      this.position += octal[0].length
      return parseInt(octal[0], 8)
    }
    if (/[A-Za-z0-9]/.test(character)) {
      throw this.error(`invalid escape sequence: \`\\${character}\``, start)
    }
    return this.take()
  }

  private bracket(flags: Flags): CharacterSet {
    const open = this.position
    this.position += 1
    const isNegated = this.next === '^'
    if (isNegated) this.position += 1
    const ranges: number[] = []
    let isFirst = true
    while (isFirst || this.next !== ']') {
      if (this.position >= this.pattern.length) throw this.error(`missing closing ]: \`${this.pattern.slice(open)}\``, open)
      isFirst = false
      const posix = /^\[:(\^?)([a-z]+):\]/.exec(this.pattern.slice(this.position, this.position + 16))
      if (posix !== null) {
        const set = posixSet(posix[2] ?? '')
        if (set === null) throw this.error(`invalid character class range: \`${posix[0]}\``)
        ranges.push(...(posix[1] === '^' ? negate(set) : set))
        this.position += posix[0].length
        continue
      }
      const start = this.position
      const set = this.bracketSet()
      if (set !== null) {
        ranges.push(...set)
        continue
      }
      const low = this.bracketCharacter()
      let high = low
      if (this.next === '-' && this.position + 1 < this.pattern.length && this.pattern[this.position + 1] !== ']') {
        this.position += 1
        high = this.bracketCharacter()
        if (high < low) throw this.error(`invalid character class range: \`${this.pattern.slice(start, this.position)}\``, start)
      }
      ranges.push(low, high)
    }
    this.position += 1
    const set = flags.fold ? foldCase(normalise(ranges)) : normalise(ranges)
    return isNegated ? negate(set) : set
  }

  private bracketSet(): CharacterSet | null {
    if (this.next !== '\\') return null
    const start = this.position
    this.position += 1
    const set = this.escapedSet(start)
    if (set === null) this.position = start
    return set
  }

  private bracketCharacter(): number {
    if (this.next !== '\\') return this.take()
    const start = this.position
    this.position += 1
    if (this.position >= this.pattern.length) throw this.error('trailing backslash at end of expression: ``', start)
    return this.escapedCharacter(start)
  }
}

function setFlags(flags: Flags, letters: string, value: boolean): void {
  if (letters.includes('i')) flags.fold = value
  if (letters.includes('m')) flags.multiline = value
  if (letters.includes('s')) flags.dotAll = value
  if (letters.includes('U')) flags.swapLazy = value
}

function literal(codePoint: number, flags: Flags): RegexNode {
  const set: CharacterSet = [codePoint, codePoint]
  return { kind: 'set', set: flags.fold ? foldCase(set) : set }
}
