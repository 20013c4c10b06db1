/** Proves an exercise: right answers pass, wrong and empty ones fail where they should. */
import type { Grade } from '../../../exercises/core/grade.ts'
import { kindOf } from '../../../exercises/kinds/registry.ts'
import type { SharedLab } from '../postgres-lab/shared-lab.ts'
import type { LoadedExercise } from '../library/exercise-files.ts'
import { testTypeFaults } from './code-proof.ts'
import { createGrader } from './create-grader.ts'
import { copiedResult } from './sql-proof.ts'

const reportNext = 'Make the grader accept it; or, if it is wrong, add "answered": { "verdict": "wrong", "because": "..." } to the file.'

/** Grades every proof of an exercise and returns what does not hold, one sentence each; nothing when all is well. */
export async function verifyExercise(loaded: LoadedExercise, lab: SharedLab): Promise<string[]> {
  const { exercise, datasetSql, referenceAnswer, proofs } = loaded
  if (exercise === null) return ['The exercise does not load: run `validate` to see why.']
  const grader = createGrader({ exercise, datasetSql }, lab)
  const faults: string[] = []
  const expectPass = async (name: string, answer: string, next = ''): Promise<void> => {
    const graded = await grader.grade(answer)
    if (!graded.ok) faults.push(`${name}: ${graded.error}`)
    else if (!graded.value.passed) faults.push(`${name} should pass, but fails ${describeFailures(graded.value)}${next}`)
  }
  const expectFail = async (name: string, answer: string, at: readonly string[]): Promise<void> => {
    const graded = await grader.grade(answer)
    if (!graded.ok) {
      faults.push(`${name}: ${graded.error}`)
      return
    }
    if (graded.value.passed) faults.push(`${name} should fail, but passes.`)
    const passed = at.filter((id) => graded.value.checks.some((check) => check.id === id && check.passed))
    if (passed.length > 0) faults.push(`${name} should fail at ${passed.join(', ')}, but passes there.`)
  }
  try {
    await expectPass('The reference', referenceAnswer)
    for (const { name, answer } of proofs.alternatives) await expectPass(`The alternative ${name}`, answer)
    for (const { name, answer, said } of proofs.reported) await expectPass(`The reported answer ${name} (${said})`, answer, ` ${reportNext}`)
    for (const { name, answer, fails } of proofs.wrong) await expectFail(`The wrong answer ${name}`, answer, fails)
    const everyCheck = exercise.checks.map((check) => check.id)
    await expectFail('The empty answer', '', everyCheck)
    for (const answer of kindOf(exercise).hollowAnswers) await expectFail(`An answer that holds nothing (${JSON.stringify(answer)})`, answer, everyCheck)
    await expectFail('The starter', exercise.starter, [])
    if (exercise.kind === 'code') faults.push(...(await testTypeFaults(exercise, referenceAnswer)))
    if (exercise.kind === 'sql') {
      const copied = await copiedResult(exercise, datasetSql, referenceAnswer)
      if (!copied.ok) faults.push(copied.error)
      else if (copied.value !== null) await expectFail(copied.value.name, copied.value.answer, copied.value.at)
    }
  } finally {
    await grader.close()
  }
  return faults
}

function describeFailures(grade: Grade): string {
  return grade.checks
    .filter((check) => !check.passed)
    .map((check) => `${check.id}: ${check.evidence}`)
    .join(' ')
}
