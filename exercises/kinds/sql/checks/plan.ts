import type { PlanNode } from '../engine.ts'
import { SqlError } from '../engine.ts'
import { brokenDemand, formatPlan } from '../plan-demand.ts'
import { changesRows, isQuery } from '../statements.ts'
import type { CheckContext, CheckOf } from './context.ts'
import type { Outcome } from './outcome.ts'
import { failedToRun, pass, wrong } from './outcome.ts'

/** Reads the plan of the answer's last query, or of a given query after the answer ran. */
export function checkPlan(check: CheckOf<'plan'>, context: CheckContext): Outcome {
  const { exercise, statements, database } = context
  const answer = statements.findLast((statement) => (isQuery(statement) && statement.verb !== 'EXPLAIN') || changesRows(statement))
  const given = exercise.workload.find((query) => query.id === check.of)
  if (check.of !== 'answer' && given === undefined) throw new Error(`Check ${check.id} of ${exercise.id} names no workload query: ${check.of}.`)
  const sql = check.of === 'answer' ? answer?.text : given?.sql
  if (sql === undefined) return wrong('The answer holds no query whose plan could be read: end it with a SELECT.')
  let plan: PlanNode[]
  try {
    plan = database.plan(sql, exercise.parameters)
  } catch (error) {
    if (!(error instanceof SqlError) || error.kind === 'crash') throw error
    if (check.of === 'answer') return { ...failedToRun(error), at: answer?.start ?? 0 }
    return wrong(`After the answer the given query no longer runs: ${error.message}.`)
  }
  const broken = brokenDemand(plan, check.demand, database.schema())
  return broken === null ? pass(formatPlan(plan).trimEnd()) : wrong(broken)
}
