/** What a learner may know of an incident while it runs: nothing of its truth. */
import { RandomStream } from '../../../../../exercises/simulator/engine/index.ts'
import { causeChoices } from '../../../../../exercises/simulator/incident/index.ts'
import type { Act, CauseChoice } from '../../../../../exercises/simulator/incident/index.ts'
import type { RoomCall } from './room-call.ts'

export interface RoomFacts {
  readonly title: string
  /** What has to hold again. */
  readonly objective: { readonly label: string; readonly when: string; readonly holdUs: number; readonly withinUs: number }
  readonly budget: { readonly good: string; readonly total: string; readonly target: number; readonly days: number }
  readonly scale: string | null
  /** Actions that the room offers first, in an order that tells nothing. */
  readonly suggested: readonly Act[]
  /** True cause and rivals, in an order that tells nothing. */
  readonly causes: readonly CauseChoice[]
  /** Every part with its kind. */
  readonly parts: readonly { readonly name: string; readonly kind: string }[]
  /** Questions of the coach, or hints with a price; none on call. */
  readonly hints: readonly string[]
}

const facts: RoomCall<null, RoomFacts> = ({ incident: { spec }, world, seed, level }) => {
  const { objective, budget } = spec
  const order = new RandomStream(seed, `${spec.id}/order`)
  const mixed = <T>(items: readonly T[]): readonly T[] => items.map((item) => ({ item, place: order.uniform() })).toSorted((one, other) => one.place - other.place).map(({ item }) => item)
  return {
    title: spec.title,
    objective: { label: objective.label, when: objective.when, holdUs: objective.hold, withinUs: objective.within },
    budget: { good: budget.good, total: budget.total, target: budget.target, days: budget.days },
    scale: spec.scale ?? null,
    suggested: mixed(spec.actions.map(({ act }) => act)),
    causes: mixed(causeChoices(spec)),
    parts: world.parts.map(({ name, index }) => ({ name, kind: world.kindOf(index) })),
    hints: level === 'guided' ? spec.hints.guided : level === 'assisted' ? spec.hints.assisted : [],
  }
}

export const factsCalls = { 'room.facts': facts }
