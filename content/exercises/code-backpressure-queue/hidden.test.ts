import { clock, everySchedule, expect, fake, outcome, sleep, test, watch } from 'firedrill/test'
import { Overloaded, TooLate } from './jobs.ts'
import { WorkQueue } from './queue.ts'

const queueOf = (workers: number, capacity: number) => new WorkQueue({ workers, capacity, nowMs: () => clock.now() })
const work = () => fake('work', async (name: string, ms: number) => { await sleep(ms); return name })

test('frees-place', async () => {
  const queue = queueOf(1, 1)
  const job = work()
  void outcome(queue.submit({ run: () => job('long', 1_000), deadlineMs: 60_000, needsMs: 1_000 }))
  void outcome(queue.submit({ run: () => job('expires', 100), deadlineMs: 300, needsMs: 100 }))
  await clock.advance(400)
  const next = watch(queue.submit({ run: () => job('next', 100), deadlineMs: 60_000, needsMs: 100 }))
  await clock.settle()
  expect(next.state, 'a job that comes when the only one that waited has expired').toBe('pending')
  await clock.advance(1_000)
  expect(next.state).toBe('fulfilled')
  expect(job.calls.map(({ args }) => args[0]), 'jobs that were started').toEqual(['long', 'next'])
})

test('too-late-already', async () => {
  const queue = queueOf(2, 2)
  const job = work()
  await sleep(1_000)
  for (const [deadlineMs, what] of [[900, 'a deadline that has passed'], [1_050, '50 ms left for a job of 100 ms']] as const) {
    const result = await outcome(queue.submit({ run: () => job('late', 100), deadlineMs, needsMs: 100 }))
    expect(result.error instanceof TooLate, `${what} is refused with TooLate`).toBeTrue()
    expect(result.tookMs, 'ms until it was told').toBe(0)
  }
  expect(job.calls.length, 'jobs that were started').toBe(0)
})

test('running-late', async () => {
  const queue = queueOf(1, 1)
  const aborted: number[] = []
  const running = watch(queue.submit({
    run: async ({ signal }) => { signal.addEventListener('abort', () => aborted.push(clock.now())); await sleep(5_000); return 'nobody waits' },
    deadlineMs: 800,
    needsMs: 100,
  }))
  await clock.advance(790)
  expect(running.state, 'at 790 ms, a job with a deadline of 800').toBe('pending')
  await clock.advance(20)
  expect(running.state, 'at 810 ms').toBe('rejected')
  expect(running.error instanceof TooLate, 'with TooLate').toBeTrue()
  expect(aborted.length, 'times the job was told to stop').toBe(1)
  const quick = watch(queue.submit({ run: async ({ signal }) => { signal.addEventListener('abort', () => aborted.push(clock.now())); return 'done' }, deadlineMs: 60_000, needsMs: 10 }))
  await clock.advance(5_000)
  expect(quick.state).toBe('fulfilled')
})

test('holds-worker', async () => {
  const queue = queueOf(1, 5)
  const job = fake('work', async (_: string, ms: number) => sleep(ms))
  void outcome(queue.submit({ run: () => job('deaf to its signal', 2_000), deadlineMs: 500, needsMs: 100 }))
  await sleep(600)
  const next = watch(queue.submit({ run: () => job('next', 100), deadlineMs: 60_000, needsMs: 100 }))
  await clock.advance(1_000)
  expect(job.mostRunning, 'jobs at once, with one worker').toBe(1)
  await clock.advance(1_000)
  expect(next.state).toBe('fulfilled')
  expect(job.mostRunning, 'jobs at once, with one worker').toBe(1)
})

test('hand-down', async () => {
  const [shop, bank] = [queueOf(1, 5), queueOf(1, 5)]
  const charge = fake('charge', async () => sleep(100))
  void outcome(bank.submit({ run: () => sleep(3_000), deadlineMs: 60_000, needsMs: 3_000 }))
  const order = await outcome(shop.submit({ run: ({ deadlineMs }) => bank.submit({ run: () => charge(), deadlineMs, needsMs: 100 }), deadlineMs: 1_000, needsMs: 200 }))
  expect(order.error instanceof TooLate, 'an order whose payment cannot start in time ends with TooLate').toBeTrue()
  expect(order.tookMs, 'ms until it was told').toBeBetween(899, 1_000)
  await sleep(5_000)
  expect(charge.calls.length, 'charges for it').toBe(0)
})

test('every-end', () => everySchedule({ faults: 2, most: 200 }, async (schedule) => {
  const queue = queueOf(2, 10)
  const job = fake('work', (name: string): Promise<string> => {
    const fate = schedule.fault(name, ['throws at once', 'rejects'])
    if (fate === 'throws at once') throw new Error('no connection')
    return schedule.call(name, () => { if (fate === 'rejects') throw new Error('503'); return name })
  })
  const ends = ['a', 'b', 'c', 'd', 'e'].map((name) => watch(queue.submit({ run: () => job(name), deadlineMs: clock.now() + 60_000, needsMs: 1 })))
  await clock.advance(1_000)
  expect(ends.filter(({ state }) => state === 'pending').length, 'jobs that have not ended after a second').toBe(0)
  expect(ends.filter(({ state }) => state === 'fulfilled').length, 'jobs of five that went well').toBeAtLeast(3)
  expect(ends.filter(({ error }) => error instanceof Overloaded || error instanceof TooLate).length, 'jobs that were dropped').toBe(0)
}))

test('wall-clock', async () => {
  const queue = queueOf(1, 5)
  const job = work()
  const first = watch(queue.submit({ run: () => job('first', 100), deadlineMs: 1_000, needsMs: 100 }))
  const second = watch(queue.submit({ run: () => job('second', 100), deadlineMs: 1_000, needsMs: 100 }))
  clock.jump(3_600_000)
  await clock.advance(250)
  expect([first.state, second.state], 'two jobs, while the wall clock jumps an hour ahead').toEqual(['fulfilled', 'fulfilled'])
})

test('overload', { seeds: 4 }, async ({ random }) => {
  const queue = queueOf(4, 20)
  const job = fake('work', async () => sleep(100))
  let inTime = 0
  let longestMs = 0
  const requests = Array.from({ length: 400 }, async (_, index) => {
    await sleep(Math.floor(index * 12.5 + random() * 10))
    const left = 300 + Math.floor(random() * 700)
    const result = await outcome(queue.submit({ run: () => job(), deadlineMs: clock.now() + left, needsMs: 100 }))
    longestMs = Math.max(longestMs, result.tookMs - left)
    if (result.state === 'fulfilled') inTime += 1
  })
  await Promise.all(requests)
  expect(longestMs, 'ms that a caller was kept waiting beyond its deadline').toBeAtMost(0)
  expect(inTime, 'requests of 400 that ended in time, in 5 s at 80 a second; four workers can do 40 a second').toBeAtLeast(190)
  expect(job.calls.length - inTime, 'jobs that were started in vain').toBeAtMost(4)
})
