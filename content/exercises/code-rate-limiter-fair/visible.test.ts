import { clock, expect, fake, outcome, test } from 'firedrill/test'
import { FairLimiter } from './limiter.ts'

/** A limiter for ten requests a second, and the log of who was admitted when. */
function world({ waitingPerTenant = 1_000, weights = {} }: { waitingPerTenant?: number; weights?: Record<string, number> } = {}) {
  const limiter = new FairLimiter({ perSecond: 10, waitingPerTenant, weightOf: (tenant) => weights[tenant] ?? 1, nowMs: () => clock.now() })
  const log: { tenant: string; atMs: number; number: number; waitedMs: number }[] = []
  const admitted = fake('admitted', (tenant: string, number: number) => `${tenant} ${number}`)
  let sent = 0
  const send = async (tenant: string, headers: Record<string, string> = {}, signal?: AbortSignal): Promise<void> => {
    sent += 1
    const number = sent
    const beganMs = clock.now()
    await limiter.admit({ principal: tenant, headers }, signal)
    admitted(tenant, number)
    log.push({ tenant, atMs: clock.now(), number, waitedMs: clock.now() - beganMs })
  }
  const flood = (tenant: string, count: number): void => { for (let request = 0; request < count; request += 1) void outcome(send(tenant)) }
  const countOf = (tenant: string, fromMs = 0, toMs = Infinity): number => log.filter((entry) => entry.tenant === tenant && entry.atMs >= fromMs && entry.atMs < toMs).length
  return { send, flood, log, countOf }
}

test('rate', async () => {
  const { flood, log } = world()
  flood('ana', 30)
  await clock.advance(60_000)
  flood('ana', 15)
  flood('ben', 15)
  await clock.advance(60_000)
  expect(log.length, 'admissions').toBe(60)
  const gaps = log.slice(1).map((entry, index) => entry.atMs - (log[index]?.atMs ?? 0))
  expect(Math.min(...gaps), 'the shortest time in ms between two admissions, at ten a second').toBeAtLeast(99)
  expect(log[29]?.atMs ?? 0, 'ms until the 30th was admitted').toBeAtMost(3_000)
})

test('in-order', async () => {
  const { flood, log } = world()
  flood('ana', 10)
  flood('ben', 10)
  await clock.advance(10_000)
  for (const tenant of ['ana', 'ben']) {
    const numbers = log.filter((entry) => entry.tenant === tenant).map(({ number }) => number)
    expect(numbers, `requests of ${tenant}, as they were admitted`).toEqual([...numbers].sort((a, b) => a - b))
  }
  expect(log.length, 'admissions').toBe(20)
})

test('noisy', async () => {
  const { flood, send, log } = world()
  flood('loop', 500)
  await clock.advance(5_000)
  for (let second = 0; second < 10; second += 1) {
    void outcome(send('ana'))
    await clock.advance(1_000)
  }
  const waits = log.filter(({ tenant }) => tenant === 'ana').map(({ waitedMs }) => waitedMs)
  expect(waits.length, 'requests of ana that were admitted, of 10 in 10 s, beside 500 of a loop').toBe(10)
  expect(Math.max(...waits), 'the longest that one of them waited, in ms').toBeAtMost(250)
})

test('alone', async () => {
  const { flood, countOf } = world()
  flood('loop', 200)
  await clock.advance(9_950)
  expect(countOf('loop'), 'admissions in 10 s of a tenant that is alone, at ten a second').toBeBetween(97, 101)
})
