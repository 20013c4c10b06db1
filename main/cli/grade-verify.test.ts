import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommandLine } from './index.ts'

const dataset = `-- title: Small
CREATE TABLE t (id INTEGER PRIMARY KEY, price INTEGER);
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
INSERT INTO t SELECT i, i * :seed * 37 % 101 FROM n;
`
const exercise = `id: cheap
kind: sql
version: 3
title: Cheap
summary: Find the cheap ones.
chapter: ch07
minutes: 1
difficulty: 1
skills: [sql.plans]
covers: []
dataset: small
seed: 1
hiddenSeeds: [2]
starter: SELECT id FROM t
mode: query
checks:
  - { id: rows, type: rows, label: The cheap ones, expect: SELECT id FROM t WHERE price < 20 }
  - { id: one, type: statements, label: One statement, max: 1 }
hints: [{ text: a, cost: 0.1 }, { text: b, cost: 0.1 }]
limits: { timeMs: 1000, memoryMb: 64, rows: 1000 }
proof:
  reference: SELECT id FROM t WHERE price < 20
  alternatives: [SELECT id FROM t WHERE price <= 19 ORDER BY price]
  wrong: [{ file: SELECT id FROM t WHERE price < 21, fails: [rows], belief: Twenty is cheap. }]
`

let dir = ''
const write = (name: string, text: string): void => {
  mkdirSync(dirname(join(dir, name)), { recursive: true })
  writeFileSync(join(dir, name), text)
}
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'firedrill-cli-'))
  write('datasets/small.sql', dataset)
  write('exercises/cheap/exercise.yaml', exercise)
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

async function firedrill(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = []
  const err: string[] = []
  const code = await runCommandLine(argv, { workingDir: dir, contentDir: dir, print: (text) => out.push(text), complain: (text) => err.push(text), progress: () => undefined })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

describe('grade', () => {
  it('prints one JSON value with the grade and the score', async () => {
    write('answer.sql', 'SELECT id FROM t WHERE price < 20; SELECT id FROM t WHERE price < 20')
    const { code, out, err } = await firedrill('grade', 'cheap', '--answer', 'answer.sql', '--json')
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(JSON.parse(out)).toMatchObject({
      exercise: 'cheap',
      version: 3,
      finalScore: 0.5,
      grade: { passed: false, score: 0.5, checks: [{ id: 'rows', passed: true }, { id: 'one', passed: false, failure: 'wrong', line: 1 }] },
    })
  })

  it('exits 0 for an answer that passes and tells people what was seen', async () => {
    write('answer.sql', 'SELECT id FROM t WHERE NOT price > 19')
    expect(await firedrill('grade', 'cheap', '--answer', 'answer.sql')).toMatchObject({ code: 0, out: expect.stringContaining('Passed: 100 of 100') })
  })

  it('stops an answer that does not end', async () => {
    write('answer.sql', 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n')
    const { code, out } = await firedrill('grade', 'cheap', '--answer', 'answer.sql', '--json')
    expect(code).toBe(1)
    expect(JSON.parse(out).grade.checks).toMatchObject([{ failure: 'time' }, { failure: 'time' }])
  })

  it('asks for what is missing', async () => {
    expect(await firedrill('grade', 'cheap')).toMatchObject({ code: 2, err: expect.stringContaining('--answer FILE') })
    expect(await firedrill('grade', 'dear', '--answer', 'x')).toMatchObject({ code: 2, err: expect.stringContaining('Known: cheap') })
    expect(await firedrill('grade', 'cheap', '--answer', 'nowhere.sql')).toMatchObject({ code: 2, err: expect.stringContaining('cannot be read') })
  })
})

describe('verify', () => {
  it('finds nothing wrong with a sound exercise', async () => {
    const { code, out, err } = await firedrill('verify', '--json')
    expect({ code, err, found: JSON.parse(out) }).toEqual({ code: 0, err: '', found: { exercises: 1, failed: [] } })
  })

  it.each([
    ['a reference that fails', ['reference: SELECT id FROM t WHERE price < 20', 'reference: SELECT id FROM t WHERE price < 5'], 'The reference should pass, but fails rows: Expected'],
    ['an alternative that fails', ['price <= 19 ORDER BY price', 'price <= 18'], 'The alternative proof.alternatives.0 should pass, but fails rows'],
    ['a wrong answer that passes', ['price < 21', 'price < 20 AND 1'], 'The wrong answer proof.wrong.0.file should fail, but passes.'],
    ['a wrong answer that fails elsewhere', ['fails: [rows]', 'fails: [rows, one]'], 'should fail at one, but passes there.'],
    ['a starter that passes', ['starter: SELECT id FROM t', 'starter: SELECT id FROM t WHERE price < 20'], 'The starter should fail, but passes.'],
    ['data that are always the same', ['hiddenSeeds: [2]', 'hiddenSeeds: [1]'], "The reference's result written out by hand should fail, but passes."],
    ['a file that does not load', ['chapter: ch07', 'chapter: 7'], 'does not load'],
  ])('tells %s', async (_name, [from, to], why) => {
    write('exercises/cheap/exercise.yaml', exercise.replace(from!, to!))
    const { code, out } = await firedrill('verify', 'cheap', '--json')
    expect(code).toBe(1)
    const { failed } = JSON.parse(out) as { failed: { id: string; why: string }[] }
    expect(failed.map((fault) => fault.id)).toContain('cheap')
    expect(failed.map((fault) => fault.why).join('\n')).toContain(why)
  })

  const report = (fields: Record<string, unknown>): void => write('exercises/cheap/reports/mine.json', JSON.stringify({ exercise: 'cheap', version: 3, reason: 'Twenty is cheap to me.', answer: 'SELECT id FROM t WHERE price < 21', ...fields }))

  it('holds a reported answer against the grader until one of the two gives way', async () => {
    report({})
    const open = await firedrill('verify', 'cheap')
    expect(open.code).toBe(1)
    expect(open.err).toContain('The reported answer reports/mine.json (version 3, "Twenty is cheap to me.") should pass, but fails rows:')
    expect(open.err).toContain('add "answered"')
    report({ answered: { verdict: 'wrong', because: 'The brief says under 20.' } })
    expect(await firedrill('verify', 'cheap')).toMatchObject({ code: 0 })
    report({ answer: 'SELECT id FROM t WHERE NOT price >= 20' })
    expect(await firedrill('verify', 'cheap')).toMatchObject({ code: 0 })
    report({ answer: 'SELECT id FROM t WHERE NOT price >= 20', answered: { verdict: 'wrong', because: 'No.' } })
    expect((await firedrill('verify', 'cheap')).err).toContain('The wrong answer reports/mine.json should fail, but passes.')
  })

  it.each([
    ['no JSON', 'answer: x', 'it is no JSON object'],
    ['half a report', '{"exercise": "cheap", "version": 3}', '`answer`'],
    ['an answer without a reason', '{"exercise": "cheap", "version": 3, "answer": "", "answered": {"verdict": "wrong", "because": " "}}', '`answered.because`'],
    ['a report about another exercise', '{"exercise": "dear", "version": 1, "answer": ""}', 'belongs in exercises/dear/reports'],
  ])('validate tells %s at its file', async (_name, text, why) => {
    write('exercises/cheap/reports/mine.json', text)
    const { code, out, err } = await firedrill('validate')
    expect(code).toBe(1)
    const line = `${out}\n${err}`.split('\n').find((one) => one.includes('(exercise.report)'))
    expect(line).toContain('exercises/cheap/reports/mine.json:1: error:')
    expect(line).toContain(why)
  })

  it('refuses an exercise that does not exist', async () => {
    expect(await firedrill('verify', 'dear')).toMatchObject({ code: 2 })
  })
})
