/** How a service or a connection of the map stands, by its failures. */

/** Share of failed calls from which it is marked. */
const badShare = 0.05
const someShare = 0.005

export function stateOf(share: number): 'ok' | 'warn' | 'crit' {
  if (share >= badShare) return 'crit'
  return share >= someShare ? 'warn' : 'ok'
}

/** `4.8%`. */
export function percent(share: number): string {
  return `${String(Number((share * 100).toPrecision(2)))}%`
}
