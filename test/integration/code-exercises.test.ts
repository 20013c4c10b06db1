/**
 * The exercises of kind `code` keep their promises: right answers pass, wrong ones fail where they name. They stand in
 * test/fixtures/exercises until the workspace of that kind is there, and then move to content/exercises.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { gradeCode } from '../../exercises/kinds/code/grade.ts'
import { codeExerciseSchema } from '../../exercises/kinds/code/schema.ts'
import { codeKind } from '../../exercises/kinds/code/source.ts'
import { loadCodeSources } from '../fixtures/code-sources.ts'

const folder = join(import.meta.dirname, '..', 'fixtures', 'exercises')
let sources: Awaited<ReturnType<typeof loadCodeSources>>
beforeAll(async () => {
  sources = await loadCodeSources()
}, 60_000)

describe.each(readdirSync(folder))('%s', (id) => {
  const inline = (text: string): string => (text.startsWith('file:') ? readFileSync(join(folder, id, text.slice('file:'.length)), 'utf8') : text)
  const exercise = codeKind.inlineFiles(codeExerciseSchema.parse(parse(readFileSync(join(folder, id, 'exercise.yaml'), 'utf8'))), inline)
  const failedChecks = async (answer: string): Promise<string[]> => (await gradeCode(exercise, answer, sources)).grade.checks.filter(({ passed }) => !passed).map((check) => check.id)

  it('passes what is right', async () => {
    for (const answer of [exercise.proof.reference, ...exercise.proof.alternatives.map(inline)]) expect(await failedChecks(answer)).toEqual([])
  })

  it.each(exercise.proof.wrong)('fails "$belief"', async ({ file, fails }) => {
    expect(await failedChecks(inline(file))).toEqual(expect.arrayContaining(fails))
  })

  it('fails what was given', async () => {
    expect(await failedChecks(exercise.starter)).not.toEqual([])
  })
})
