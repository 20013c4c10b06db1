import { choice, number } from './attribute.ts'
import type { FigureKind } from './attribute.ts'

/** Figures of what can be seen, and what follows from it. */
export const evidenceKinds = {
  evidence: {
    shows: 'prior belief in three rival hypotheses, how likely each makes an observation, and the belief after it',
    attributes: {
      priorA: number('A, before', '%', [1, 98, 60]),
      priorB: number('B, before', '%', [1, 98, 30]),
      seenA: number('Seen if A is true', '%', [0, 100, 20]),
      seenB: number('Seen if B is true', '%', [0, 100, 80]),
      seenOther: number('Seen if neither is', '%', [0, 100, 50]),
      times: number('Independent observations like it', '', [1, 5, 1]),
    },
    readings: { posteriorA: 'belief in A after, %', posteriorB: 'belief in B after, %', posteriorOther: 'belief in neither after, %', ratio: 'likelihood ratio of A to B' },
  },
  'trace-sampling': {
    shows: 'the chance to keep a rare error with head sampling and with tail sampling, and what each stores',
    attributes: {
      rate: number('Traces', '/s', [1, 50_000, 1000], { log: true }),
      errors: number('Traces that fail in the hour', '', [1, 1000, 3], { log: true }),
      headPercent: number('Head sampling keeps', '%', [0.1, 100, 1], { step: 0.1, log: true }),
      basePercent: number('Tail sampling keeps of the good ones', '%', [0.1, 100, 1], { step: 0.1, log: true }),
      waitS: number('Tail sampling decides after', 's', [1, 120, 30]),
      memory: number('Traces that it holds in memory', '', [1000, 2_000_000, 50_000], { log: true }),
    },
    readings: { headPercentKept: 'chance that head sampling keeps at least one failed trace, %', tailPercentKept: 'the same for tail sampling, %', headStored: 'traces stored by head sampling, /s', tailStored: 'traces stored by tail sampling, /s' },
  },
  'metric-cardinality': {
    shows: 'time series that the labels of one metric make, and the memory they take',
    attributes: {
      methods: number('Values of method', '', [1, 10, 4]),
      routes: number('Values of route', '', [1, 1000, 40], { log: true }),
      statuses: number('Values of status', '', [1, 20, 6]),
      pods: number('Values of pod', '', [1, 1000, 20], { log: true }),
      users: number('Values of user_id (1: no such label)', '', [1, 1_000_000, 1], { log: true }),
      usedPercent: number('Combinations that occur', '%', [1, 100, 30]),
      kind: choice('Metric', { counter: 'Counter', histogram: 'Histogram, 11 buckets' }, 'counter'),
      seriesKib: number('Memory of one series', 'KiB', [1, 16, 4]),
    },
    readings: { series: 'time series', memoryMib: 'memory, MiB' },
  },
  stride: {
    shows: 'a data-flow diagram whose elements are clicked for the threats that STRIDE asks about, with trust boundaries',
    attributes: { element: choice('Element', { browser: 'Browser', request: 'Request', api: 'Order API', query: 'Query', orders: 'Orders database', call: 'Call', provider: 'Payment provider' }, 'browser') },
    readings: { seen: 'elements looked at' },
  },
} as const satisfies Record<string, FigureKind>
