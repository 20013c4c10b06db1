/** How the files of a `sql` exercise become one definition, and which of its names must agree. */
import type { SqlCheck, SqlExercise } from './schema.ts'
import { sqlExerciseSchema } from './schema.ts'

/** Replaces `file:name.sql` by the file's text; any other text stays. `path` leads to the text in exercise.yaml. */
export type InlineFile = (text: string, path: PropertyKey[]) => string

/** A name that does not agree with another one of the same file. */
export interface NameFault {
  path: PropertyKey[]
  rule: string
  message: string
}

/** What the registry of kinds asks of a kind. */
export const sqlKind = { schema: sqlExerciseSchema, inlineFiles, nameFaults }

function inlineFiles(exercise: SqlExercise, inline: InlineFile): SqlExercise {
  return {
    ...exercise,
    ...(exercise.setup === undefined ? {} : { setup: inline(exercise.setup, ['setup']) }),
    starter: inline(exercise.starter, ['starter']),
    workload: exercise.workload.map((query, index) => ({ ...query, sql: inline(query.sql, ['workload', index, 'sql']) })),
    checks: exercise.checks.map((check, index) => inlineCheck(check, inline, ['checks', index])),
    proof: { ...exercise.proof, reference: inline(exercise.proof.reference, ['proof', 'reference']) },
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
  const faults: NameFault[] = []
  const checks = new Set<string>()
  for (const [index, check] of exercise.checks.entries()) {
    if (checks.has(check.id)) faults.push({ path: ['checks', index, 'id'], rule: 'id.duplicate', message: `The check "${check.id}" stands twice.` })
    checks.add(check.id)
  }
  const queries = new Set(['answer', ...exercise.workload.map((query) => query.id)])
  for (const [index, check] of exercise.checks.entries()) {
    if (check.type !== 'plan' || queries.has(check.of)) continue
    faults.push({ path: ['checks', index, 'of'], rule: 'exercise.check', message: `"${check.of}" is neither "answer" nor a query of the workload.` })
  }
  for (const [index, { fails }] of exercise.proof.wrong.entries()) {
    for (const name of fails) {
      if (!checks.has(name)) faults.push({ path: ['proof', 'wrong', index, 'fails'], rule: 'exercise.check', message: `There is no check "${name}".` })
    }
  }
  return faults
}
