import { requireNotNegative, requireWhole } from './arguments.ts'

/**
 * Erlang B: the share of arrivals lost where `servers` have no waiting room (M/M/c/c, and M/G/c/c: only the mean of the
 * service time matters). A. K. Erlang 1917; recursion as in Kleinrock, "Queueing Systems" volume 1 (1975), 3.5: no
 * factorial, no overflow.
 * @param offeredLoad arrival rate / service rate of one server, in erlangs
 */
export function erlangB(servers: number, offeredLoad: number): number {
  requireWhole('servers', servers, 0)
  requireNotNegative('offeredLoad', offeredLoad)
  let blocked = 1
  for (let count = 1; count <= servers; count += 1) blocked = (offeredLoad * blocked) / (count + offeredLoad * blocked)
  return blocked
}

/**
 * Erlang C: the share of arrivals that wait in M/M/c; 1 when the load is as large as the servers or larger.
 * Kleinrock, "Queueing Systems" volume 1 (1975), 3.5, through Erlang B.
 */
export function erlangC(servers: number, offeredLoad: number): number {
  requireWhole('servers', servers, 1)
  requireNotNegative('offeredLoad', offeredLoad)
  if (offeredLoad >= servers) return 1
  const blocked = erlangB(servers, offeredLoad)
  return blocked / (1 - (offeredLoad / servers) * (1 - blocked))
}
