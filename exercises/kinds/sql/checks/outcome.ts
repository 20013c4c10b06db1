/** What one check found on one data set. */
import type { GradeCheck } from '../../../core/grade.ts'
import type { SqlError } from '../engine.ts'

export interface Outcome {
  passed: boolean
  evidence: string
  failure?: NonNullable<GradeCheck['failure']>
  /** Offset in the answer that the evidence is about. */
  at?: number
}

/** A check that holds, with what was seen. */
export function pass(evidence: string): Outcome {
  return { passed: true, evidence }
}

/** A check that does not hold: the answer ran and is not right. */
export function wrong(evidence: string): Outcome {
  return { passed: false, evidence, failure: 'wrong' }
}

/** A check that does not hold because a statement of the answer failed. */
export function failedToRun(error: SqlError): Outcome {
  return { passed: false, evidence: error.message, failure: error.kind, at: error.start }
}
