/**
 * Share of answers that wait for at least one slow call out of `calls` in parallel: 1 - (1 - p)^calls. J. Dean and
 * L. A. Barroso, "The tail at scale", Communications of the ACM 56 (2013). A hedged call is slow only if both tries are,
 * p², when they are slow independently of each other. @param slow share of single calls
 */
export function fanOut({ calls, slow, hedged }: { calls: number; slow: number; hedged: boolean }): { slowCalls: number; slowAnswers: number; extraCalls: number } {
  const slowCalls = hedged ? slow * slow : slow
  return { slowCalls, slowAnswers: -Math.expm1(calls * Math.log1p(-slowCalls)), extraCalls: hedged ? slow : 0 }
}

/** The share of calls that may be slow so that this share of answers is fast. */
export function allowedSlow({ calls, fastAnswers }: { calls: number; fastAnswers: number }): number {
  return 1 - fastAnswers ** (1 / calls)
}
