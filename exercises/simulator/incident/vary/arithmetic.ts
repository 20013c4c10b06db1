/** Small sums in texts, such as `buyers * 30`, so that a text quotes what a seed's numbers come to. */

export type Values = ReadonlyMap<string, number | string>

/** What stands between the braces: its value, or what is wrong with it. */
export type Evaluated = { readonly ok: true; readonly value: number | string } | { readonly ok: false; readonly error: string }

/** Evaluates numbers and names with + - * / and parentheses; a word stands alone. */
export function evaluate(text: string, values: Values): Evaluated {
  const word = values.get(text.trim())
  if (typeof word === 'string') return { ok: true, value: word }
  const tokens = text.match(/\d+(?:\.\d+)?|[a-z][a-z0-9-]*|[-+*/()]|\S/g) ?? []
  const reader = new Reader(tokens, values)
  const value = reader.sum()
  if (reader.error !== null) return { ok: false, error: reader.error }
  if (reader.next !== undefined) return { ok: false, error: `"${reader.next}" is not expected in "${text.trim()}"` }
  return Number.isFinite(value) ? { ok: true, value } : { ok: false, error: `"${text.trim()}" has no value` }
}

class Reader {
  error: string | null = null
  private readonly tokens: readonly string[]
  private readonly values: Values
  private at = 0

  constructor(tokens: readonly string[], values: Values) {
    this.tokens = tokens
    this.values = values
  }

  get next(): string | undefined {
    return this.tokens[this.at]
  }

  sum(): number {
    let value = this.product()
    while (this.next === '+' || this.next === '-') value = this.take() === '+' ? value + this.product() : value - this.product()
    return value
  }

  private product(): number {
    let value = this.atom()
    while (this.next === '*' || this.next === '/') value = this.take() === '*' ? value * this.atom() : value / this.atom()
    return value
  }

  private atom(): number {
    const token = this.take()
    if (token === '(') {
      const value = this.sum()
      if (this.take() !== ')') this.fail('a parenthesis is not closed')
      return value
    }
    if (token !== undefined && /^\d/.test(token)) return Number(token)
    const value = this.values.get(token ?? '')
    if (typeof value === 'number') return value
    return this.fail(token === undefined ? 'something is missing at its end' : `"${token}" is no number that varies here`)
  }

  private take(): string | undefined {
    const token = this.next
    this.at += 1
    return token
  }

  private fail(error: string): number {
    this.error ??= error
    return Number.NaN
  }
}

/** A number as prose writes it: whole from 100 on, one decimal from 1 on, else two significant digits. */
export function proseNumber(value: number): string {
  const size = Math.abs(value)
  if (size >= 100 || Number.isInteger(value)) return String(Math.round(value)).replaceAll(/\B(?=(\d{3})+$)/g, ',')
  return String(Number(size >= 1 ? value.toFixed(1) : value.toPrecision(2)))
}
