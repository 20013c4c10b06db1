/** The arithmetic that `:num` may use: small enough to read in a margin, exact enough to check a printed number. */
import { fail, ok } from '../core/result.ts'
import type { Result } from '../core/result.ts'

/** Why an expression has no value; `offset` is the 0-based place in the expression. */
export interface ArithmeticError {
  message: string
  offset: number
}

/** Longer expressions are prose that went astray, and deep brackets would exhaust the stack. */
const longestExpression = 500

const functions: Record<string, { least: number; most: number; apply: (values: number[]) => number }> = {
  sqrt: { least: 1, most: 1, apply: ([x = Number.NaN]) => Math.sqrt(x) },
  ln: { least: 1, most: 1, apply: ([x = Number.NaN]) => Math.log(x) },
  log2: { least: 1, most: 1, apply: ([x = Number.NaN]) => Math.log2(x) },
  exp: { least: 1, most: 1, apply: ([x = Number.NaN]) => Math.exp(x) },
  ceil: { least: 1, most: 1, apply: ([x = Number.NaN]) => Math.ceil(x) },
  floor: { least: 1, most: 1, apply: ([x = Number.NaN]) => Math.floor(x) },
  min: { least: 1, most: 50, apply: (values) => Math.min(...values) },
  max: { least: 1, most: 50, apply: (values) => Math.max(...values) },
}

interface Token {
  kind: 'number' | 'name' | 'sign' | 'end'
  text: string
  offset: number
}

/** Carries a failure out of the recursive descent; never leaves this file. */
class Stop extends Error {
  readonly offset: number
  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

function tokenize(source: string): Token[] {
  const pattern = /\s*(?:(\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?)|([a-z][a-z0-9]*)|([-+*/^(),]))/gy
  const tokens: Token[] = []
  const end = source.trimEnd().length
  while (pattern.lastIndex < end) {
    const from = pattern.lastIndex
    const match = pattern.exec(source)
    if (!match) {
      const offset = from + (source.slice(from).length - source.slice(from).trimStart().length)
      throw new Stop(`"${source.charAt(offset)}" is not part of an expression`, offset)
    }
    const [, number, name, sign] = match
    const text = number ?? name ?? sign ?? ''
    tokens.push({ kind: number ? 'number' : name ? 'name' : 'sign', text, offset: pattern.lastIndex - text.length })
  }
  tokens.push({ kind: 'end', text: 'the end', offset: end })
  return splitGroupedNumbers(tokens)
}

/** `1,000` is one thousand; `2,3` inside `max(2,3)` is two arguments. Only groups of three digits join. */
function splitGroupedNumbers(tokens: Token[]): Token[] {
  return tokens.flatMap((token) => {
    if (token.kind !== 'number' || !token.text.includes(',') || /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(token.text)) return [token]
    const parts: Token[] = []
    let offset = token.offset
    for (const piece of token.text.split(/(,)/)) {
      if (piece !== '') parts.push({ kind: piece === ',' ? 'sign' : 'number', text: piece, offset })
      offset += piece.length
    }
    return parts
  })
}

/**
 * Computes an expression of numbers, `+ - * / ^`, brackets and `sqrt ln log2 exp ceil floor min max`. `^` binds
 * tighter than a leading minus and groups to the right, as in mathematics: `-2^2` is -4. Thousands may be grouped with
 * commas (`1,000`); between arguments write a space after the comma.
 */
export function evaluateArithmetic(source: string): Result<number, ArithmeticError> {
  if (source.length > longestExpression) return fail({ message: `the expression is longer than ${longestExpression} characters`, offset: longestExpression })
  try {
    const value = parse(tokenize(source))
    if (!Number.isFinite(value)) return fail({ message: 'the expression has no finite value (a division by zero, or a root or logarithm out of range)', offset: 0 })
    return ok(value)
  } catch (error) {
    if (error instanceof Stop) return fail({ message: error.message, offset: error.offset })
    throw error
  }
}

function parse(tokens: readonly Token[]): number {
  let at = 0
  const peek = (): Token => tokens[at] ?? { kind: 'end', text: 'the end', offset: 0 }
  const isSign = (...signs: string[]): boolean => peek().kind === 'sign' && signs.includes(peek().text)
  const take = (): Token => {
    const token = peek()
    at += 1
    return token
  }
  const demand = (sign: string): void => {
    if (!isSign(sign)) throw new Stop(`expected "${sign}" but found ${peek().kind === 'end' ? 'the end' : `"${peek().text}"`}`, peek().offset)
    take()
  }

  const sum = (): number => {
    let value = product()
    while (isSign('+', '-')) value = take().text === '+' ? value + product() : value - product()
    return value
  }
  const product = (): number => {
    let value = signed()
    while (isSign('*', '/')) value = take().text === '*' ? value * signed() : value / signed()
    return value
  }
  const signed = (): number => {
    if (!isSign('-', '+')) return power()
    return take().text === '-' ? -signed() : signed()
  }
  const power = (): number => {
    const base = atom()
    if (!isSign('^')) return base
    take()
    return base ** signed()
  }
  const atom = (): number => {
    const token = take()
    if (token.kind === 'number') return Number(token.text.replaceAll(',', ''))
    if (token.kind === 'name') return call(token)
    if (token.kind === 'sign' && token.text === '(') {
      const value = sum()
      demand(')')
      return value
    }
    throw new Stop(`expected a number but found ${token.kind === 'end' ? 'the end' : `"${token.text}"`}`, token.offset)
  }
  const call = (name: Token): number => {
    const known = Object.hasOwn(functions, name.text) ? functions[name.text] : undefined
    if (!known) throw new Stop(`"${name.text}" is not a function; known are ${Object.keys(functions).join(', ')}`, name.offset)
    demand('(')
    const values = [sum()]
    while (isSign(',')) {
      take()
      values.push(sum())
    }
    demand(')')
    if (values.length < known.least || values.length > known.most) throw new Stop(`${name.text} takes ${known.most === 1 ? 'one value' : 'values'}`, name.offset)
    return known.apply(values)
  }

  const value = sum()
  if (peek().kind !== 'end') throw new Stop(`expected an operator but found "${peek().text}"`, peek().offset)
  return value
}

/**
 * Whether a printed number is `value` rounded to the digits that it shows: `1.66` for 1.6639, `3,600` for 3600.2. A
 * value that lies half-way between two printed numbers may be printed as either.
 * @param printed digits, with optional sign, thousands commas and decimal point; surrounding text such as `%` is ignored
 */
export function printsAs(value: number, printed: string): boolean {
  const match = /[-\u2212]?\d[\d,]*(?:\.\d+)?/.exec(printed)
  if (!match) return false
  const text = match[0].replace('\u2212', '-').replaceAll(',', '')
  const decimals = text.includes('.') ? text.length - text.indexOf('.') - 1 : 0
  const halfDigit = 0.5 * 10 ** -decimals
  return Math.abs(value - Number(text)) <= halfDigit * (1 + 1e-9) + Math.abs(value) * 1e-12
}

/** The value rounded to as many decimals as `printed` shows: what the text should have said. */
export function roundedLike(value: number, printed: string): string {
  const decimals = /\.(\d+)/.exec(printed)?.[1]?.length ?? 0
  return value.toFixed(Math.min(decimals, 20))
}
