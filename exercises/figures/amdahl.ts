import { amdahlSpeedup } from '../simulator/theory/index.ts'

export interface Speedup {
  speedup: number
  /** What endless workers without coordination reach. */
  limit: number
  efficiency: number
  /** Workers at the highest speed-up; Infinity where it only ever grows. */
  best: number
}

/**
 * Speed-up by Amdahl's law (G. M. Amdahl, AFIPS 30, 1967), and with a cost for each pair of workers the Universal
 * Scalability Law, N / (1 + σ (N - 1) + κ N (N - 1)) with σ the serial share: N. J. Gunther, "Guerrilla Capacity
 * Planning" (2007), chapter 4. Without coordination both are the same. @param crosstalk κ, a share
 */
export function speedup({ parallelShare, workers, crosstalk }: { parallelShare: number; workers: number; crosstalk: number }): Speedup {
  const serial = 1 - parallelShare
  const gain = scaled(serial, workers, crosstalk)
  return {
    speedup: gain,
    limit: serial === 0 ? Number.POSITIVE_INFINITY : amdahlSpeedup({ parallelShare, workers: Number.POSITIVE_INFINITY }),
    efficiency: gain / workers,
    best: crosstalk === 0 ? (parallelShare === 0 ? 1 : Number.POSITIVE_INFINITY) : Math.max(1, Math.sqrt(parallelShare / crosstalk)),
  }
}

function scaled(serial: number, workers: number, crosstalk: number): number {
  return workers / (1 + serial * (workers - 1) + crosstalk * workers * (workers - 1))
}
