import { beforeAll, describe, expect, it } from 'vitest'
import { loadCodeSources } from '../../../test/fixtures/code-sources.ts'
import { gradeSchema } from '../../core/grade.ts'
import { joinAnswer, splitAnswer } from './answer-files.ts'
import { gradeCode } from './grade.ts'
import type { CodeSources } from './grade.ts'
import type { CodeReport } from './report.ts'
import type { CodeExerciseSource } from './schema.ts'
import { codeExerciseSchema } from './schema.ts'
import { codeKind } from './source.ts'

let sources: CodeSources
beforeAll(async () => {
  sources = await loadCodeSources()
})

const testText = `import { test, expect, fake, sleep } from 'firedrill/test'
import { double } from './double.ts'

test('doubles', async () => {
  expect(double(2), 'twice two').toBe(4)
})
test('calls', { seeds: 5 }, async ({ seed }) => {
  const provider = fake('provider', async (n: number) => {
    await sleep(10 * seed)
    return double(n)
  })
  expect(await provider(seed)).toBe(seed * 2)
})`

function exerciseOf(rest: Partial<CodeExerciseSource> = {}) {
  return codeExerciseSchema.parse({
    id: 'small', kind: 'code', version: 1, title: 'Small', summary: 'Small', chapter: 'ch08', minutes: 1, difficulty: 1,
    skills: ['code.async'], covers: [], starter: 'export const double = (n: number): number => n',
    files: [{ name: 'double.ts' }], tests: [{ name: 'double.test.ts', text: testText }],
    checks: [{ id: 'doubles', label: 'Doubles', points: 3, hint: 'Times two.' }, { id: 'calls', label: 'Calls' }],
    hints: [{ text: 'a', cost: 0.1 }, { text: 'b', cost: 0.1 }],
    proof: { reference: 'x', wrong: [{ file: 'x', fails: ['doubles'], belief: 'x' }] },
    ...rest,
  } satisfies CodeExerciseSource)
}
const small = exerciseOf()
const grade = (answer: string, exercise = small): Promise<CodeReport> => gradeCode(exercise, answer, sources)
const right = 'export const double = (n: number): number => n * 2'

describe('gradeCode', () => {
  it.each([
    right,
    'interface Box<T> { value: T }\nexport function double(n: number) { const box: Box<number> = { value: n + n }; return box.value }',
    'enum Factor { Two = 2 }\nclass Doubler { constructor(private readonly factor: Factor) {} of(n: number) { return n * this.factor } }\nconst it = new Doubler(Factor.Two)\nexport const double = (n: number) => it.of(n)',
    'export let double: (n: number) => number\ndouble = (n) => n << 1',
  ])('passes %s', async (answer) => {
    const { grade: graded, diagnostics } = await grade(answer)
    expect(gradeSchema.parse(graded)).toMatchObject({ passed: true, score: 1 })
    expect(diagnostics).toEqual([])
  })

  it('shows the expectation, what was expected and what came', async () => {
    const { grade: graded, runs } = await grade('export const double = (n: number) => n * 3')
    expect(graded).toMatchObject({ passed: false, score: 0 })
    expect(graded.checks[0]).toEqual({
      id: 'doubles', label: 'Doubles', points: 3, passed: false, failure: 'wrong', hint: 'Times two.',
      evidence: "Twice two: expected 4, got 6. In the test: expect(double(2), 'twice two').toBe(4)",
    })
    expect(runs[0]).toMatchObject({ failure: { expression: "expect(double(2), 'twice two').toBe(4)", expected: '4', actual: '6', testPlace: { line: 5 } } })
  })

  it('replays schedules until one fails, and keeps its timeline', async () => {
    const { grade: graded, runs } = await grade('export const double = (n: number) => (n === 3 ? 0 : n * 2)')
    expect(graded.checks).toMatchObject([{ passed: true }, { passed: false, evidence: expect.stringContaining('Expected 6, got 0. After 30 ms of virtual time. Schedule 3.') }])
    expect(runs[1]).toMatchObject({
      seed: 3,
      trace: [{ kind: 'call', atMs: 0, name: 'provider', text: '3', place: { file: 'double.test.ts', line: 12 } }, { kind: 'return', atMs: 30, name: 'provider', outcome: 'value', text: '0' }],
    })
  })

  it('names the line of an error in the source, not in what was compiled', async () => {
    const { grade: graded } = await grade('type N = number\ninterface Unused {\n  a: string\n}\nexport function double(n: N): N {\n  const table: Record<string, { x: N }> = {}\n  return table.missing!.x * n\n}')
    expect(graded.checks[0]).toMatchObject({ failure: 'crash', line: 7, evidence: expect.stringContaining('TypeError') })
  })

  it.each([
    ['a type error', 'export const double = (n: number): number => `${n}`', 1, /^double\.ts, line 1: Type 'string' is not assignable to type 'number'\. \(TS2322\)$/],
    ['a syntax error', 'export const double = (n: number) => {\n  return n *\n}', 3, /TS1109/],
    ['an unknown module', "import fs from 'node:fs'\nexport const double = (n: number) => n", 1, /TS2307|TS2591/],
    ['what browsers have and the sandbox has not', 'export const double = (n: number) => {\n  document.title = "x"\n  return n\n}', 2, /Cannot find name 'document'\. ?\(TS\d+\)/],
  ])('calls %s one, with its line', async (_name, answer, line, evidence) => {
    const { grade: graded, diagnostics } = await grade(answer)
    expect(graded.checks).toMatchObject([{ failure: 'syntax', line, evidence: expect.stringMatching(evidence) }, { failure: 'syntax' }])
    expect(diagnostics[0]).toMatchObject({ file: 'double.ts', line })
  })

  it.each(['', '  \n', '// nothing', '/* at\nall */'])('says that nothing was run for %j', async (answer) => {
    expect((await grade(answer)).grade.checks.map((check) => check.failure)).toEqual(['not-run', 'not-run'])
  })

  it('fails an answer that exports nothing', async () => {
    expect((await grade('export {}')).grade).toMatchObject({ passed: false, score: 0 })
  })

  it('gives the same report twice', async () => {
    expect(await grade(right)).toEqual(await grade(right))
  })

  it('takes an answer of several files beside given ones', async () => {
    const several = exerciseOf({ files: [{ name: 'double.ts' }, { name: 'factor.ts' }, { name: 'types.ts', text: 'export type Twice = (n: number) => number' }] })
    const texts = new Map([
      ['double.ts', "import { factor } from './factor'\nimport type { Twice } from './types.js'\nexport const double: Twice = (n) => n * factor\n"],
      ['factor.ts', 'export const factor = 2'],
    ])
    const answer = joinAnswer(several, texts)
    expect(splitAnswer(several, answer)).toEqual(texts)
    expect((await grade(answer, several)).grade).toMatchObject({ passed: true })
  })
})

describe('codeKind', () => {
  it('finds names that do not agree', () => {
    const odd = exerciseOf({
      files: [{ name: 'double.ts', text: 'x' }, { name: 'double.ts', text: 'y' }],
      checks: [{ id: 'doubles', label: 'x' }, { id: 'missing', label: 'x' }],
    })
    expect(codeKind.nameFaults(odd).map(({ path, rule }) => [path.join('.'), rule])).toEqual([
      ['files', 'exercise.files'],
      ['files.1.name', 'id.duplicate'],
      ['checks.1.id', 'exercise.check'],
      ['tests.0.text', 'exercise.check'],
    ])
  })
})
