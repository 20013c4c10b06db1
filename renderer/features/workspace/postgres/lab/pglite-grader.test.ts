import { expect, it } from 'vitest'
import { gradeFromChecks } from '../../../../../exercises/core/grade.ts'
import { postgresExerciseSchema } from '../../../../../exercises/kinds/postgres/schema.ts'
import type { PgliteThread } from './pglite-driver.ts'
import { pgliteGrader } from './pglite-grader.ts'
import type { PgliteReply } from './pglite-protocol.ts'

const exercise = postgresExerciseSchema.parse({
  id: 'one', kind: 'postgres', version: 1, title: 'One', summary: '', chapter: 'ch07', minutes: 1, difficulty: 1, skills: ['sql.plans'], covers: [], tier: 'single',
  setup: 'CREATE TABLE t (n int)', mode: 'query', starter: '', checks: [{ id: 'rows', type: 'rows', label: 'Rows', expect: 'SELECT 1' }],
  hints: [{ text: 'a', cost: 0 }, { text: 'b', cost: 0 }], proof: { reference: '', wrong: [{ file: 'x', fails: ['rows'], belief: 'x' }] },
})
const grade = gradeFromChecks([{ id: 'rows', label: 'Rows', passed: true, points: 1, evidence: '1 row' }])

/** A thread that breaks in the setup, or never ends, when the answer says so. */
function thread(ended: string[], name: string): PgliteThread {
  let listen: (reply: PgliteReply) => void = () => undefined
  return {
    onReply: (listener) => void (listen = listener),
    end: () => void ended.push(name),
    send: (request) =>
      queueMicrotask(() => {
        if (request.type === 'open') listen({ id: request.id, ok: true, value: '18' })
        else if (request.type === 'grade' && request.answer === 'breaks') listen({ id: -1, ok: false, message: 'out of memory.' })
        else if (request.type === 'grade' && request.answer !== 'hangs') listen({ id: request.id, ok: true, value: grade })
      }),
  }
}

it('grades each answer in a thread of its own, and ends it', async () => {
  const ended: string[] = []
  let made = 0
  const grader = pgliteGrader(exercise, () => thread(ended, String((made += 1))), 50)
  const steps: string[] = []
  expect(await grader.grade('SELECT 1', (step) => steps.push(step))).toMatchObject({ ok: true, grade })
  expect(steps).toHaveLength(2)
  expect(await grader.grade('breaks', () => undefined)).toEqual({ ok: false, message: 'The answer cannot be graded: out of memory. It is kept; try again.' })
  expect(await grader.grade('hangs', () => undefined)).toMatchObject({ ok: true, grade: { passed: false, checks: [{ failure: 'time' }] } })
  expect(ended).toEqual(['1', '2', '3'])
})
