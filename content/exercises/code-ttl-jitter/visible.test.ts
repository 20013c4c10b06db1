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

test('bounds', ({ random }) => {
  for (const draw of [() => 0, () => 0.5, () => 1 - 2 ** -32, random, random]) {
    const ttl = ttlMs({ shortestMs: 3_300_000, longestMs: 3_600_000, random: draw })
    expect(ttl, 'TTL from a window of 55 to 60 minutes').toBeBetween(3_300_000, 3_600_000)
    expect(Number.isInteger(ttl), `${ttl} is a whole number`).toBeTrue()
  }
  expect(ttlMs({ shortestMs: 60_000, longestMs: 60_000, random }), 'TTL from a window without width').toBe(60_000)
})

test('spread', { seeds: 5 }, ({ random }) => {
  const most = busiestSecond(deploy(10_000), () => ttlMs({ shortestMs: 3_300_000, longestMs: 3_600_000, random }))
  expect(most, 'expiries in the busiest second, of 10,000 keys over 300 s').toBeAtMost(60)
})

test('plan', { seeds: 3 }, ({ random, seed }) => {
  const plans = [
    { keys: 10_000, loadsPerSecond: 100, longestMs: 3_600_000, minimumMs: 1_800_000 },
    { keys: 20_000, loadsPerSecond: 400, longestMs: 86_400_000, minimumMs: 60_000 },
    { keys: 2_000, loadsPerSecond: 40, longestMs: 600_000, minimumMs: 120_000 },
  ]
  const plan = plans[seed - 1] ?? { keys: 0, loadsPerSecond: 1, longestMs: 1, minimumMs: 1 }
  const shortestMs = shortestTtlMs(plan) ?? -1
  expect(shortestMs, `the shortest TTL for ${plan.keys} keys at ${plan.loadsPerSecond} loads a second`).toBeBetween(plan.minimumMs, plan.longestMs)
  const deploys = Array.from({ length: 10 }, () => busiestSecond(deploy(plan.keys), () => ttlMs({ shortestMs, longestMs: plan.longestMs, random })))
  const within = deploys.filter((most) => most <= plan.loadsPerSecond).length
  expect(within, `deploys of 10 whose busiest second stays within ${plan.loadsPerSecond} loads (they had ${deploys.join(', ')})`).toBeAtLeast(9)
})
