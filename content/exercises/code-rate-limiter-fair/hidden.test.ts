import { clock, expect, fake, outcome, test } from 'firedrill/test'
import { FairLimiter } from './limiter.ts'
import { TooMany } from './request.ts'

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

test('weights', async () => {
  const { flood, countOf } = world({ weights: { premium: 4 } })
  flood('standard', 300)
  flood('premium', 300)
  flood('other', 300)
  await clock.advance(30_000)
  expect(countOf('premium'), 'of about 300 admissions, those of premium with weight 4').toBeBetween(185, 215)
  expect(countOf('standard'), '... of standard with weight 1').toBeBetween(40, 60)
  expect(countOf('other'), '... of the other one with weight 1').toBeBetween(40, 60)
})

test('newcomer', { seeds: 3 }, async ({ random }) => {
  const { flood, send, countOf } = world()
  await send('back-again')
  flood('loop', 500)
  await clock.advance(20_000 + Math.floor(random() * 1_000))
  const fromMs = clock.now()
  flood('newcomer', 100)
  flood('back-again', 100)
  await clock.advance(6_000)
  for (const tenant of ['loop', 'newcomer', 'back-again']) expect(countOf(tenant, fromMs), `admissions of "${tenant}" in 6 s in which three tenants wait`).toBeBetween(17, 23)
})

test('full', async () => {
  const { send, flood, log } = world({ waitingPerTenant: 5 })
  flood('loop', 50)
  await clock.settle()
  const refused = await outcome(send('loop'))
  expect(refused.error instanceof TooMany, 'one more request of the loop is refused with TooMany').toBeTrue()
  expect(refused.tookMs, 'ms until it was told').toBe(0)
  const other = outcome(send('ana'))
  await clock.advance(20_000)
  expect((await other).state, 'the first request of another tenant').toBe('fulfilled')
  expect(log.length, 'admissions: one at once, five that waited, one of the other tenant').toBeBetween(6, 7)
  const later = outcome(send('loop'))
  await clock.advance(1_000)
  expect((await later).state, 'a request of the loop when there is room again').toBe('fulfilled')
})

test('spoofed', async () => {
  const { send, countOf } = world()
  for (let request = 0; request < 200; request += 1) void outcome(send('loop', { 'X-Client-ID': `client-${request}`, 'x-client-id': `client-${request}` }))
  for (let request = 0; request < 100; request += 1) void outcome(send('ana', { 'X-Client-ID': 'ana' }))
  await clock.advance(10_000)
  expect(countOf('ana'), 'of about 100 admissions, those of ana, beside a client that changes its X-Client-ID').toBeBetween(45, 55)
})

test('gives-up', { seeds: 4 }, async ({ random }) => {
  const { send, flood, countOf } = world({ waitingPerTenant: 20 })
  flood('ana', 1)
  const stop = new AbortController()
  const reason = new Error('the user has left')
  const left = Array.from({ length: 20 }, () => outcome(send('ana', {}, stop.signal)))
  await clock.advance(300 + Math.floor(random() * 200))
  const before = countOf('ana')
  stop.abort(reason)
  const results = await Promise.all(left)
  const rejected = results.filter(({ state }) => state === 'rejected')
  expect(rejected.every(({ error }) => error === reason), 'who gives up is told with the reason of its signal').toBeTrue()
  const beganMs = clock.now()
  const next = await outcome(send('ana'))
  expect(next.state, 'the next request of the same tenant').toBe('fulfilled')
  expect(clock.now() - beganMs, 'ms until it is admitted, when 20 before it have left').toBeAtMost(110)
  expect(countOf('ana'), 'admissions').toBe(before + 1)
  const already = await outcome(send('ana', {}, AbortSignal.abort(reason)))
  expect(already.error === reason, 'a signal that was aborted before').toBeTrue()
})

test('idle', async () => {
  const { flood, log } = world()
  flood('ana', 5)
  await clock.advance(5_000)
  expect(log.length).toBe(5)
  expect(clock.pending(), 'timers that are armed when nobody waits').toBe(0)
})
