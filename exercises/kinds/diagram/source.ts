/** Which names of a `diagram` exercise must agree. */
import { inlineBase } from '../../core/exercise-base.ts'
import type { ExerciseKind, NameFault } from '../../core/exercise-base.ts'
import type { DiagramCheck, DiagramExercise } from './schema.ts'
import { diagramExerciseSchema } from './schema.ts'

/** What the registry of kinds asks of a kind. */
export const diagramKind: ExerciseKind<typeof diagramExerciseSchema> = {
  schema: diagramExerciseSchema,
  inlineFiles: inlineBase,
  nameFaults,
  hollowAnswers: ['not a diagram', 'flowchart LR\n', 'flowchart LR\n  a --> b', 'sequenceDiagram\n  A->>B: hello', 'stateDiagram-v2\n  [*] --> a'],
  datasetOf: () => null,
}

const ofGraphs = new Set<DiagramCheck['type']>(['edges', 'paths', 'branches', 'cycle', 'acyclic'])
const ofSequences = new Set<DiagramCheck['type']>(['order', 'blocks', 'notes', 'active'])

function nameFaults(exercise: DiagramExercise): NameFault[] {
  const known = new Set(Object.keys(exercise.meanings))
  const takesGraphs = exercise.accepts.some((kind) => kind !== 'sequence')
  const takesSequences = exercise.accepts.includes('sequence')
  return [
    ...Object.entries(exercise.meanings).flatMap(([name, { is, not }]) =>
      patternFaults([...is.flatMap((one) => /^\/(.*)\/$/s.exec(one)?.[1] ?? []), ...not]).map((message) => ({ path: ['meanings', name], rule: 'exercise.pattern', message })),
    ),
    ...exercise.checks.flatMap((check, index) => {
      const faults = [...patternFaults(patternsIn(check)), ...namesIn(check).filter((name) => name !== 'any' && !known.has(name)).map((name) => `There is no meaning "${name}".`)]
      if (ofGraphs.has(check.type) && takesSequences) faults.push(`A \`${check.type}\` check judges no sequence, and the exercise accepts one.`)
      if (ofSequences.has(check.type) && takesGraphs) faults.push(`A \`${check.type}\` check judges sequences alone, and the exercise accepts others.`)
      if (check.type === 'order') faults.push(...orderFaults(check.messages.map((message) => message.id), check.orders?.flat() ?? []))
      if (check.type === 'size' && check.most < check.least) faults.push('`most` is less than `least`.')
      return faults.map((message) => ({ path: ['checks', index], rule: 'exercise.check', message }))
    }),
  ]
}

function orderFaults(ids: readonly string[], used: readonly string[]): string[] {
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `The message "${id}" stands twice.`)
  return [...twice, ...used.filter((id) => !ids.includes(id)).map((id) => `There is no message "${id}".`)]
}

/** Every value under one of these keys, however deep. */
function valuesAt(value: unknown, keys: ReadonlySet<string>): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => valuesAt(one, keys))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inside]) => (keys.has(key) ? leaves(inside) : valuesAt(inside, keys)))
}

function leaves(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.flatMap(leaves) : []
}

const nameKeys = new Set(['is', 'from', 'to', 'via', 'through', 'avoids', 'inside', 'outside', 'at', 'among', 'over', 'who'])
const patternKeys = new Set(['says', 'not'])
const namesIn = (check: DiagramCheck): string[] => valuesAt(check, nameKeys)
const patternsIn = (check: DiagramCheck): string[] => valuesAt(check, patternKeys)

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
