import { beforeAll, describe, expect, it } from 'vitest'
import { loadCodeSources } from '../../../../test/fixtures/code-sources.ts'
import { gradeCode } from '../grade.ts'
import type { CodeSources } from '../grade.ts'
import type { TestRun } from '../report.ts'
import { codeExerciseSchema } from '../schema.ts'

let sources: CodeSources
beforeAll(async () => {
  sources = await loadCodeSources()
}, 60_000)

/** Runs `body` as the test of an exercise whose program increments a counter by read and write. */
async function runOf(body: string): Promise<TestRun> {
  const text = `import { clock, everySchedule, expect, fake, note, sleep, test } from 'firedrill/test'\nimport { add } from './add.ts'\ntest('it', async () => {\n${body}\n})`
  const exercise = codeExerciseSchema.parse({
    id: 'small', kind: 'code', version: 1, title: 'Small', summary: 'Small', chapter: 'ch08', minutes: 1, difficulty: 1, skills: ['x'], covers: [], starter: 'x',
    files: [{ name: 'add.ts' }], tests: [{ name: 'it.test.ts', text }], checks: [{ id: 'it', label: 'It' }],
    hints: [{ text: 'a', cost: 0.1 }, { text: 'b', cost: 0.1 }], proof: { reference: 'x', wrong: [{ file: 'x', fails: ['it'], belief: 'x' }] },
  })
  const program = 'export async function add(store: { read(): Promise<number>; write(value: number): Promise<void> }, by: number) { await store.write((await store.read()) + by) }'
  const [run] = (await gradeCode(exercise, program, sources)).runs
  if (run === undefined) throw new Error('Nothing ran.')
  return run
}
const store = `
  let value = 0
  const store = {
    read: fake('read', () => schedule.call('read', () => value, FAULTS)),
    write: fake('write', (next: number) => schedule.call('write', () => { value = next }, FAULTS)),
  }`

describe('everySchedule', () => {
  it('takes every order of two calls, and shows the one that failed alone', async () => {
    const run = await runOf(`await everySchedule({}, async (schedule) => {${store.replaceAll('FAULTS', '[]')}
      await Promise.all([add(store, 10), add(store, -5)])
      expect(value, 'balance').toBe(5)
    })`)
    expect(run).toMatchObject({ passed: false, failure: { message: 'balance: expected 5, got -5' } })
    expect(run.trace.filter((entry) => entry.kind === 'return').map((entry) => `${entry.name} ${entry.text}`)).toEqual(['read 0', 'read 0', 'write undefined', 'write undefined'])
  })

  it('counts the orders of calls that are independent', async () => {
    const run = await runOf(`
    const seen = new Set<string>()
    const count = await everySchedule({}, async (schedule) => {
      const order: string[] = []
      const worker = async (name: string) => { for (let step = 0; step < 3; step += 1) await schedule.call(name, () => order.push(name)) }
      await Promise.all([worker('a'), worker('b')])
      seen.add(order.join(''))
    })
    expect(count, 'schedules').toBe(20)
    expect(seen.size, 'different orders').toBe(20)`)
    expect(run).toMatchObject({ passed: true, schedule: 20 })
  })

  it('fails each call once, with its effect and without', async () => {
    const run = await runOf(`
    const ends: string[] = []
    await everySchedule({}, async (schedule) => {${store.replaceAll('FAULTS', "['fails', 'loses its answer']")}
      const end = await schedule.life(() => add(store, 10))
      ends.push(end.state + ' ' + value)
    })
    expect(ends).toEqual(['fulfilled 10', 'rejected 0', 'rejected 10', 'rejected 0', 'rejected 0'])`)
    expect(run.failure?.message).toBeUndefined()
  })

  it('lets a process die, with its timers, and another one go on', async () => {
    const run = await runOf(`
    const values: number[] = []
    await everySchedule({}, async (schedule) => {${store.replaceAll('FAULTS', "['dies before', 'dies after']")}
      const first = await schedule.life(async () => { setTimeout(() => { value = 99 }, 5); await sleep(1); await add(store, 10); await sleep(10) })
      if (first.state === 'crashed') { await clock.advance(20); await schedule.life(() => add(store, 1)) }
      values.push(value)
    })
    expect(values).toEqual([99, 1, 11, 1, 1])`)
    expect(run.failure?.message).toBeUndefined()
  })

  it('draws the rest by chance when there are too many, and stays within the bound', async () => {
    const run = await runOf(`
    const firsts = new Set<string>()
    const count = await everySchedule({ most: 60 }, async (schedule) => {
      const first = schedule.choose('first', ['a', 'b', 'c'])
      for (let step = 0; step < 10; step += 1) schedule.choose('then', [1, 2])
      firsts.add(first)
    })
    expect(count).toBe(60)
    expect(firsts.size, 'first choices that were tried').toBe(3)`)
    expect(run.failure?.message).toBeUndefined()
  })

  it('gives each schedule a timeline that begins at zero', async () => {
    const run = await runOf(`await everySchedule({}, async (schedule) => { schedule.choose('x', [1, 2]); await sleep(50); note('slept'); expect(schedule.number).toBe(1) })`)
    expect(run).toMatchObject({ schedule: 2, endMs: 50, trace: [{ kind: 'note', text: 'x: 2', atMs: 0 }, { kind: 'note', text: 'slept', atMs: 50 }] })
  })
})
