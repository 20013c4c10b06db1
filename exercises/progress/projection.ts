/**
 * Progress as a fold over learning events. The result depends on the set of events only: duplicates change nothing,
 * and events that arrive late (an import, another computer) land where their time puts them.
 */
import type { VisibleProgress } from './apply-fact.ts'
import { applyFact, nothingVisible } from './apply-fact.ts'
import type { LearningEvent, LearningFact } from './events.ts'
import { masteryOf } from './mastery.ts'
import type { Renames } from './renames.ts'
import { noRenames } from './renames.ts'
import type { ProgressSnapshot } from './snapshot.ts'

/**
 * Events in the order (at, id). States of one history share the arrays: appending to the newest state is O(1), and a
 * state sees only its own first `length` entries, so no state ever changes.
 */
interface EventLog {
  readonly entries: LearningEvent[]
  readonly positions: Map<string, number>
  readonly length: number
}

/** A learner's whole history, folded. Make it with `foldEvents`, grow it with `applyEvent`, show it with `snapshotOf`. */
export interface ProgressState {
  readonly renames: Renames
  readonly log: EventLog
  readonly visible: VisibleProgress
  /** Resets that are in force, newest first. */
  readonly resets: ProgressSnapshot['resets']
}

/** The order in which events count: by the learner's clock, then by id. */
export function compareEvents(a: LearningEvent, b: LearningEvent): number {
  return a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/** A learner who has done nothing. */
export function emptyProgress(renames: Renames = noRenames): ProgressState {
  return { renames, log: { entries: [], positions: new Map(), length: 0 }, visible: nothingVisible, resets: [] }
}

/** Whether this event is part of the state. */
export function knowsEvent(state: ProgressState, id: string): boolean {
  return (state.log.positions.get(id) ?? Number.POSITIVE_INFINITY) < state.log.length
}

/** The state with these events in it. Order and duplicates do not matter. */
export function foldEvents(events: Iterable<LearningEvent>, renames: Renames = noRenames): ProgressState {
  return applyEvents(emptyProgress(renames), events)
}

/** The state with one more event. Constant time for the usual case: the newest fact, not a reset. */
export function applyEvent(state: ProgressState, event: LearningEvent): ProgressState {
  return applyEvents(state, [event])
}

/** The state with more events; one re-fold at most, however many of them are late. */
export function applyEvents(state: ProgressState, events: Iterable<LearningEvent>): ProgressState {
  const fresh: LearningEvent[] = []
  const seen = new Set<string>()
  for (const event of events) {
    if (seen.has(event.id) || knowsEvent(state, event.id)) continue
    seen.add(event.id)
    fresh.push(slim(event))
  }
  const first = fresh.sort(compareEvents)[0]
  if (first === undefined) return state
  const last = state.log.length === 0 ? undefined : state.log.entries[state.log.length - 1]
  if (last !== undefined && compareEvents(last, first) > 0) {
    const entries = [...state.log.entries.slice(0, state.log.length), ...fresh].sort(compareEvents)
    return refold(state.renames, logOf(entries))
  }
  const log = appended(state.log, fresh)
  if (fresh.some(({ fact }) => isReset(fact))) return refold(state.renames, log)
  let visible = state.visible
  for (const event of fresh) visible = applyFact(visible, renamed(state.renames, event))
  return { ...state, log, visible }
}

/** The same history after content renamed some ids. */
export function withRenames(state: ProgressState, renames: Renames): ProgressState {
  return refold(renames, state.log)
}

/** What the screens show. */
export function snapshotOf(state: ProgressState): ProgressSnapshot {
  const { visible } = state
  return {
    chapters: visible.chapters,
    exercises: visible.exercises,
    incidents: visible.incidents,
    skills: Object.fromEntries(Object.entries(visible.skills).map(([id, sums]) => [id, { mastery: masteryOf(sums), evidence: sums.evidence }])),
    placed: visible.placed,
    known: [...visible.known],
    resume: visible.resume,
    changesSeen: [...visible.changesSeen],
    notes: [...visible.notes],
    resets: state.resets,
    events: state.log.length,
  }
}

function isReset(fact: LearningFact): boolean {
  return fact.type === 'progress.reset' || fact.type === 'progress.resetUndone'
}

/** Without what the projection never reads: the text of the answer and the evidence of its grade, most of a log's size. */
function slim(event: LearningEvent): LearningEvent {
  if (event.fact.type !== 'exercise.graded') return event
  const { score, passed } = event.fact.grade
  return { ...event, fact: { ...event.fact, answer: '', grade: { score, passed, checks: [] } } }
}

function renamed(renames: Renames, event: LearningEvent): LearningEvent {
  return renames === noRenames ? event : { ...event, fact: renames(event.fact) }
}

function logOf(entries: LearningEvent[]): EventLog {
  return { entries, positions: new Map(entries.map(({ id }, position) => [id, position])), length: entries.length }
}

function appended(log: EventLog, events: readonly LearningEvent[]): EventLog {
  // Another state already grew these arrays: leave them to it.
  if (log.length !== log.entries.length) return logOf([...log.entries.slice(0, log.length), ...events])
  for (const event of events) {
    log.positions.set(event.id, log.entries.length)
    log.entries.push(event)
  }
  return { ...log, length: log.entries.length }
}

/** The scopes that a fact belongs to; none for facts that no reset hides (resets themselves, change notes seen, the learner's own notes). */
function scopesOf(fact: LearningFact): string[] {
  if (fact.type === 'note.kept') return []
  if ('exercise' in fact) return ['all', `exercise:${fact.exercise}`]
  if ('incident' in fact) return ['all', `incident:${fact.incident}`]
  if ('chapter' in fact) return ['all', `chapter:${fact.chapter}`]
  return []
}

/** What of a sorted history is not hidden by a reset that still holds, and those resets, newest first. */
function withoutHidden(events: readonly LearningEvent[]): { kept: LearningEvent[]; resets: ProgressSnapshot['resets'] } {
  const undone = new Set(events.flatMap(({ fact }) => (fact.type === 'progress.resetUndone' ? [fact.reset] : [])))
  const resets: ProgressSnapshot['resets'] = []
  /** By scope: the reset in force that comes next after the event looked at. */
  const nextReset = new Map<string, ProgressSnapshot['resets'][number]>()
  const kept: LearningEvent[] = []
  for (const event of events.toReversed()) {
    const { id, at, fact } = event
    if (fact.type === 'progress.reset' && !undone.has(id)) {
      const reset = { id, scope: fact.scope, at, hidden: 0 }
      resets.push(reset)
      for (const scope of [fact.scope, ...(fact.also ?? [])]) nextReset.set(scope, reset)
      continue
    }
    const hiding = scopesOf(fact).flatMap((scope) => nextReset.get(scope) ?? [])
    if (hiding.length === 0) kept.push(event)
    // Counted for the reset that hid it first, whose undo is about it.
    else hiding.reduce((a, b) => (resets.indexOf(a) > resets.indexOf(b) ? a : b)).hidden += 1
  }
  return { kept: kept.reverse(), resets }
}

/** Folds a sorted log from its start, leaving out what a reset that still holds has hidden. */
function refold(renames: Renames, log: EventLog): ProgressState {
  const { kept, resets } = withoutHidden(log.entries.slice(0, log.length).map((event) => renamed(renames, event)))
  let visible = nothingVisible
  for (const event of kept) visible = applyFact(visible, event)
  return { renames, log, visible, resets }
}

/** A graded answer with everything that was kept of it. */
export interface Attempt {
  id: string
  /** Milliseconds since the Unix epoch. */
  at: number
  fact: Extract<LearningFact, { type: 'exercise.graded' }>
}

/** Every graded answer to an exercise that no reset hides, newest first. Takes whole events: a state keeps no answers. */
export function attemptsOf(events: readonly LearningEvent[], exercise: string, renames: Renames = noRenames): Attempt[] {
  const { kept } = withoutHidden(events.toSorted(compareEvents).map((event) => renamed(renames, event)))
  return kept.flatMap(({ id, at, fact }) => (fact.type === 'exercise.graded' && fact.exercise === exercise ? [{ id, at, fact }] : [])).toReversed()
}
