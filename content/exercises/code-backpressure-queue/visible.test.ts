import { clock, expect, fake, note, outcome, sleep, test, watch } from 'firedrill/test'
import { Overloaded, TooLate } from './jobs.ts'
import { WorkQueue } from './queue.ts'

const queueOf = (workers: number, capacity: number) => new WorkQueue({ workers, capacity, nowMs: () => clock.now() })
const work = () => fake('work', async (name: string, ms: number) => { await sleep(ms); return name })

test('workers', async () => {
  const queue = queueOf(2, 10)
  const job = work()
  const names = ['a', 'b', 'c', 'd', 'e']
  const results = await Promise.all(names.map((name) => queue.submit({ run: () => job(name, 100), deadlineMs: 60_000, needsMs: 100 })))
  expect(results).toEqual(names)
  expect(job.mostRunning, 'jobs at once').toBe(2)
  expect(job.calls.map(({ args }) => args[0]), 'order of the starts').toEqual(names)
  expect(clock.now(), 'ms for five jobs of 100 ms with two workers').toBe(300)
})

test('full', async () => {
  const queue = queueOf(1, 2)
  const job = work()
  const submit = (name: string) => outcome(queue.submit({ run: () => job(name, 100), deadlineMs: 60_000, needsMs: 100 }))
  const accepted = [submit('runs'), submit('waits'), submit('waits too')]
  const refused = await submit('no room')
  expect(refused.error instanceof Overloaded, 'the fourth job is refused with Overloaded').toBeTrue()
  expect(refused.tookMs, 'ms until it was told').toBe(0)
  expect((await Promise.all(accepted)).map(({ state }) => state)).toEqual(['fulfilled', 'fulfilled', 'fulfilled'])
  expect((await submit('later')).state, 'a job that comes when there is room again').toBe('fulfilled')
  expect(job.calls.length, 'jobs that were started').toBe(4)
})

test('expired', async () => {
  const queue = queueOf(1, 10)
  const job = work()
  void outcome(queue.submit({ run: () => job('long', 1_000), deadlineMs: 60_000, needsMs: 1_000 }))
  const late = watch(queue.submit({ run: () => job('late', 100), deadlineMs: 500, needsMs: 100 }))
  await clock.advance(390)
  expect(late.state, 'at 390 ms, a job that needs 100 ms and has until 500').toBe('pending')
  await clock.advance(15)
  expect(late.state, 'at 405 ms').toBe('rejected')
  expect(late.error instanceof TooLate, 'with TooLate').toBeTrue()
  await clock.advance(2_000)
  note('all has ended')
  expect(job.calls.map(({ args }) => args[0]), 'jobs that were started').toEqual(['long'])
})
