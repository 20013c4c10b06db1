import { RandomStream } from '../simulator/engine/random-stream.ts'

/** TTLs that a run covers. */
export const stampedeRounds = 5

export interface Stampede {
  /** Loads that begin in each second. */
  perSecond: number[]
  loads: number
  peak: number
  /** Share of the reads that found a value. */
  hit: number
}

/**
 * Keys that were filled at the same moment, read at random (Poisson), and loaded again by whoever misses. A load takes a
 * fixed time; while it runs, further readers of that key miss too: without single flight each loads for itself, rate ×
 * load time of them on average, with it they wait for the first. Jitter draws each TTL evenly from ±jitter around it.
 * Draws come from a fixed seed, so the same values give the same run.
 */
export function runStampede({ keys, rate, ttlS, loadMs, jitterPercent, single }: { keys: number; rate: number; ttlS: number; loadMs: number; jitterPercent: number; single: boolean }): Stampede {
  const stream = new RandomStream(1, 'figures/cache-stampede')
  const horizonS = ttlS * stampedeRounds
  const loadS = loadMs / 1000
  const jitter = jitterPercent / 100
  const perSecond = Array.from({ length: horizonS }, () => 0)
  const add = (fromS: number, toS: number, amount: number): void => {
    const last = Math.max(fromS, toS - 1e-9)
    for (let second = Math.floor(fromS); second <= Math.floor(last) && second < horizonS; second += 1) {
      const share = last === fromS ? 1 : (Math.min(second + 1, last) - Math.max(second, fromS)) / (last - fromS)
      perSecond[second] = (perSecond[second] ?? 0) + amount * share
    }
  }
  let misses = 0
  for (let key = 0; key < keys; key += 1) {
    let filledS = 0
    while (filledS < horizonS) {
      const livesS = ttlS * (1 + jitter * (2 * stream.uniform() - 1))
      const missS = filledS + livesS - Math.log(stream.uniform()) / rate
      if (missS >= horizonS) break
      const others = rate * Math.min(loadS, horizonS - missS)
      misses += 1 + others
      add(missS, missS, 1)
      if (!single) add(missS, missS + loadS, others)
      filledS = missS + loadS
    }
  }
  return { perSecond, loads: perSecond.reduce((sum, each) => sum + each, 0), peak: Math.max(...perSecond), hit: Math.max(0, 1 - misses / (keys * rate * horizonS)) }
}
