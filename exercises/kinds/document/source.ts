/** Which parts of a `document` exercise must agree. */
import { inlineBase } from '../../core/exercise-base.ts'
import type { ExerciseKind, NameFault } from '../../core/exercise-base.ts'
import { parseSeriesLine } from '../../simulator/promql/conformance/series-notation.ts'
import { patternFaults } from './patterns.ts'
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
  switch (check.type) {
    case 'avoid':
      return [
        ...patternFaults([...check.allow, ...check.avoid.flatMap(({ any, unless }) => [...any, ...unless])]),
        ...(check.lists.length + check.avoid.length > 0 ? [] : ['It avoids nothing: give `lists` or `avoid`.']),
      ]
    case 'length':
      return check.min > 0 ? [] : ['Give a `min` above 0, or an empty text passes.']
    case 'facts':
      return check.facts.flatMap((fact) => [
        ...patternFaults([...(fact.any ?? []), ...fact.also, ...fact.contradictions]),
        ...(fact.any === undefined && fact.number === undefined ? [`The fact "${fact.id}" has neither \`any\` nor \`number\`.`] : []),
      ])
    case 'tradeoffs':
      return patternFaults(check.drivers.flatMap(({ any }) => any))
    case 'cards':
      return patternFaults([...check.parts, ...check.topics].flatMap(({ any }) => any))
    case 'alerts':
      return check.alerts.flatMap(({ annotations, cases }) => [...patternFaults(annotations.flatMap(({ any }) => any)), ...cases.flatMap(({ series }) => series.flatMap(seriesFaults))])
    case 'figures':
      return check.times === undefined && check.amounts.length === 0 ? ['Give `times` or `amounts`.'] : []
    default:
      return []
  }
}

function seriesFaults(text: string): string[] {
  const read = parseSeriesLine(text)
  return read.ok ? [] : [`A series cannot be read: ${read.message}.`]
}
