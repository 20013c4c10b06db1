/** Which parts of a `document` exercise must agree. */
import { inlineBase } from '../../core/exercise-base.ts'
import type { ExerciseKind, NameFault } from '../../core/exercise-base.ts'
import type { DocumentCheck, DocumentExercise } from './schema.ts'
import { documentExerciseSchema } from './schema.ts'

/** What the registry of kinds asks of a kind. */
export const documentKind: ExerciseKind<typeof documentExerciseSchema> = {
  schema: documentExerciseSchema,
  inlineFiles: inlineBase,
  nameFaults,
  hollowAnswers: ['# \n', '<!-- nothing -->', 'lorem'],
  datasetOf: () => null,
}

function nameFaults(exercise: DocumentExercise): NameFault[] {
  return exercise.checks.flatMap((check, index) => faultsOf(check).map((message) => ({ path: ['checks', index], rule: 'exercise.check', message })))
}

function faultsOf(check: DocumentCheck): string[] {
  if (check.type === 'avoid') return patternFaults(check.avoid.flatMap(({ any, unless }) => [...any, ...unless]))
  if (check.type === 'length') return check.min > 0 ? [] : ['Give a `min` above 0, or an empty text passes.']
  if (check.type !== 'facts') return []
  return check.facts.flatMap((fact) => [
    ...patternFaults([...(fact.any ?? []), ...fact.also, ...fact.contradictions]),
    ...(fact.any === undefined && fact.number === undefined ? [`The fact "${fact.id}" has neither \`any\` nor \`number\`.`] : []),
  ])
}

function patternFaults(patterns: readonly string[]): string[] {
  return patterns.flatMap((pattern) => {
    try {
      RegExp(pattern, 'iu')
      return []
    } catch (error) {
      return [`${JSON.stringify(pattern)} is no regular expression: ${error instanceof Error ? error.message : String(error)}`]
    }
  })
}
