export interface Belief {
  a: number
  b: number
  other: number
}

/**
 * Belief in three rival hypotheses before and after an observation: posterior = prior × likelihood, divided by their sum
 * (Bayes' rule; in odds form posterior odds = prior odds × likelihood ratio, T. Bayes 1763, I. J. Good, "Probability and
 * the Weighing of Evidence", 1950). All in shares of 1. `impossible` when no hypothesis allows what was seen.
 * @param times independent observations alike
 */
export function weighEvidence({ prior, seen, times = 1 }: { prior: Belief; seen: Belief; times?: number }): { prior: Belief; posterior: Belief; ratio: number; impossible: boolean } {
  const before = shares(prior)
  const after = { a: before.a * seen.a ** times, b: before.b * seen.b ** times, other: before.other * seen.other ** times }
  const sum = after.a + after.b + after.other
  return { prior: before, posterior: sum === 0 ? before : shares(after), ratio: seen.b === 0 ? (seen.a === 0 ? 1 : Number.POSITIVE_INFINITY) : (seen.a / seen.b) ** times, impossible: sum === 0 }
}

function shares({ a, b, other }: Belief): Belief {
  const sum = a + b + other
  return { a: a / sum, b: b / sum, other: other / sum }
}
