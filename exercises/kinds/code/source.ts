/** How the files of a `code` exercise become one definition, and which of its names must agree. */
import type { ExerciseKind, InlineFile, NameFault } from '../../core/exercise-base.ts'
import { inlineBase } from '../../core/exercise-base.ts'
import type { CodeExercise } from './schema.ts'
import { codeExerciseSchema } from './schema.ts'

/** What the registry of kinds asks of a kind. */
export const codeKind: ExerciseKind<typeof codeExerciseSchema> = {
  schema: codeExerciseSchema,
  inlineFiles,
  nameFaults,
  hollowAnswers: ['// nothing\n/* at all */', 'export {}'],
  datasetOf: () => null,
}

function inlineFiles(exercise: CodeExercise, inline: InlineFile): CodeExercise {
  return {
    ...inlineBase(exercise, inline),
    files: exercise.files.map((file, index) => (file.text === undefined ? file : { ...file, text: inline(file.text, ['files', index, 'text']) })),
    tests: exercise.tests.map((file, index) => ({ ...file, text: inline(file.text, ['tests', index, 'text']) })),
  }
}

function nameFaults(exercise: CodeExercise): NameFault[] {
  const faults: NameFault[] = []
  if (exercise.files.every((file) => file.text !== undefined)) faults.push({ path: ['files'], rule: 'exercise.files', message: 'Every file is given: there is nothing to answer.' })
  const names = new Set<string>()
  for (const [list, files] of [['files', exercise.files], ['tests', exercise.tests]] as const) {
    for (const [index, file] of files.entries()) {
      if (names.has(file.name)) faults.push({ path: [list, index, 'name'], rule: 'id.duplicate', message: `The file "${file.name}" stands twice.` })
      names.add(file.name)
    }
  }
  for (const [index, check] of exercise.checks.entries()) {
    if (testFileOf(exercise, check.id) !== undefined) continue
    faults.push({ path: ['checks', index, 'id'], rule: 'exercise.check', message: `No test file has a line that begins with test('${check.id}'.` })
  }
  const checks = new Set(exercise.checks.map((check) => check.id))
  for (const [index, { text }] of exercise.tests.entries()) {
    for (const id of testIds(text)) {
      if (!checks.has(id)) faults.push({ path: ['tests', index, 'text'], rule: 'exercise.check', message: `The test "${id}" has no check.` })
    }
  }
  return faults
}

/** Ids of the tests of a file, read from its text: `test('id', ...` at the start of a line. */
export function testIds(text: string): string[] {
  return [...text.matchAll(/^test\('([a-z0-9-]+)'/gm)].map((found) => found[1] ?? '')
}

/** The test file that holds a check's test. */
export function testFileOf(exercise: CodeExercise, check: string): CodeExercise['tests'][number] | undefined {
  return exercise.tests.find((file) => testIds(file.text).includes(check))
}
