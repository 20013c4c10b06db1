/** The live figures that a chapter may show, and the start values that it may set: `:::figure{type="amdahl" cores="8"}`. */

/** A number that a figure starts with. Every one has a default, so that a chapter may leave it out. */
export interface FigureAttribute {
  min: number
  max: number
  default: number
  /** One line for authors: what it is, in which unit. */
  meaning: string
}

/** A word that a figure starts with, out of a few. */
export interface FigureChoice {
  choices: readonly string[]
  default: string
  meaning: string
}

/** A figure that a chapter may show, in one line, and the start values it takes. */
export interface FigureKind {
  shows: string
  attributes: Readonly<Record<string, FigureAttribute | FigureChoice>>
}

/** Start values as a chapter gives them: those it leaves out are absent, and the figure takes its default. */
export type FigureValues = Readonly<Record<string, number | string>>

/** All figures by the name that authors write. */
export const figureKinds = {
  'utilisation-latency': { shows: 'response time against utilisation for M/M/c', attributes: {} },
  'littles-law': { shows: 'items in a system, arrival rate and time inside', attributes: {} },
  amdahl: { shows: 'speed-up against cores for a serial share', attributes: {} },
  percentiles: { shows: 'mean, p50, p95 and p99 of one distribution', attributes: {} },
  'retry-amplification': { shows: 'calls that reach the last tier when each tier retries', attributes: {} },
  'circuit-breaker': { shows: 'the states of a circuit breaker over time', attributes: {} },
  'cache-stampede': { shows: 'loads of one key after expiry, with and without jitter and single-flight', attributes: {} },
  'ttl-staleness': { shows: 'hit rate and age of what is read against TTL', attributes: {} },
  'replication-lag': { shows: 'whether a read after a write sees the write', attributes: {} },
  'consumer-lag': { shows: 'growth and drain of a consumer group’s lag', attributes: {} },
  'isolation-stepper': { shows: 'two transactions stepped by hand at each isolation level', attributes: {} },
  'clock-skew': { shows: 'which write survives when the last timestamp wins', attributes: {} },
  'lease-fencing': { shows: 'a paused lease holder with and without a fencing token', attributes: {} },
  'feedback-loop': { shows: 'a reinforcing and a balancing loop over time', attributes: {} },
  'trace-sampling': { shows: 'which traces head and tail sampling keep', attributes: {} },
  'metric-cardinality': { shows: 'series that a metric’s labels make', attributes: {} },
  'error-budget-burn': { shows: 'what is left of an error budget at a burn rate', attributes: {} },
  'data-drift': { shows: 'two distributions and their population stability index', attributes: {} },
  threshold: { shows: 'precision and recall against a decision threshold', attributes: {} },
  stride: { shows: 'threats by element of a diagram that is clicked', attributes: {} },
  'pool-hold-time': { shows: 'what a pool can serve against how long a connection is held', attributes: {} },
  'gpu-batching': { shows: 'throughput and latency against batch size', attributes: {} },
  evidence: { shows: 'prior odds, likelihood ratio and posterior', attributes: {} },
  'availability-chain': { shows: 'availability of parts in series and in parallel', attributes: {} },
  'tail-fan-out': { shows: 'the chance that one of n parallel calls is slow', attributes: {} },
  quorum: { shows: 'which reads overlap which writes for N, W and R', attributes: {} },
} as const satisfies Record<string, FigureKind>

export type FigureType = keyof typeof figureKinds

/** The names, in the order of the list. */
export const figureTypes = Object.keys(figureKinds) as FigureType[]

/** Figures that have no component yet: `validate` warns where a chapter shows one. */
export const figuresNotDrawn: readonly FigureType[] = figureTypes

/** Whether a chapter may write this name. */
export function isFigureType(name: string): name is FigureType {
  return Object.hasOwn(figureKinds, name)
}
