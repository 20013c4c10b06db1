import { expect, fake, outcome, sleep, test } from 'firedrill/test'
import { Retrier } from './retrier.ts'
import { Unavailable } from './unavailable.ts'

const options = { attempts: 3, ratio: 0.1, burst: 10, pauseMs: 100 }

test('second-try', async ({ random }) => {
  const retrier = new Retrier({ ...options, random })
  const service = fake('service', async () => { if (service.calls.length === 1) throw new Unavailable('503'); return 'fine' })
  expect(await retrier.run(() => service())).toBe('fine')
  expect(service.calls.length, 'calls').toBe(2)
})

test('layers', async ({ random }) => {
  const [page, orders, stock] = [1, 2, 3].map(() => new Retrier({ ...options, random }))
  const database = fake('database', async (): Promise<string> => { await sleep(5); throw new Unavailable('503') })
  const result = await outcome((async () => page?.run(async () => orders?.run(async () => stock?.run(() => database()))))())
  expect(result.state, 'the request').toBe('rejected')
  expect(database.calls.length, 'calls to the database for one click').toBe(3)
  const error = result.error instanceof Unavailable ? result.error : null
  expect(error?.retryable, 'what the caller is told: is another try of use?').toBe(false)
})

test('outage', async ({ random }) => {
  const retrier = new Retrier({ ...options, random })
  const service = fake('service', async (): Promise<string> => { throw new Unavailable('503') })
  for (let second = 0; second < 10; second += 1) {
    await Promise.all(Array.from({ length: 100 }, async () => { await sleep(Math.floor(random() * 1_000)); await outcome(retrier.run(() => service())) }))
  }
  expect(service.calls.length, 'calls for 1,000 requests to a service that is down').toBeBetween(1_090, 1_111)
})
