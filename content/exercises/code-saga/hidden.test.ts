import { clock, everySchedule, expect, fake, note, test } from 'firedrill/test'
import type { CallFault, Schedule } from 'firedrill/test'
import { Saga } from './saga.ts'
import { Refused } from './services.ts'
import type { SagaLog, Step } from './services.ts'

const names = ['stock', 'payment', 'delivery'] as const

/** Three services and a log. `refusals`: how often a service refuses before it agrees. */
function world(schedule: Schedule, options: { faults?: readonly CallFault[]; logFaults?: readonly CallFault[]; refusals?: Partial<Record<string, number>>; undoFails?: () => boolean } = {}) {
  const { faults = [], logFaults = [], refusals = {}, undoFails = () => false } = options
  const order: string[] = []
  /** What each service has done, by key, and whether it was undone. */
  const done = new Map<string, Map<string, 'done' | 'undone'>>(names.map((name) => [name, new Map()]))
  const steps: Step[] = names.map((name) => {
    const keys = done.get(name) ?? new Map<string, string>()
    let refusalsLeft = refusals[name] ?? 0
    const service = fake(name, (what: 'run' | 'undo', key: string): Promise<void> => schedule.call(`${name} ${what}`, () => {
      if (what === 'run') {
        if (keys.has(key)) return
        refusalsLeft -= 1
        if (refusalsLeft >= 0) throw new Refused(`${name} refuses`)
        keys.set(key, 'done')
      } else {
        if (undoFails()) throw new Error('503')
        if (keys.get(key) === 'done') keys.set(key, 'undone')
      }
      order.push(`${what} ${name}`)
    }, faults))
    return { name, run: (key) => service('run', key), undo: (key) => service('undo', key) }
  })
  const entries = new Map<string, string[]>()
  const disk = fake('log', (what: 'append' | 'read', sagaId: string, entry?: string): Promise<string[]> => schedule.call(`log ${what}`, () => {
    const list = entries.get(sagaId) ?? []
    entries.set(sagaId, entry === undefined ? list : [...list, entry])
    return [...list]
  }, logFaults))
  const log: SagaLog = { append: async (sagaId, entry) => { await disk('append', sagaId, entry) }, read: (sagaId) => disk('read', sagaId) }
  const inForce = (name: string): number => [...(done.get(name)?.values() ?? [])].filter((state) => state === 'done').length
  /** All steps in force once, or none. */
  const expectWhole = (result: unknown, sagas = 1) => {
    const wanted = result === 'completed' ? sagas : 0
    for (const name of names) expect(inForce(name), `times that "${name}" is in force after the saga ended with ${String(result)}`).toBe(wanted)
  }
  /** Runs the saga in one process after the other, until one ends it. */
  const untilEnded = async (id: string): Promise<unknown> => {
    for (let life = 1; life <= 6; life += 1) {
      const end = await schedule.life(() => new Saga(steps, log).run(id))
      if (end.state === 'fulfilled') return end.value
      note(end.state === 'crashed' ? 'a new process takes over' : `run rejected (${String(end.error)}), and is called again`)
    }
    return 'nothing after six processes'
  }
  return { steps, log, order, inForce, expectWhole, untilEnded }
}

test('undo-repeats', () => everySchedule({}, async (schedule) => {
  const beganMs = clock.now()
  let calls = 0
  const { expectWhole, untilEnded } = world(schedule, { refusals: { delivery: 99 }, undoFails: () => { calls += 1; return clock.now() - beganMs < 60_000 } })
  expect(await untilEnded('order-1'), 'the end, with undo calls that fail for a minute').toBe('undone')
  expectWhole('undone')
  expect(calls, 'undo calls in that minute').toBeAtMost(1_500)
}))

test('ended', () => everySchedule({}, async (schedule) => {
  const refused = schedule.choose('delivery', ['agrees', 'refuses once']) === 'refuses once'
  const { order, expectWhole, untilEnded } = world(schedule, { refusals: { delivery: refused ? 1 : 0 } })
  const result = await untilEnded('order-1')
  const before = order.length
  expect(await untilEnded('order-1'), 'the end of the same saga, asked again').toBe(result)
  expect(order.slice(before).filter((what) => what.startsWith('run')), 'steps that were done when it was asked again').toEqual([])
  expectWhole(result)
}))

test('separate', () => everySchedule({ most: 300 }, async (schedule) => {
  const { steps, log, inForce } = world(schedule)
  const saga = new Saga(steps, log)
  const results = await Promise.all([saga.run('order-1'), saga.run('order-2')])
  expect(results).toEqual(['completed', 'completed'])
  for (const name of names) expect(inForce(name), `times that "${name}" is in force for two orders`).toBe(2)
}))

test('crash-while-undoing', { seeds: 2 }, async ({ seed }) => {
  const agreesLater = seed === 1
  await everySchedule({ faults: 2, most: 300 }, async (schedule) => {
    const faults = ['dies after', 'dies before'] as const
    note(agreesLater ? 'the delivery refuses once, and would agree later' : 'the delivery refuses every time')
    const { expectWhole, untilEnded } = world(schedule, { refusals: { delivery: agreesLater ? 1 : 99 }, faults, logFaults: faults })
    const result = await untilEnded('order-1')
    if (!agreesLater) expect(result, 'the end of a saga whose delivery is always refused').toBe('undone')
    expectWhole(result)
  })
})
