import type { ConsumersSpec } from './schema.ts'

/** What operators can change while the group runs. Times in microseconds. */
export interface GroupSettings {
  readonly perPod: number
  readonly batch: number
  readonly maxPollUs: number
  readonly sessionUs: number
  readonly assignment: 'eager' | 'cooperative'
  /** Infinity: until it succeeds. */
  readonly retries: number
}

/** The settings as the topology has them. */
export function settingsOf(spec: ConsumersSpec): GroupSettings {
  const { retries } = spec.failures
  return {
    perPod: spec['per-pod'], batch: spec.batch, maxPollUs: spec['max-poll-interval'], sessionUs: spec['session-timeout'],
    assignment: spec.assignment, retries: retries === 'forever' ? Number.POSITIVE_INFINITY : retries,
  }
}
