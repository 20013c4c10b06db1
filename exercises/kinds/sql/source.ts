/** How the files of a `sql` exercise become one definition, and which of its names must agree. */
import type { SqlCheck, SqlExercise } from './schema.ts'
import { sqlExerciseSchema } from './schema.ts'
import { inlineBase } from '../../core/exercise-base.ts'
import type { ExerciseKind, InlineFile, NameFault } from '../../core/exercise-base.ts'

/** SQL with nothing to run. */
const hollowAnswers = ['-- nothing\n/* at all */']

/** What the registry of kinds asks of a kind. */
export const sqlKind: ExerciseKind<typeof sqlExerciseSchema> = {
  schema: sqlExerciseSchema,
  inlineFiles,
  nameFaults,
  hollowAnswers,
  datasetOf: ({ dataset, engine, setup, seed }) => ({ name: dataset, madeOf: [engine, setup ?? '', String(seed)] }),
}

function inlineFiles(exercise: SqlExercise, inline: InlineFile): SqlExercise {
  return {
    ...inlineBase(exercise, inline),
    ...(exercise.setup === undefined ? {} : { setup: inline(exercise.setup, ['setup']) }),
    workload: exercise.workload.map((query, index) => ({ ...query, sql: inline(query.sql, ['workload', index, 'sql']) })),
    checks: exercise.checks.map((check, index) => inlineCheck(check, inline, ['checks', index])),
  }
}

function inlineCheck(check: SqlCheck, inline: InlineFile, path: PropertyKey[]): SqlCheck {
  if (check.type === 'rows') {
    return { ...check, expect: inline(check.expect, [...path, 'expect']), ...(check.query === undefined ? {} : { query: inline(check.query, [...path, 'query']) }) }
  }
  if (check.type !== 'interleave') return check
  return {
    ...check,
    query: inline(check.query, [...path, 'query']),
    expect: inline(check.expect, [...path, 'expect']),
    steps: check.steps.map((step, index) => (step.run === 'answer' ? step : { ...step, run: { sql: inline(step.run.sql, [...path, 'steps', index, 'run', 'sql']) } })),
  }
}

function nameFaults(exercise: SqlExercise): NameFault[] {
  const queries = new Set(['answer', ...exercise.workload.map((query) => query.id)])
  return exercise.checks.flatMap((check, index) =>
    check.type !== 'plan' || queries.has(check.of) ? [] : [{ path: ['checks', index, 'of'], rule: 'exercise.check', message: `"${check.of}" is neither "answer" nor a query of the workload.` }],
  )
}
