/** Text shown in place of strings that no longer fit the table. */
export const overflowText = '(too many distinct values)'

/**
 * Numbers for strings, so that logs and spans store numbers. 0 means "no string".
 * For sets of bounded size: routes, SQL texts, error names. Values that are different for each request should be numbers.
 */
export class StringTable {
  private texts: string[] = ['', overflowText]
  private numbers = new Map<string, number>([[overflowText, 1]])
  private readonly limit: number

  /** @param limit most strings; further ones all become `overflowText` */
  constructor(limit: number) {
    this.limit = limit
  }

  /** The number of a string, the same for equal strings. */
  intern(text: string): number {
    const known = this.numbers.get(text)
    if (known !== undefined) return known
    if (this.texts.length >= this.limit) return 1
    const number = this.texts.length
    this.texts.push(text)
    this.numbers.set(text, number)
    return number
  }

  /** The string of a number; empty for 0. */
  text(number: number): string {
    return this.texts[number] ?? ''
  }

  /** All strings in order of their numbers. */
  save(): readonly string[] {
    return this.texts.slice()
  }

  /** Restores what `save` gave. */
  load(texts: readonly string[]): void {
    this.texts = texts.slice()
    this.numbers = new Map(texts.map((text, number) => [text, number]))
    this.numbers.delete('')
    const empty = texts.indexOf('', 1)
    if (empty > 0) this.numbers.set('', empty)
  }

  /** Bytes of the characters, two for each. */
  bytes(): number {
    return this.texts.reduce((sum, text) => sum + text.length * 2, 0)
  }
}
