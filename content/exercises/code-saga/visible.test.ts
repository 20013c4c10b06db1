import { everySchedule, expect, fake, note, test } from 'firedrill/test'
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

test('completes', () => everySchedule({}, async (schedule) => {
  const { order, expectWhole, untilEnded } = world(schedule)
  expect(await untilEnded('order-1')).toBe('completed')
  expect(order).toEqual(['run stock', 'run payment', 'run delivery'])
  expectWhole('completed')
}))

test('undoes', () => everySchedule({}, async (schedule) => {
  const { order, expectWhole, untilEnded } = world(schedule, { refusals: { delivery: 99 } })
  expect(await untilEnded('order-1')).toBe('undone')
  expect(order, 'what the services did').toEqual(['run stock', 'run payment', 'undo payment', 'undo stock'])
  expectWhole('undone')
}))

test('unknown', () => everySchedule({ faults: 2, most: 300 }, async (schedule) => {
  const { expectWhole, untilEnded } = world(schedule, { faults: ['fails', 'loses its answer'], logFaults: ['fails', 'loses its answer'] })
  expectWhole(await untilEnded('order-1'))
}))

test('crash', () => everySchedule({ faults: 2, most: 250 }, async (schedule) => {
  const { expectWhole, untilEnded } = world(schedule, { faults: ['dies before', 'dies after'], logFaults: ['dies before', 'dies after'] })
  const result = await untilEnded('order-1')
  expect(result, 'the end of a saga that nobody refused').toBe('completed')
  expectWhole(result)
}))
