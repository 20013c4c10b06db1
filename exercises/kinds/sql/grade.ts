/** Judges an answer to a `sql` exercise by running it: on the learner's data, and on data that only the grader sees. */
import type { Grade, GradeCheck } from '../../core/grade.ts'
import { gradeFromChecks } from '../../core/grade.ts'
import type { CheckContext } from './checks/context.ts'
import { checkIndexes } from './checks/indexes.ts'
import { checkInterleave } from './checks/interleave.ts'
import type { Outcome } from './checks/outcome.ts'
import { failedToRun } from './checks/outcome.ts'
import { checkPlan } from './checks/plan.ts'
import { checkRows } from './checks/rows.ts'
import { checkStatements } from './checks/statements.ts'
import { checkUnchanged } from './checks/unchanged.ts'
import type { DataChoice, ImageStore } from './data-sets.ts'
import { DataSets } from './data-sets.ts'
import type { OpenDatabase } from './engine.ts'
import { SqlError } from './engine.ts'
import type { SqlCheck, SqlExercise } from './schema.ts'
import type { Statement } from './statements.ts'
import { lineAt, splitStatements } from './statements.ts'

export interface GradeSources {
  /** Data sets kept from an earlier grade of the same exercise; built and closed here when absent. */
  data?: DataSets
  open: OpenDatabase
  datasetSql: string
  images?: ImageStore
  /** Told before each run of the answer, so that a host can start its clock anew. */
  onStep?: (step: { hidden: boolean; seed: number }) => void
}

const onOtherData = 'On other data of the same shape: '

/**
 * Grades `answer`. The same exercise, answer and engine give the same grade, byte for byte.
 * @throws Error when the engine crashed or the exercise itself is faulty; time is bounded by the caller's thread
 */
export function gradeSql(exercise: SqlExercise, answer: string, sources: GradeSources): Grade {
  const statements = splitStatements(answer)
  if (statements.length === 0) return failedGrade(exercise, 'not-run', 'The answer holds no statement. Write one and check again.')
  const data = sources.data ?? new DataSets(exercise, sources.datasetSql, sources.open, sources.images)
  try {
    return new Grading(exercise, answer, statements, data, sources.onStep).grade()
  } finally {
    if (sources.data === undefined) data.close()
  }
}

/** A grade in which every check fails for one reason: nothing was run, or the answer had to be stopped. */
export function failedGrade(exercise: SqlExercise, failure: NonNullable<GradeCheck['failure']>, evidence: string, line?: number): Grade {
  return gradeFromChecks(
    exercise.checks.map((check) => ({ id: check.id, label: check.label, passed: false, points: check.points, evidence, failure, ...(line === undefined ? {} : { line }) })),
  )
}

/** The grade of an answer that was stopped at its limit of time. */
export function timedOutGrade(exercise: SqlExercise): Grade {
  const seconds = exercise.limits.timeMs / 1000
  return failedGrade(exercise, 'time', `Stopped after ${seconds} s without a result. Look for a join without its condition, or a recursion without an end.`)
}

class Grading {
  readonly #exercise: SqlExercise
  readonly #answer: string
  readonly #statements: readonly Statement[]
  readonly #data: DataSets
  readonly #onStep: NonNullable<GradeSources['onStep']>

  constructor(exercise: SqlExercise, answer: string, statements: readonly Statement[], data: DataSets, onStep: GradeSources['onStep']) {
    this.#exercise = exercise
    this.#answer = answer
    this.#statements = statements
    this.#data = data
    this.#onStep = onStep ?? (() => undefined)
  }

  grade(): Grade {
    const { checks } = this.#exercise
    const outcomes = new Map<string, Outcome>()
    for (const [turn, choice] of this.#choices().entries()) {
      const open = checks.filter((check) => outcomes.get(check.id)?.passed !== false && (turn === 0 || dependsOnData(check)))
      if (open.length === 0) break
      for (const [id, outcome] of this.#gradeOn(choice, open)) {
        // What was seen on the learner's own data stays the evidence of a pass; the hidden data only ever fail it.
        if (outcome.passed && outcomes.has(id)) continue
        outcomes.set(id, choice.hidden && turn > 0 && !outcome.passed ? { ...outcome, evidence: `${onOtherData}${outcome.evidence}` } : outcome)
      }
    }
    return gradeFromChecks(checks.map((check) => this.#gradeCheck(check, outcomes.get(check.id))))
  }

  /**
   * The data sets to grade on. Without statistics a plan does not depend on the size of the data, so where only plans
   * and indexes are looked at, the small hidden set does, and an index is built in a fifth of the time.
   */
  #choices(): DataChoice[] {
    const choices = this.#data.choices()
    const { checks, setup } = this.#exercise
    const sized = checks.some(dependsOnData) || /\bANALYZE\b/i.test(setup ?? '') || this.#statements.some(mayDependOnSize)
    const hidden = choices.find((choice) => choice.hidden)
    return sized || hidden === undefined ? choices : [hidden]
  }

  #gradeOn(choice: DataChoice, checks: readonly SqlCheck[]): Map<string, Outcome> {
    const outcomes = new Map<string, Outcome>()
    const { limits, parameters } = this.#exercise
    this.#onStep(choice)
    const error = this.#data.lend(choice, this.#statements, (database) => {
      try {
        const results = database.run(this.#answer, { maxRows: limits.rows, parameters })
        const context = { exercise: this.#exercise, statements: this.#statements, data: this.#data, choice, database, results }
        for (const check of checks) if (check.type !== 'interleave') outcomes.set(check.id, checkState(check, context))
        return null
      } catch (thrown) {
        if (thrown instanceof SqlError && thrown.kind !== 'crash') return thrown
        throw thrown
      }
    })
    if (error !== null) return new Map(checks.map((check) => [check.id, failedToRun(error)]))
    for (const check of checks) {
      if (check.type !== 'interleave') continue
      this.#onStep(choice)
      outcomes.set(check.id, checkInterleave(check, { exercise: this.#exercise, answer: this.#answer, statements: this.#statements, data: this.#data, choice }))
    }
    return outcomes
  }

  #gradeCheck(check: SqlCheck, outcome: Outcome | undefined): GradeCheck {
    const { id, label, points, hint } = check
    if (outcome === undefined) return { id, label, points, passed: false, evidence: 'This check was not reached.', failure: 'not-run' }
    const { passed, evidence, failure, at } = outcome
    return {
      id,
      label,
      points,
      passed,
      evidence,
      ...(passed || hint === undefined ? {} : { hint }),
      ...(passed || failure === undefined ? {} : { failure }),
      ...(passed || at === undefined ? {} : { line: lineAt(this.#answer, at) }),
    }
  }
}

function checkState(check: Exclude<SqlCheck, { type: 'interleave' }>, context: CheckContext): Outcome {
  switch (check.type) {
    case 'rows':
      return checkRows(check, context)
    case 'plan':
      return checkPlan(check, context)
    case 'statements':
      return checkStatements(check, context.statements)
    case 'indexes':
      return checkIndexes(check, context)
    case 'unchanged':
      return checkUnchanged(check, context)
  }
}

function dependsOnData(check: SqlCheck): boolean {
  return check.type === 'rows' || check.type === 'interleave' || check.type === 'unchanged'
}

/** UNIQUE may fail on the full data only, and ANALYZE lets the plan depend on them. */
function mayDependOnSize(statement: Statement): boolean {
  return statement.tokens.some((token) => token.kind === 'word' && /^(?:UNIQUE|ANALYZE|REINDEX|VACUUM|PRAGMA)$/i.test(token.text))
}
