import { expect, test } from 'firedrill/test'
import { shortestTtlMs, ttlMs } from './ttl.ts'

/** Expiries in the busiest second, of keys that are filled at these moments. */
function busiestSecond(filledMs: readonly number[], ttl: () => number): number {
  const seconds = new Map<number, number>()
  let most = 0
  for (const atMs of filledMs) {
    const second = Math.floor((atMs + ttl()) / 1_000)
    const count = (seconds.get(second) ?? 0) + 1
    seconds.set(second, count)
    if (count > most) most = count
  }
  return most
}
/** A deploy fills the keys one after the other, within two seconds. */
const deploy = (keys: number): number[] => Array.from({ length: keys }, (_, index) => (index / keys) * 2_000)

test('even', { seeds: 3 }, ({ random }) => {
  const quarters = [0, 0, 0, 0]
  for (let key = 0; key < 8_000; key += 1) {
    const ttl = ttlMs({ shortestMs: 40_000, longestMs: 80_000, random })
    const quarter = Math.min(3, Math.floor((ttl - 40_000) / 10_000))
    quarters[quarter] = (quarters[quarter] ?? 0) + 1
  }
  for (const [index, count] of quarters.entries()) expect(count / 8_000, `share of the keys in quarter ${index + 1} of the window`).toBeCloseTo(0.25, 0.03)
})

test('next-time', { seeds: 3 }, ({ random }) => {
  const ttl = () => ttlMs({ shortestMs: 240_000, longestMs: 300_000, random })
  let filledMs = deploy(3_000)
  for (let generation = 1; generation <= 3; generation += 1) {
    const expiries: number[] = []
    const most = busiestSecond(filledMs, () => { const drawn = ttl(); expiries.push((filledMs[expiries.length] ?? 0) + drawn); return drawn })
    expect(most, `expiries in the busiest second of generation ${generation}, of 3,000 keys over 60 s`).toBeAtMost(90)
    filledMs = expiries
  }
  // The whole fleet starts at once, and draws by chance all the same.
  expect(busiestSecond(Array.from({ length: 3_000 }, () => 0), ttl), 'expiries in the busiest second, when all keys are filled in one instant').toBeAtMost(90)
})

test('no-wider', () => {
  for (const [keys, loadsPerSecond] of [[10_000, 100], [50_000, 500], [2_000, 40]] as const) {
    const shortestMs = shortestTtlMs({ keys, loadsPerSecond, longestMs: 3_600_000, minimumMs: 60_000 }) ?? -1
    const widthMs = 3_600_000 - shortestMs
    expect(widthMs, `width in ms of the window for ${keys} keys at ${loadsPerSecond} loads a second`).toBeBetween((keys / loadsPerSecond) * 1_000, (keys / loadsPerSecond) * 3_000)
  }
})

test('does-not-fit', ({ random }) => {
  const plan = { keys: 10_000, loadsPerSecond: 100 }
  expect(shortestTtlMs({ ...plan, longestMs: 60_000, minimumMs: 30_000 }), '10,000 keys at 100 a second within a window of 30 s').toBe(null)
  expect(shortestTtlMs({ ...plan, longestMs: 60_000, minimumMs: 0 }), '10,000 keys at 100 a second, when no entry may be older than 60 s').toBe(null)
  expect(typeof shortestTtlMs({ ...plan, longestMs: 600_000, minimumMs: 290_000 }), '... and within a window of 310 s').toBe('number')
  expect(shortestTtlMs({ keys: 0, loadsPerSecond: 100, longestMs: 60_000, minimumMs: 30_000 }), 'without keys there is nothing to spread').toBe(60_000)
  expect(ttlMs({ shortestMs: 0, longestMs: 1, random })).toBeBetween(0, 1)
})
