/** Proofs that only `code` exercises have: their tests agree with the types of what they test. */
import { filesOfAnswer } from '../../../exercises/kinds/code/answer-files.ts'
import { importablePackages } from '../../../exercises/kinds/code/grade.ts'
import type { CodeExercise } from '../../../exercises/kinds/code/schema.ts'
import { loadCodeSources } from './code-engine.ts'

/** Loaded once for all exercises that a command verifies. */
let sources: ReturnType<typeof loadCodeSources> | null = null

/** What the compiler says about the tests of an exercise beside its reference, one sentence each. */
export async function testTypeFaults(exercise: CodeExercise, referenceAnswer: string): Promise<string[]> {
  const loaded = await (sources ??= loadCodeSources())
  const found = loaded.compiler.checkTests(filesOfAnswer(exercise, referenceAnswer), exercise.tests, await importablePackages(exercise, loaded))
  return found.map(({ file, line, code, message }) => `${file}, line ${line}: ${message} (${code})`)
}
