import { choice, number } from './attribute.ts'
import type { FigureKind } from './attribute.ts'

/** Figures of data that has more than one copy or more than one writer. */
export const dataKinds = {
  'ttl-staleness': {
    shows: 'hit ratio and share of stale reads against TTL, for one key that is read and changed at random',
    attributes: {
      ttlS: number('TTL', 's', [1, 86_400, 60], { log: true }),
      readRate: number('Reads of the key', '/s', [0.01, 1000, 2], { step: 0.01, log: true }),
      changesPerHour: number('Changes of the value', '/h', [0.1, 3600, 6], { step: 0.1, log: true }),
    },
    readings: { hitPercent: 'hit ratio, %', stalePercent: 'reads that are stale, %', loadsPerHour: 'loads from the origin, /h' },
  },
  'replication-lag': {
    shows: 'the chance that a read after a write misses it, against the time between them, with three guards',
    attributes: {
      lagMs: number('Median replication lag', 'ms', [1, 10_000, 100], { log: true }),
      spread: number('Spread of the lag (σ of the logarithm)', '', [0.1, 2, 0.8], { step: 0.1 }),
      delayMs: number('The user reads after', 'ms', [0, 5000, 150], { step: 10 }),
      replicaPercent: number('Reads that go to a replica', '%', [0, 100, 100]),
      guard: choice('Guard', { none: 'None', pin: 'Primary for 1 s after a write', position: 'Wait for the write’s position' }, 'none'),
    },
    readings: { stalePercent: 'reads that miss the write, %', waitMs: 'mean wait added, ms', lagP99Ms: 'p99 of the lag, ms' },
  },
  'isolation-stepper': {
    shows: 'two transactions stepped by hand at the three isolation levels of PostgreSQL',
    attributes: {
      anomaly: choice('Case', { 'lost-update': 'Lost update', 'non-repeatable-read': 'Read twice', 'write-skew': 'Write skew' }, 'lost-update'),
      level: choice('Isolation level', { 'read-committed': 'Read committed', 'repeatable-read': 'Repeatable read', serializable: 'Serializable' }, 'read-committed'),
    },
    readings: { broken: 'rules broken (0 or 1)', aborted: 'transactions aborted' },
  },
  quorum: {
    shows: 'which reads overlap which writes for N, W and R, and how often each side can answer',
    attributes: {
      copies: number('Copies (N)', '', [1, 9, 3]),
      writes: number('Acknowledged writes needed (W)', '', [1, 9, 2]),
      reads: number('Answers to a read needed (R)', '', [1, 9, 2]),
      upPercent: number('A copy is reachable', '%', [80, 99.99, 99], { step: 0.01 }),
    },
    readings: { overlap: 'copies that every read shares with every write', missPercent: 'reads that miss the newest write at worst, %', readPercent: 'reads that can be answered, %', writePercent: 'writes that can be acknowledged, %' },
  },
  'data-drift': {
    shows: 'two binned distributions and their population stability index (PSI), with the usual thresholds',
    attributes: {
      shift: number('Shift of the mean', 'σ', [-2, 2, 0.3], { step: 0.05 }),
      scale: number('Spread against the baseline', '×', [0.4, 2.5, 1], { step: 0.05 }),
      bins: number('Bins', '', [4, 30, 10]),
      sample: number('Rows in each sample', '', [50, 1_000_000, 10_000], { log: true }),
    },
    readings: { psi: 'PSI', noise: 'PSI expected from chance alone' },
  },
  threshold: {
    shows: 'precision, recall and cost of a classifier or alert against its threshold, at a base rate',
    attributes: {
      threshold: number('Threshold (score)', '', [0, 100, 50]),
      separation: number('Distance between the two groups', 'σ', [0.5, 5, 2], { step: 0.1 }),
      basePercent: number('Cases that are real (base rate)', '%', [0.01, 50, 1], { step: 0.01, log: true }),
      perDay: number('Cases a day', '', [100, 1_000_000, 10_000], { log: true }),
      missCost: number('Cost of a missed one', '', [1, 10_000, 100], { log: true }),
      falseCost: number('Cost of a false alarm', '', [1, 1000, 5], { log: true }),
    },
    readings: { precisionPercent: 'precision, %', recallPercent: 'recall, %', alarms: 'alarms a day', falseAlarms: 'false alarms a day', cost: 'cost a day' },
  },
} as const satisfies Record<string, FigureKind>
