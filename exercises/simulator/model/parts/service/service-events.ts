/** Events of a service, beside those of every host of programs. */
export const serviceEvent = { workDone: 8, lifecycle: 16 } as const
