import { afterAll, describe, expect, it } from 'vitest'
import { codeExerciseSchema } from '../../../exercises/kinds/code/schema.ts'
import { CodeGrader } from './code-grader.ts'

const exercise = codeExerciseSchema.parse({
  id: 'small', kind: 'code', version: 1, title: 'Small', summary: 'Small', chapter: 'ch08', minutes: 1, difficulty: 1, skills: ['code.async'],
  covers: [], starter: 'export const double = (n: number) => n', files: [{ name: 'double.ts' }],
  tests: [{ name: 'double.test.ts', text: "import { test, expect } from 'firedrill/test'\nimport { double } from './double.ts'\ntest('doubles', () => expect(double(2)).toBe(4))" }],
  checks: [{ id: 'doubles', label: 'Doubles' }], hints: [{ text: 'a', cost: 0.1 }, { text: 'b', cost: 0.1 }], limits: { timeMs: 300 },
  proof: { reference: 'x', wrong: [{ file: 'x', fails: ['doubles'], belief: 'x' }] },
})

describe('CodeGrader', () => {
  const grader = new CodeGrader(exercise)
  afterAll(() => grader.close())

  it('grades in its thread, and says which test runs', async () => {
    const steps: string[] = []
    expect(await grader.grade('export const double = (n: number) => n + n', (step) => steps.push(step))).toMatchObject({ ok: true, value: { passed: true } })
    expect(steps).toEqual(['doubles'])
  })

  it('ends a native loop that the sandbox cannot stop, and grades the next answer', async () => {
    const endless = 'export const double = (n: number) => Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, n)'
    expect(await grader.grade(endless)).toMatchObject({ ok: true, value: { passed: false, checks: [{ failure: 'time', evidence: expect.stringContaining('the test "doubles" ran') }] } })
    expect(await grader.grade('export const double = (n: number) => 2 * n')).toMatchObject({ ok: true, value: { passed: true } })
  })
})
