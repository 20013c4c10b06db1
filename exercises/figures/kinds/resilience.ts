import { choice, number } from './attribute.ts'
import type { FigureKind } from './attribute.ts'

/** Figures of failure: how it spreads, and what holds it. */
export const resilienceKinds = {
  'retry-amplification': {
    shows: 'calls that reach the failing dependency for one user request when tiers retry',
    attributes: {
      rate: number('User requests', '/s', [1, 5000, 100], { log: true }),
      tiers: number('Tiers above the failing dependency', '', [1, 5, 3]),
      retries: number('Retries after a failed call', '', [0, 5, 3]),
      failPercent: number('Calls to it that fail', '%', [0, 100, 100]),
      where: choice('Who retries', { all: 'Every tier', edge: 'The edge only', nearest: 'The nearest only' }, 'all'),
    },
    readings: { calls: 'calls for each user request', leafRate: 'calls to the dependency, /s', successPercent: 'user requests that succeed, %' },
  },
  'feedback-loop': {
    shows: 'a balancing loop with the delay that makes it swing, a reinforcing one, and a retry storm after a push of one minute, over time',
    attributes: {
      loop: choice('Loop', { balancing: 'Balancing', reinforcing: 'Reinforcing', storm: 'Retries after a push' }, 'balancing'),
      gain: number('Strength of the response, each minute', '%', [5, 200, 40], { step: 5 }),
      delay: number('Age of what it responds to', 'min', [0, 10, 3]),
      target: number('Servers needed', '', [2, 100, 20]),
      load: number('Requests before and after the push', '/s', [5, 50, 30]),
      tries: number('Tries of each request', '', [1, 5, 3]),
      queue: number('Places in the queue', '', [10, 1000, 500], { log: true }),
      pauseS: number('Pause before a new try', 's', [0, 30, 0]),
    },
    readings: { overshootPercent: 'overshoot, %', settleMinutes: 'minutes until it stays within 5% of the target (60: not within the hour)', peak: 'highest value', endsAfterS: 'retry storm: seconds after the push until all is well (480: never)' },
  },
  'error-budget-burn': {
    shows: 'what is left of an error budget at a burn rate, when it is gone, and when burn-rate alerts page',
    attributes: {
      slo: number('SLO', '%', [90, 99.99, 99.9], { step: 0.01 }),
      windowDays: number('Window', 'days', [7, 90, 30]),
      errorPercent: number('Requests that fail from now on', '%', [0.01, 100, 1], { step: 0.01, log: true }),
      spentPercent: number('Budget already spent', '%', [0, 100, 0]),
    },
    readings: { burnRate: 'burn rate', exhaustedHours: 'hours until the budget is gone', budgetMinutes: 'budget of the window as minutes of full outage', pageMinutes: 'minutes until the first page (0: none)' },
  },
  'circuit-breaker': {
    shows: 'states of a circuit breaker over virtual time while the reader breaks and mends the dependency',
    attributes: {
      rate: number('Calls', '/s', [1, 50, 10]),
      failPercent: number('Calls that fail while it is broken', '%', [10, 100, 100], { step: 5 }),
      threshold: number('Opens when this share has failed', '%', [10, 90, 50], { step: 5 }),
      window: number('of the last calls', '', [5, 100, 20], { step: 5 }),
      openS: number('Stays open for', 's', [1, 30, 10]),
      probes: number('Probes when half-open', '', [1, 10, 3]),
    },
    readings: { failed: 'calls that failed at the dependency', rejected: 'calls refused without being sent', opened: 'times it opened', rejectedHealthy: 'calls refused while the dependency was well' },
  },
  'cache-stampede': {
    shows: 'loads that reach the database when keys expire together, with and without jitter and single flight',
    attributes: {
      keys: number('Keys filled at the same time', '', [1, 500, 200]),
      rate: number('Reads of each key', '/s', [0.1, 200, 20], { step: 0.1, log: true }),
      ttlS: number('TTL', 's', [10, 120, 60]),
      loadMs: number('One load takes', 'ms', [10, 2000, 400], { log: true }),
      jitterPercent: number('Jitter on the TTL', '%', [0, 50, 0]),
      flight: choice('Loads of one key at a time', { many: 'As many as ask', single: 'One (single flight)' }, 'many'),
    },
    readings: { peakLoads: 'most loads in one second', loads: 'loads in all', hitPercent: 'reads answered by the cache, %' },
  },
  'lease-fencing': {
    shows: 'a lease holder that pauses past its lease and then writes, with and without a fencing token',
    attributes: {
      leaseS: number('Lease', 's', [2, 30, 10]),
      pauseS: number('The first holder pauses for', 's', [0, 40, 15]),
      fencing: choice('The storage checks the token', { off: 'No', on: 'Yes' }, 'off'),
    },
    readings: { lostWrites: 'writes overwritten by an old holder', refused: 'writes refused' },
  },
  'availability-chain': {
    shows: 'availability of parts in series, each with copies in parallel, and of causes that hit all copies',
    attributes: {
      parts: number('Parts that are all needed', '', [1, 50, 5]),
      partPercent: number('Availability of one copy', '%', [90, 99.999, 99.9], { step: 0.001 }),
      copies: number('Copies of each part', '', [1, 4, 1]),
      commonPercent: number('Downtime that hits all copies at once', '%', [0, 100, 0]),
    },
    readings: { availabilityPercent: 'availability of the whole, %', downMinutes: 'downtime in 30 days, min' },
  },
  'clock-skew': {
    shows: 'which of two writes survives when the last timestamp wins and clocks differ',
    attributes: {
      skewMs: number('Clock of B against the clock of A', 'ms', [-1000, 1000, -200], { step: 10 }),
      gapMs: number('B writes after A by', 'ms', [0, 1000, 100], { step: 10 }),
      rule: choice('Which write survives', { clock: 'Highest timestamp', logical: 'Logical clock', keep: 'Keep both' }, 'clock'),
    },
    readings: { lost: 'newer writes lost (0 or 1)', marginMs: 'timestamp of B minus that of A, ms' },
  },
} as const satisfies Record<string, FigureKind>
