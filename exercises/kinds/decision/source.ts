/** Which names of a `decision` exercise must agree, and what must be possible. */
import { inlineBase } from '../../core/exercise-base.ts'
import type { ExerciseKind, InlineFile, NameFault } from '../../core/exercise-base.ts'
import { judgeOrder } from './judges/order.ts'
import { undecided } from './judgement.ts'
import type { DecisionCheck, DecisionExercise } from './schema.ts'
import { decisionExerciseSchema } from './schema.ts'

/** What the registry of kinds asks of a kind. */
export const decisionKind: ExerciseKind<typeof decisionExerciseSchema> = {
  schema: decisionExerciseSchema,
  inlineFiles,
  nameFaults,
  hollowAnswers: ['{}', '[]', 'yes'],
  datasetOf: () => null,
}

/** What an observation reveals may be a file, above all one that the simulator printed. */
function inlineFiles(exercise: DecisionExercise, inline: InlineFile): DecisionExercise {
  const checks = exercise.checks.map((check, index): DecisionCheck => {
    if (check.type !== 'observe') return check
    return { ...check, observations: check.observations.map((one, at) => ({ ...one, reveals: inline(one.reveals, ['checks', index, 'observations', at, 'reveals']) })) }
  })
  return { ...inlineBase(exercise, inline), checks }
}

function nameFaults(exercise: DecisionExercise): NameFault[] {
  return exercise.checks.flatMap((check, index) => faultsOf(check).map((message) => ({ path: ['checks', index], rule: 'exercise.check', message })))
}

function faultsOf(check: DecisionCheck): string[] {
  switch (check.type) {
    case 'order': {
      const ids = check.items.map((item) => item.id)
      const shown = judgeOrder(check, ids)
      return [
        ...repeated(ids),
        ...unknown(check.before.flatMap(({ first, then }) => [first, then]), check.items.filter((item) => item.leaveOut === undefined).map((item) => item.id)),
        ...(shown !== undecided && shown.passed ? ['The items stand in a right order already. Write them in a wrong one, since they are shown as written.'] : []),
      ]
    }
    case 'choose':
      return [...repeated(check.options.map((option) => option.id)), ...(check.options.some((option) => option.verdict === 'right') ? [] : ['No option is right.'])]
    case 'match':
      return [...repeated(check.from.map((one) => one.id)), ...repeated(check.to.map((one) => one.id)), ...unknown(check.from.flatMap((one) => [...one.accept, ...Object.keys(one.not)]), check.to.map((one) => one.id))]
    case 'hypotheses':
      return [...repeated(check.causes.map((cause) => cause.id)), ...unknown([check.truth], check.causes.map((cause) => cause.id))]
    case 'observe':
      return [...repeated(check.observations.map((one) => one.id)), ...unknown(check.needs.flatMap((need) => need.oneOf), check.observations.map((one) => one.id))]
    case 'estimate':
      return Object.values(check.units).includes(1) ? [] : ['No unit is worth 1, so nobody can tell in which unit `answer` is.']
  }
}

function repeated(ids: readonly string[]): string[] {
  return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `"${id}" stands twice.`)
}

function unknown(names: readonly string[], ids: readonly string[]): string[] {
  return names.filter((name) => !ids.includes(name)).map((name) => `There is no "${name}" to choose here.`)
}
