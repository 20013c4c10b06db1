/** Events of a consumer group. */
export const groupEvent = { heartbeat: 0, fetched: 1, retry: 2, pollLate: 3, handlerLate: 4, complete: 5, joinTimeout: 6, wake: 7 } as const
