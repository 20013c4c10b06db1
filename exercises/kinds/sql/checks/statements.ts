import type { Statement } from '../statements.ts'
import type { CheckOf } from './context.ts'
import type { Outcome } from './outcome.ts'
import { pass } from './outcome.ts'

/** Counts the answer's statements and looks at their kinds. Needs no data. */
export function checkStatements(check: CheckOf<'statements'>, statements: readonly Statement[]): Outcome {
  const surplus = check.max === undefined ? undefined : statements[check.max]
  if (surplus !== undefined) {
    const most = check.max === 1 ? 'one' : String(check.max)
    return { passed: false, failure: 'wrong', at: surplus.start, evidence: `${statements.length} statements; at most ${most} may be used.` }
  }
  const { allow } = check
  const refused = allow === undefined ? undefined : statements.find((statement) => !allow.includes(statement.verb) && !allow.includes(statement.firstWord))
  if (refused !== undefined) {
    const kind = refused.verb === '' ? refused.text.slice(0, 20) : refused.verb
    return { passed: false, failure: 'wrong', at: refused.start, evidence: `${kind} is not among what may be used here: ${(allow ?? []).join(', ')}.` }
  }
  return pass(statements.map((statement) => statement.verb).join(', '))
}
