import { requireWhole } from './arguments.ts'

/**
 * Long-run probabilities of the states 0..top of a birth-death process: in state n one more comes at `birthRate(n)` and
 * one leaves at `deathRate(n)`. Kleinrock, "Queueing Systems" volume 1 (1975), 3.1.
 *
 * Instead of products of ratios, which overflow, it uses the share of time that the process cut off at n spends in n,
 * B(n) = birth(n-1) B(n-1) / (death(n) + birth(n-1) B(n-1)); for constant rates that is Erlang's recursion. Every step
 * adds and multiplies numbers of one sign, so nothing cancels, for any load and any size.
 * @param birthRate of the states 0..top-1, not negative @param deathRate of the states 1..top, above 0
 */
export function birthDeathProbabilities(birthRate: (state: number) => number, deathRate: (state: number) => number, top: number): Float64Array {
  requireWhole('top', top, 0)
  const atTop = new Float64Array(top + 1)
  const belowTop = new Float64Array(top + 1)
  let blocked = 1
  atTop[0] = 1
  for (let state = 1; state <= top; state += 1) {
    const up = birthRate(state - 1) * blocked
    const down = deathRate(state)
    blocked = up / (down + up)
    atTop[state] = blocked
    belowTop[state] = down / (down + up)
  }
  let below = 1
  for (let state = top; state >= 0; state -= 1) {
    atTop[state] = (atTop[state] ?? 0) * below
    below *= belowTop[state] ?? 0
  }
  return atTop
}

/** Mean of a function of the state. */
export function meanOverStates(probabilities: Float64Array, valueOf: (state: number) => number): number {
  let mean = 0
  for (const [state, probability] of probabilities.entries()) mean += probability * valueOf(state)
  return mean
}
