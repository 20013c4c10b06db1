/** Proves an exercise: right answers pass, wrong ones fail where they should, and no result can be written by hand. */
import type { Grade } from '../../../exercises/core/grade.ts'
import type { SqlValue, StatementResult } from '../../../exercises/kinds/sql/engine.ts'
import type { LoadedExercise } from '../library/exercise-files.ts'
import { NodeGrader } from './grader.ts'

/** Grades every proof of an exercise and returns what does not hold, one sentence each; nothing when all is well. */
export async function verifyExercise(loaded: LoadedExercise): Promise<string[]> {
  const { exercise, datasetSql, referenceAnswer, proofs } = loaded
  if (exercise === null) return ['The exercise does not load: run `validate` to see why.']
  const grader = new NodeGrader({ exercise, datasetSql })
  const faults: string[] = []
  const expectPass = async (name: string, answer: string): Promise<void> => {
    const graded = await grader.grade(answer)
    if (!graded.ok) faults.push(`${name}: ${graded.error}`)
    else if (!graded.value.passed) faults.push(`${name} should pass, but fails ${describeFailures(graded.value)}`)
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
    for (const { name, answer, fails } of proofs.wrong) await expectFail(`The wrong answer ${name}`, answer, fails)
    await expectFail('The empty answer', '', exercise.checks.map((check) => check.id))
    await expectFail('An answer of comments only', '-- nothing\n/* at all */', exercise.checks.map((check) => check.id))
    await expectFail('The starter', exercise.starter, [])
    // Checks of what the answer itself returns: its rows, copied from the screen, must not do on other data.
    const returned = exercise.checks.filter((check) => check.type === 'rows' && check.query === undefined).map((check) => check.id)
    if (returned.length > 0) {
      const rows = await grader.rows(referenceAnswer)
      if (!rows.ok) faults.push(`The reference cannot be run by itself: ${rows.error}`)
      else if (rows.value === null) faults.push('The reference returns no rows, though a check compares them.')
      else await expectFail("The reference's result written out by hand", hardCoded(rows.value), returned)
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

/** A query that returns these very rows from no table. */
export function hardCoded(result: StatementResult): string {
  if (result.rows.length === 0) return `SELECT ${result.columns.map(() => 'NULL').join(', ')} WHERE 0`
  return `VALUES ${result.rows.map((row) => `(${row.map(literal).join(', ')})`).join(',\n')}`
}

function literal(value: SqlValue): string {
  if (value === null) return 'NULL'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  return `x'${Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('')}'`
}
