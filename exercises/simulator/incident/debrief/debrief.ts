/** Everything that a debrief shows of an ended shift, computed from the shift alone. */
import type { AlertTransition, ChangeEvent } from '../../telemetry/index.ts'
import { causeChoices, trueCause } from '../causes.ts'
import type { Incident } from '../read-incident.ts'
import { notebookOf } from '../shift/index.ts'
import type { Notebook, Shift } from '../shift/index.ts'
import { judgeEvidence } from './evidence.ts'
import type { JudgedEvidence } from './evidence.ts'
import type { Forks } from './forks.ts'
import { judgeActs } from './judged-acts.ts'
import type { JudgedAct } from './judged-acts.ts'
import { keyTimesOf } from './key-times.ts'
import type { KeyTimes } from './key-times.ts'
import { knownEvidence } from './knowable.ts'
import type { KnownEvidence } from './knowable.ts'
import { judgeMessages } from './messages.ts'
import type { JudgedMessage } from './messages.ts'
import { curveBefore, outcomeOf } from './outcome.ts'
import type { Curve, Outcome } from './outcome.ts'
import { scoreOutcome, scoreProcess } from './score-shift.ts'
import type { ScoreLine } from './score-shift.ts'

/** The truth, which nobody saw before. */
export interface Truth {
  readonly kind: Incident['spec']['kind']
  readonly component: string
  /** The cause in its author's words. */
  readonly label: string
  /** The cause as the room offered it: in a false alarm the words that every incident has. */
  readonly offered: string
  readonly mechanism: string
  readonly trigger: string
  readonly onset: string
  /** Other triggers that are as right. */
  readonly onsetAlso: readonly string[]
  readonly evidence: readonly { readonly id: string; readonly label: string; readonly kind: string; readonly query: string; readonly claim: string; readonly tellsApartFrom: readonly string[] }[]
  readonly rivals: readonly { readonly id: string; readonly label: string; readonly because: string; readonly query: string; readonly claim: string }[]
  readonly actions: Incident['spec']['actions']
  readonly expert: Incident['spec']['expert']
  readonly wrong: readonly { readonly name: string; readonly belief: string; readonly because: string }[]
  readonly reading: readonly string[]
  /** What made the shift harder; null for nothing. */
  readonly mode: Incident['mode']
  /** The smaller fault of the mode with two. */
  readonly second: Incident['second']
  /** What struck, hidden during the shift. Times in microseconds since the Unix epoch. */
  readonly faults: readonly ChangeEvent[]
}

export interface Debrief {
  /** Simulation time in microseconds: the page, where the learner stopped, and until when all three are compared. */
  readonly pageUs: number
  readonly endedUs: number
  readonly endUs: number
  readonly notebook: Notebook
  readonly keyTimes: KeyTimes
  readonly acts: readonly JudgedAct[]
  readonly known: readonly KnownEvidence[]
  /** Alerts of the learner's world from the opening of the shift on. */
  readonly transitions: readonly AlertTransition[]
  /** What teams changed, which everybody could see. */
  readonly changes: readonly ChangeEvent[]
  readonly evidence: JudgedEvidence
  readonly messages: readonly JudgedMessage[]
  /** How it was worked: 0..1, and its lines. */
  readonly process: number
  readonly processLines: readonly ScoreLine[]
  readonly mine: Outcome
  /** The curve that all three hands share, up to the page. */
  readonly before: Curve
  /** Price of one failed request; null where the incident names none. */
  readonly cost: { readonly amount: number; readonly currency: string } | null
  /** Failed requests over those that the whole window's budget allows at this traffic: 1 is all of it. */
  readonly budgetBurned: number
  readonly truth: Truth
}

/** What nobody and the expert would have come to, and what the learner's shift was worth beside them. */
export interface Comparison {
  readonly nobody: Outcome
  readonly expert: Outcome
  readonly budgetBurned: { readonly nobody: number; readonly expert: number }
  /** 0..1, and its lines. */
  readonly outcome: number
  readonly outcomeLines: readonly ScoreLine[]
}

/** As whom the model enters what is done without another name: the learner's acts, when they take hold. */
const learnerActor = 'on-call'

/** Until when the three hands are compared: the time that the expert has, or longer where the shift was longer. */
export function comparedUntilUs({ incident, pageUs, nowUs }: Shift): number {
  return Math.max(nowUs, pageUs + incident.spec.objective.within)
}

/** Everything but the comparison with others. @param shift after its end or at its limit */
export function makeDebrief(shift: Shift): Debrief {
  const { incident, entries, pageUs } = shift
  const { spec } = incident
  const endUs = comparedUntilUs(shift)
  // What was done before the hand-over goes on to work, or not to.
  const world = shift.nowUs < endUs ? shift.world.fork() : shift.world
  world.runUntil(endUs)
  const mine = outcomeOf(world, shift, endUs)
  const notebook = notebookOf(entries)
  const evidence = judgeEvidence(shift.world, spec, notebook.pins, spec.history)
  const messages = judgeMessages(notebook.messages)
  const { epochMs, alerts, changes } = shift.world.telemetry
  const epochUs = epochMs * 1000
  const firstFaultUs = incident.topology.faults.reduce((first, { atUs }) => Math.min(first, atUs), pageUs)
  return {
    pageUs, endedUs: shift.nowUs, endUs,
    keyTimes: keyTimesOf(entries, notebook, mine),
    acts: judgeActs(spec, incident.second, entries),
    known: knownEvidence(world, spec, firstFaultUs, entries),
    transitions: alerts.transitions().filter(({ timeMs }) => timeMs >= epochMs + spec.history / 1000),
    changes: changes.between(epochUs + spec.history, epochUs + shift.nowUs + 1).filter(({ kind, actor }) => kind !== 'audit' && actor !== learnerActor),
    notebook, evidence, messages, mine, before: curveBefore(world, shift), cost: spec.budget.cost ?? null,
    ...scoreProcess({ incident, level: shift.level, pageUs, entries, notebook, evidence, messages, mine }),
    budgetBurned: budgetBurned(shift, mine, endUs),
    truth: truthOf(shift),
  }
}

/** Compares the learner's outcome with the two others. A generator: each value is how far it is, 0..1. */
export function* compareWithForks(shift: Shift, forks: Forks, mine: Outcome): Generator<number, Comparison> {
  const endUs = comparedUntilUs(shift)
  const { nobody, expert } = yield* forks.runTo(endUs)
  return {
    nobody, expert,
    budgetBurned: { nobody: budgetBurned(shift, nobody, endUs), expert: budgetBurned(shift, expert, endUs) },
    ...scoreOutcome({ incident: shift.incident, pageUs: shift.pageUs, mine, nobody, expert }),
  }
}

/** Failed requests over those that the whole window's budget allows at this traffic: 1 is all of it. */
function budgetBurned({ incident: { spec } }: Shift, { failed, total }: Outcome, endUs: number): number {
  const { target, days } = spec.budget
  const allowed = (1 - target) * total * ((days * 86_400e6) / (endUs - spec.history))
  return allowed === 0 ? 0 : failed / allowed
}

function truthOf({ incident: { spec, mode, second }, world }: Shift): Truth {
  const { component, label, mechanism, trigger, onset, evidence } = spec.truth
  const offered = new Map(causeChoices(spec).map((choice) => [choice.id, choice.label]))
  const epochUs = world.telemetry.epochMs * 1000
  const everything = world.telemetry.changes.between(epochUs, epochUs + world.nowUs + 1, { hidden: true })
  return {
    kind: spec.kind, mode, second, component, label, offered: offered.get(trueCause) ?? label, mechanism, trigger, onset, onsetAlso: spec.truth['onset-also'],
    evidence: evidence.map(({ id, label: says, kind, query, claim, tellsApartFrom }) => ({ id, label: says, kind, query, claim: claim.text, tellsApartFrom })),
    rivals: spec.rivals.map(({ id, label: says, because, innocent }) => ({ id, label: offered.get(id) ?? says, because, query: innocent.query, claim: innocent.claim.text })),
    actions: spec.actions, expert: spec.expert, wrong: spec.wrong.map(({ name, belief, because }) => ({ name, belief, because })), reading: spec.reading,
    faults: everything.filter(({ hidden }) => hidden),
  }
}
