/** The kinds of exercises. A new kind is a folder here, a line in each list, a grader, a view and content. */
import { z } from 'zod'
import type { ExerciseKind } from '../core/exercise-base.ts'
import { codeKind } from './code/source.ts'
import { decisionKind } from './decision/source.ts'
import { diagramKind } from './diagram/source.ts'
import { documentKind } from './document/source.ts'
import { postgresKind } from './postgres/source.ts'
import { sqlKind } from './sql/source.ts'

const kinds = { code: codeKind, decision: decisionKind, diagram: diagramKind, document: documentKind, postgres: postgresKind, sql: sqlKind }

/** An exercise of any kind, as exercise.yaml holds it. */
export const exerciseSchema = z.discriminatedUnion('kind', [kinds.code.schema, kinds.decision.schema, kinds.diagram.schema, kinds.document.schema, kinds.postgres.schema, kinds.sql.schema])
export type Exercise = z.infer<typeof exerciseSchema>
export type KindName = Exercise['kind']

/** What the kind of an exercise says about itself, fit for any exercise of that kind. */
export function kindOf(exercise: Exercise): ExerciseKind<z.ZodType<Exercise>> {
  // TypeScript cannot see that the entry found by an exercise's own kind takes that exercise.
  return kinds[exercise.kind] as unknown as ExerciseKind<z.ZodType<Exercise>>
}
