/** Answers to `postgres` exercises, graded on a real server: right ones pass, wrong ones fail where they should and say why. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findPostgres } from '../../main/services/postgres-lab/binaries.ts'
import { PostgresGrader } from '../../main/services/postgres-lab/grade-postgres.ts'
import type { Lab } from '../../main/services/postgres-lab/lab.ts'
import { openLab } from '../../main/services/postgres-lab/lab.ts'
import * as examples from '../fixtures/postgres/examples.ts'

const found = findPostgres()
const cacheFolder = mkdtempSync(join(tmpdir(), 'firedrill-lab-cache-'))

describe.skipIf(!found.ok)(`grading${found.ok ? '' : `: skipped, ${found.error}`}`, () => {
  let lab: Lab
  beforeAll(async () => {
    const opened = await openLab({ cacheFolder })
    if (!opened.ok) throw new Error(opened.error)
    lab = opened.value
  })
  afterAll(async () => {
    await lab?.stop()
    rmSync(cacheFolder, { recursive: true, force: true })
  })

  it.each(Object.entries(examples).map(([name, value]) => ({ name, ...value })))('proves $name', async ({ exercise, right, wrong }) => {
    const grader = new PostgresGrader(lab, exercise)
    // A failure in one must not leave its databases to the next.
    try {
      for (const answer of right) {
        const graded = await grader.grade(answer)
        if (!graded.ok) throw new Error(graded.error)
        expect(graded, answer).toMatchObject({ ok: true, value: { passed: true, score: 1 } })
      }
      for (const { answer, fails, says } of wrong) {
        const graded = await grader.grade(answer)
        if (!graded.ok) throw new Error(graded.error)
        expect(graded.value.checks.find((check) => check.id === fails), answer).toMatchObject({ passed: false, evidence: expect.stringContaining(says) })
      }
      expect(await grader.grade('-- nothing')).toMatchObject({ ok: true, value: { passed: false } })
    } finally {
      await grader.close()
    }
    expect(await lab.administer("SELECT count(*) FROM pg_database WHERE datname LIKE 'attempt%' OR datname LIKE 'exercise%'")).toEqual([[0]])
  })

  it('says that an exercise is at fault when its setup fails', async () => {
    const grader = new PostgresGrader(lab, { ...examples.lockTimeout.exercise, setup: 'CREATE TABL t ()' })
    expect(await grader.grade('SELECT 1')).toMatchObject({ ok: false, error: expect.stringContaining('the setup fails: syntax error') })
    await grader.close()
  })

  it('tells an answer that cannot run from a wrong one, with its line', async () => {
    const grader = new PostgresGrader(lab, examples.lockTimeout.exercise)
    expect(await grader.grade('SELECT 1;\nSELEC 2')).toMatchObject({ value: { checks: [{ failure: 'syntax', line: 2, evidence: expect.stringContaining('42601') }] } })
    await grader.close()
  })
})
