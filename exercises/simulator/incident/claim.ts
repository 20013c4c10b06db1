/** Claims about a number, as `> 0.9` or `>= 1 and < 5`. */

const comparisons = {
  '>=': (value: number, limit: number) => value >= limit,
  '<=': (value: number, limit: number) => value <= limit,
  '==': (value: number, limit: number) => value === limit,
  '!=': (value: number, limit: number) => value !== limit,
  '>': (value: number, limit: number) => value > limit,
  '<': (value: number, limit: number) => value < limit,
} as const

/** A claim as it was written, with its comparisons, all of which must hold. */
export interface Claim {
  readonly text: string
  readonly terms: readonly { readonly operator: keyof typeof comparisons; readonly limit: number }[]
}

/** Reads a claim; null when it is none. */
export function parseClaim(text: string): Claim | null {
  const terms = text.split(/\band\b/).map((piece) => {
    const match = /^\s*(>=|<=|==|!=|>|<)\s*(-?\d+(?:\.\d+)?)\s*$/.exec(piece)
    return match === null ? null : { operator: match[1] as keyof typeof comparisons, limit: Number(match[2]) }
  })
  return terms.every((term) => term !== null) ? { text: text.trim(), terms } : null
}

/** Whether the claim holds for a value. NaN fits no claim. */
export function claimHolds(claim: Claim, value: number): boolean {
  return !Number.isNaN(value) && claim.terms.every(({ operator, limit }) => comparisons[operator](value, limit))
}
