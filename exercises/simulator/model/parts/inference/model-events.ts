/** Events of a model server. */
export const modelEvent = { prepared: 0, waited: 1, gpu: 2, started: 3 } as const
