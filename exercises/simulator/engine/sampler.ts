import { portableExp, portableLog, portablePower } from './portable-math.ts'
import type { Distribution } from './distribution.ts'
import type { RandomStream } from './random-stream.ts'

/** Longest sample, 31 years: a heavy tail must not push the clock past its end. */
export const longestSampleUs = 1e15

/** The 99th percentile of the standard normal distribution. */
const normalP99 = 2.3263478740408408

const deterministic = 0
const uniform = 1
const exponential = 2
const lognormal = 3
const gamma = 4
const pareto = 5
const table = 6
const line = 7

/**
 * A distribution ready to sample. One class for all kinds, so that the hot call site stays monomorphic. Holds no state:
 * share it freely. A sample of any kind but gamma is a monotone function of one uniform (of
 * none, when deterministic), so runs with other parameters but the same stream stay comparable draw by draw.
 */
export class Sampler {
  /** Mean in microseconds; Infinity where there is none. Rounding to whole microseconds is not counted. */
  readonly meanUs: number
  /** Squared coefficient of variation, variance / mean^2; Infinity where there is none, 0 where the mean is 0. */
  readonly cv2: number
  private readonly code: number
  private readonly first: number
  private readonly second: number
  /** Cumulative probabilities and values: for `table` the value of each step, for `line` the value at each point. */
  private readonly cumulative: Float64Array
  private readonly values: Float64Array

  /** @param distribution that the schema has accepted */
  constructor(distribution: Distribution) {
    const parts = partsOf(distribution)
    this.code = parts.code
    this.first = parts.first ?? 0
    this.second = parts.second ?? 0
    this.cumulative = parts.cumulative ?? new Float64Array(0)
    this.values = parts.values ?? new Float64Array(0)
    this.meanUs = parts.mean
    this.cv2 = parts.mean === 0 ? 0 : parts.mean === Number.POSITIVE_INFINITY ? Number.POSITIVE_INFINITY : parts.variance / (parts.mean * parts.mean)
  }

  /** One sample, in whole microseconds, 0 up to `longestSampleUs`. */
  sampleUs(stream: RandomStream): number {
    const sample = Math.round(this.draw(stream))
    return sample < longestSampleUs ? sample : longestSampleUs
  }

  private draw(stream: RandomStream): number {
    switch (this.code) {
      case deterministic:
        return this.first
      case uniform:
        return this.first + this.second * stream.uniform()
      case exponential:
        return this.first * stream.exponential()
      case lognormal:
        return portableExp(this.first + this.second * stream.normal())
      case gamma:
        return this.first * stream.gamma(this.second)
      case pareto:
        // cumulative[0] is the probability below the cut: 1 where there is none.
        return this.first * portablePower(1 - stream.uniform() * (this.cumulative[0] as number), this.second)
      case table:
        return this.values[this.step(stream.uniform())] as number
      default: {
        const probability = stream.uniform()
        const at = this.step(probability)
        const from = this.cumulative[at - 1] as number
        const low = this.values[at - 1] as number
        return low + (((this.values[at] as number) - low) * (probability - from)) / ((this.cumulative[at] as number) - from)
      }
    }
  }

  /** First step whose cumulative probability is above this. */
  private step(probability: number): number {
    const cumulative = this.cumulative
    let low = 0
    let high = cumulative.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((cumulative[middle] as number) > probability) high = middle
      else low = middle + 1
    }
    return low
  }
}

interface Parts {
  code: number
  mean: number
  variance: number
  first?: number
  second?: number
  cumulative?: Float64Array
  values?: Float64Array
}

function partsOf(distribution: Distribution): Parts {
  switch (distribution.kind) {
    case 'deterministic':
      return { code: deterministic, first: distribution.ms * 1000, mean: distribution.ms * 1000, variance: 0 }
    case 'uniform': {
      const min = distribution.minMs * 1000
      const width = distribution.maxMs * 1000 - min
      return { code: uniform, first: min, second: width, mean: min + width / 2, variance: (width * width) / 12 }
    }
    case 'exponential': {
      const mean = distribution.meanMs * 1000
      return { code: exponential, first: mean, mean, variance: mean * mean }
    }
    case 'lognormal': {
      if ('cv' in distribution) {
        const variance = logOfOneMore(distribution.cv * distribution.cv)
        return lognormalParts(portableLog(distribution.meanMs * 1000) - variance / 2, Math.sqrt(variance))
      }
      return lognormalParts(portableLog(distribution.p50Ms * 1000), portableLog(distribution.p99Ms / distribution.p50Ms) / normalP99)
    }
    case 'gamma': {
      const mean = distribution.meanMs * 1000
      const shape = 1 / (distribution.cv * distribution.cv)
      return { code: gamma, first: mean / shape, second: shape, mean, variance: (mean * mean) / shape }
    }
    case 'pareto':
      return paretoParts(distribution.minMs * 1000, distribution.shape, distribution.maxMs === undefined ? Number.POSITIVE_INFINITY : distribution.maxMs * 1000)
    case 'empirical':
      return tableParts(distribution.valuesMs, distribution.weights ?? distribution.valuesMs.map(() => 1))
    case 'percentiles':
      return lineParts(distribution.points)
  }
}

function lognormalParts(mu: number, sigma: number): Parts {
  const mean = portableExp(mu + (sigma * sigma) / 2)
  return { code: lognormal, first: mu, second: sigma, mean, variance: mean * mean * (portableExp(sigma * sigma) - 1) }
}

/** ln(1 + x), exact for small x too: Kahan's correction by the rounding of 1 + x. */
function logOfOneMore(x: number): number {
  const sum = 1 + x
  return sum === 1 ? x : (portableLog(sum) * x) / (sum - 1)
}

function paretoParts(min: number, shape: number, max: number): Parts {
  const below = 1 - portablePower(min / max, shape)
  const mean = paretoMoment(min, shape, max, 1) / below
  const variance = mean === Number.POSITIVE_INFINITY ? mean : paretoMoment(min, shape, max, 2) / below - mean * mean
  return { code: pareto, first: min, second: -1 / shape, cumulative: Float64Array.of(below), mean, variance }
}

/** Integral of x^power times the Pareto density from min to max. @param power 1 or 2 */
function paretoMoment(min: number, shape: number, max: number, power: number): number {
  const unit = power === 1 ? min : min * min
  if (max === Number.POSITIVE_INFINITY) return shape > power ? (shape * unit) / (shape - power) : max
  if (shape === power) return shape * unit * portableLog(max / min)
  return (shape * unit * (portablePower(max / min, power - shape) - 1)) / (power - shape)
}

function tableParts(valuesMs: readonly number[], weights: readonly number[]): Parts {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const values = Float64Array.from(valuesMs, (ms) => ms * 1000)
  const cumulative = new Float64Array(values.length)
  let mean = 0
  let square = 0
  let below = 0
  for (const [index, weight] of weights.entries()) {
    const value = values[index] ?? 0
    below += weight
    cumulative[index] = below / total
    mean += (weight * value) / total
    square += (weight * value * value) / total
  }
  return { code: table, cumulative, values, mean, variance: Math.max(0, square - mean * mean) }
}

function lineParts(points: readonly (readonly [number, number])[]): Parts {
  const cumulative = Float64Array.from(points, ([percentile]) => percentile / 100)
  const values = Float64Array.from(points, ([, ms]) => ms * 1000)
  let mean = 0
  let square = 0
  for (let index = 1; index < points.length; index += 1) {
    const weight = (cumulative[index] ?? 0) - (cumulative[index - 1] ?? 0)
    const low = values[index - 1] ?? 0
    const high = values[index] ?? 0
    mean += (weight * (low + high)) / 2
    square += (weight * (low * low + low * high + high * high)) / 3
  }
  return { code: line, cumulative, values, mean, variance: Math.max(0, square - mean * mean) }
}
