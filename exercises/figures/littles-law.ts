import { littleNumber } from '../simulator/theory/index.ts'

/** Requests inside at any moment on average (Little's law) and how much of the places they take. */
export function littlesLaw({ rate, timeMs, limit }: { rate: number; timeMs: number; limit: number }): { inside: number; use: number; highestRate: number } {
  const inside = littleNumber({ throughput: rate, meanTime: timeMs / 1000 })
  return { inside, use: inside / limit, highestRate: limit / (timeMs / 1000) }
}

/**
 * Requests that arrive evenly and each stay as long, for a picture: those that a line at time 0 crosses are Little's
 * number. @param most how many are drawn; above that, one strip stands for several
 */
export function strips({ rate, timeMs, most }: { rate: number; timeMs: number; most: number }): { each: number; strips: { fromMs: number; toMs: number; crosses: boolean }[] } {
  const inside = (rate * timeMs) / 1000
  const each = Math.max(1, Math.ceil((inside * 2) / most))
  const gapMs = (1000 / rate) * each
  const strips: { fromMs: number; toMs: number; crosses: boolean }[] = []
  // Half a gap off, so that the line meets neither a start nor an end.
  for (let fromMs = Math.ceil(-timeMs / gapMs - 0.5) * gapMs - gapMs * Math.ceil(inside / each / 2) + gapMs / 2; fromMs < timeMs && strips.length < most * 2; fromMs += gapMs) {
    strips.push({ fromMs, toMs: fromMs + timeMs, crosses: fromMs <= 0 && fromMs + timeMs > 0 })
  }
  return { each, strips }
}
