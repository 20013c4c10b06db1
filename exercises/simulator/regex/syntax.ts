import type { CharacterSet } from './classes.ts'

/** The parsed form of an RE2 expression. */
export type RegexNode =
  | { readonly kind: 'empty' }
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'assert'; readonly assertion: Assertion }
  | { readonly kind: 'sequence'; readonly parts: readonly RegexNode[] }
  | { readonly kind: 'alternation'; readonly options: readonly RegexNode[] }
  | { readonly kind: 'repeat'; readonly body: RegexNode; readonly minimum: number; readonly maximum: number; readonly lazy: boolean }
  | { readonly kind: 'group'; readonly body: RegexNode; readonly index: number; readonly name: string | null }

export type Assertion = 'text-start' | 'text-end' | 'line-start' | 'line-end' | 'word' | 'not-word'

/** Why an expression is refused, in the words of Go's regexp package. `offset` is in UTF-16 units of the expression. */
export class RegexSyntaxError extends Error {
  readonly offset: number
  constructor(message: string, offset: number) {
    super(message)
    this.name = 'RegexSyntaxError'
    this.offset = offset
  }
}

export interface ParsedRegex {
  readonly node: RegexNode
  /** Names by group number; index 0 is the whole match. */
  readonly groupNames: readonly (string | null)[]
}
