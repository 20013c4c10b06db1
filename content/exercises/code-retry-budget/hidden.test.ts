import { clock, everySchedule, expect, fake, outcome, sleep, test } from 'firedrill/test'
import { Retrier } from './retrier.ts'
import { Unavailable } from './unavailable.ts'

const options = { attempts: 3, ratio: 0.1, burst: 10, pauseMs: 100 }
const down = () => fake('service', async (): Promise<string> => { throw new Unavailable('503') })

test('saved-up', async ({ random }) => {
  const retrier = new Retrier({ ...options, random })
  for (let request = 0; request < 1_500; request += 1) await retrier.run(async () => 'fine')
  const service = down()
  await Promise.all(Array.from({ length: 100 }, () => outcome(retrier.run(() => service()))))
  expect(service.calls.length, 'calls for the first 100 requests of an outage, after 1,500 that went well').toBeAtMost(121)
})

test('blips', { seeds: 4 }, async ({ random }) => {
  const retrier = new Retrier({ ...options, random })
  let failed = 0
  for (let request = 0; request < 500; request += 1) {
    const result = await outcome(retrier.run(async () => { if (random() < 0.03) throw new Unavailable('503') }))
    if (result.state === 'rejected') failed += 1
  }
  expect(failed, 'requests of 500 that failed, when 3 calls of 100 do').toBeAtMost(1)
})

test('first-tries', async ({ random }) => {
  const retrier = new Retrier({ ...options, random })
  const service = down()
  for (let request = 0; request < 100; request += 1) await outcome(retrier.run(() => service()))
  const calls = service.calls.length
  const fine = await outcome(retrier.run(async () => 'fine'))
  expect(fine.state, 'the first request after an outage that has used up all retries').toBe('fulfilled')
  expect(calls, 'calls for 100 requests in the outage').toBeAtLeast(100)
})

test('other-errors', async ({ random }) => {
  const retrier = new Retrier({ ...options, random })
  for (const error of [new TypeError('400: the amount is missing'), new Unavailable('tried three times below', { retryable: false })]) {
    const service = fake('service', async (): Promise<string> => { throw error })
    const result = await outcome(retrier.run(() => service()))
    expect(service.calls.length, `calls that fail with ${error.message}`).toBe(1)
    expect(result.error === error, `${error.message} comes out as the same error`).toBeTrue()
  }
  const cause = new Unavailable('503')
  const result = await outcome(retrier.run(async () => { throw cause }))
  expect(result.error instanceof Unavailable && !result.error.retryable, 'after the last try, an Unavailable that is not retryable').toBeTrue()
  expect((result.error as Error).cause === cause, 'the last error is its cause').toBeTrue()
  const broken = await outcome((async () => retrier.run(() => { throw cause }))())
  expect(broken.state, 'a call that throws instead of rejecting').toBe('rejected')
})

test('at-once', () => everySchedule({ most: 300 }, async (schedule) => {
  const retrier = new Retrier({ ...options, burst: 1, ratio: 0, random: () => 0.5 })
  const service = fake('service', (): Promise<string> => schedule.call('call', () => { throw new Unavailable('503') }))
  await Promise.all([1, 2, 3].map(() => outcome(retrier.run(() => service()))))
  expect(service.calls.length, 'calls for three requests at once, with one retry to spend').toBe(4)
}))

test('spread', { seeds: 3 }, async ({ random }) => {
  const retrier = new Retrier({ ...options, burst: 200, pauseMs: 1_000, random })
  const waits: number[] = []
  await Promise.all(Array.from({ length: 150 }, async () => {
    const beganMs = clock.now()
    let tries = 0
    await outcome(retrier.run(async () => { tries += 1; if (tries === 2) waits.push(clock.now() - beganMs); else throw new Unavailable('503') }))
  }))
  expect(waits.length, 'retries').toBe(150)
  expect(Math.max(...waits), 'the longest pause in ms').toBeBetween(850, 1_001)
  expect(Math.min(...waits), 'the shortest pause in ms').toBeAtMost(150)
  expect(waits.reduce((sum, wait) => sum + wait, 0) / waits.length, 'the mean pause in ms').toBeBetween(400, 600)
  await sleep(1)
})
