/** Everything that a debrief shows of an ended shift, computed from the shift alone. */
import { createWorld } from '../../model/index.ts'
import type { AlertTransition, ChangeEvent } from '../../telemetry/index.ts'
import { counted } from '../observe.ts'
import type { PagedWorld } from '../play.ts'
import type { Incident } from '../read-incident.ts'
import { notebookOf } from '../shift/index.ts'
import type { Notebook, Shift } from '../shift/index.ts'
import { judgeEvidence } from './evidence.ts'
import type { JudgedEvidence } from './evidence.ts'
import { judgeActs } from './judged-acts.ts'
import type { JudgedAct } from './judged-acts.ts'
import { keyTimesOf } from './key-times.ts'
import type { KeyTimes } from './key-times.ts'
import { EvidenceWatch } from './knowable.ts'
import type { KnownEvidence } from './knowable.ts'
import { judgeMessages } from './messages.ts'
import type { JudgedMessage } from './messages.ts'
import { learner, nobody, player, runOutcome } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import { scoreShift } from './score-shift.ts'
import type { ShiftScore } from './score-shift.ts'

/** The truth, which nobody saw before. */
export interface Truth {
  readonly kind: Incident['spec']['kind']
  readonly component: string
  readonly label: string
  readonly mechanism: string
  readonly trigger: string
  readonly onset: string
  readonly evidence: readonly { readonly id: string; readonly label: string; readonly kind: string; readonly query: string; readonly claim: string; readonly tellsApartFrom: readonly string[] }[]
  readonly rivals: readonly { readonly id: string; readonly label: string; readonly because: string; readonly query: string; readonly claim: string }[]
  readonly actions: Incident['spec']['actions']
  readonly expert: Incident['spec']['expert']
  readonly wrong: readonly { readonly name: string; readonly belief: string; readonly because: string }[]
  readonly reading: readonly string[]
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
  readonly score: ShiftScore
  readonly mine: Outcome
  readonly nobody: Outcome
  readonly expert: Outcome
  /** The curve that all three share, up to the page. */
  readonly before: Outcome['curve']
  /** Price of one failed request; null where the incident names none. */
  readonly cost: { readonly amount: number; readonly currency: string } | null
  /** Failed requests over those that the whole window's budget allows at this traffic: 1 is all of it. */
  readonly budgetBurned: { readonly mine: number; readonly nobody: number; readonly expert: number }
  readonly truth: Truth
}

/** As whom the model enters what is done without another name: the learner's acts, when they take hold. */
const learnerActor = 'on-call'

/** Computes it. A generator: each value is how far it is, 0..1. @param shift after its end or at its limit */
export function* makeDebrief(shift: Shift): Generator<number, Debrief> {
  const { incident, entries, pageUs } = shift
  const { spec } = incident
  const watch = new EvidenceWatch(spec, incident.topology.faults.reduce((first, { atUs }) => Math.min(first, atUs), pageUs))
  const paged = yield* pagedAgain(shift, watch)
  // All three are compared over the time that the expert has, or longer where the shift was longer.
  const endUs = Math.max(shift.nowUs, pageUs + spec.objective.within)
  const part = function* (first: number, run: Generator<number, Outcome>): Generator<number, Outcome> {
    for (let step = run.next(); ; step = run.next()) {
      if (step.done) return step.value
      yield first + step.value * 0.25
    }
  }
  const mine = yield* part(0.25, runOutcome(incident, paged, learner(entries), endUs, { entries, onScrape: (world) => watch.look(world) }))
  const idle = yield* part(0.5, runOutcome(incident, paged, nobody(), endUs))
  const expert = yield* part(0.75, runOutcome(incident, paged, player(spec.expert, pageUs), endUs))
  const notebook = notebookOf(entries)
  const evidence = judgeEvidence(shift.world, spec, notebook.pins, spec.history)
  const { target, days, cost } = spec.budget
  const messages = judgeMessages(notebook.messages)
  const burned = ({ failed, total }: Outcome): number => {
    const allowed = (1 - target) * total * ((days * 86_400e6) / (endUs - spec.history))
    return allowed === 0 ? 0 : failed / allowed
  }
  const { epochMs, alerts, changes } = shift.world.telemetry
  const epochUs = epochMs * 1000
  return {
    pageUs, endedUs: shift.nowUs, endUs,
    keyTimes: keyTimesOf(entries, notebook, mine),
    acts: judgeActs(spec, entries),
    known: watch.known(shift.world, entries),
    transitions: alerts.transitions().filter(({ timeMs }) => timeMs >= epochMs + spec.history / 1000),
    changes: changes.between(epochUs + spec.history, epochUs + shift.nowUs + 1).filter(({ kind, actor }) => kind !== 'audit' && actor !== learnerActor),
    notebook, evidence, messages, mine, nobody: idle, expert, before: paged.before, cost: cost ?? null,
    score: scoreShift({ incident, level: shift.level, pageUs, entries, notebook, evidence, messages, mine, nobody: idle, expert }),
    budgetBurned: { mine: burned(mine), nobody: burned(idle), expert: burned(expert) },
    truth: truthOf(shift),
  }
}

/** The world at its page again, as it was before anything was done. */
function* pagedAgain({ incident, seed, pageUs }: Shift, watch: EvidenceWatch): Generator<number, PagedWorld & { before: Outcome['curve'] }> {
  const world = createWorld(incident.topology, { seed })
  const { scrapeUs } = incident.topology.telemetry
  const { history, budget } = incident.spec
  world.runUntil(history)
  yield 0.15
  const opened = { good: counted(world, budget.good), total: counted(world, budget.total) }
  const atUs: number[] = []
  const failed: number[] = []
  while (world.nowUs < pageUs) {
    atUs.push(world.nowUs)
    failed.push(counted(world, budget.total) - opened.total - (counted(world, budget.good) - opened.good))
    world.runUntil(Math.min(pageUs, (Math.floor(world.nowUs / scrapeUs) + 1) * scrapeUs))
    watch.look(world)
  }
  yield 0.25
  return { world, pageUs, opened, before: { atUs: Float64Array.from(atUs), failed: Float64Array.from(failed) } }
}

function truthOf({ incident: { spec }, world }: Shift): Truth {
  const { component, label, mechanism, trigger, onset, evidence } = spec.truth
  const epochUs = world.telemetry.epochMs * 1000
  const everything = world.telemetry.changes.between(epochUs, epochUs + world.nowUs + 1, { hidden: true })
  return {
    kind: spec.kind, component, label, mechanism, trigger, onset,
    evidence: evidence.map(({ id, label: says, kind, query, claim, tellsApartFrom }) => ({ id, label: says, kind, query, claim: claim.text, tellsApartFrom })),
    rivals: spec.rivals.map(({ id, label: says, because, innocent }) => ({ id, label: says, because, query: innocent.query, claim: innocent.claim.text })),
    actions: spec.actions, expert: spec.expert, wrong: spec.wrong.map(({ name, belief, because }) => ({ name, belief, because })), reading: spec.reading,
    faults: everything.filter(({ hidden }) => hidden),
  }
}
