/** Everything of a shift in its order: what happened, what could be seen, and what the learner did. */
import type { Debrief } from '../../../../../exercises/simulator/incident/debrief/index.ts'
import type { ShiftEntry } from '../../../../../exercises/simulator/incident/shift/record.ts'
import { entryWords } from '../../room/entry-words.ts'
import { settledEntries } from '../../room/settled-entries.ts'
import { sinceText } from '../../room/sim-time.ts'
import { causeText, kindWords } from '../debrief-words.ts'

/** Who a line is about: the world, its signals, or the learner. */
export type Track = 'world' | 'signal' | 'you'

export interface TimelineLine {
  readonly id: string
  /** Simulation time in microseconds. */
  readonly atUs: number
  readonly track: Track
  readonly state: 'ok' | 'warn' | 'crit' | 'unknown'
  readonly title: string
  readonly detail: string
}

/** Lines in order of time; at the same time the world comes before its signals, and those before the learner. */
export function timelineLines(debrief: Debrief, entries: readonly ShiftEntry[], epochMs: number): readonly TimelineLine[] {
  const lines = [...worldLines(debrief, epochMs), ...signalLines(debrief, epochMs), ...settledEntries(entries).flatMap(({ entry, index }) => entryLine(debrief, entry, index))]
  const order: readonly Track[] = ['world', 'signal', 'you']
  return lines.toSorted((one, other) => one.atUs - other.atUs || order.indexOf(one.track) - order.indexOf(other.track))
}

function worldLines({ truth, changes, acts, mine, pageUs, endedUs }: Debrief, epochMs: number): readonly TimelineLine[] {
  const us = (timeUs: number): number => timeUs - epochMs * 1000
  return [
    ...truth.faults.map(({ id, timeUs, target, summary }) => ({ id: `fault ${String(id)}`, atUs: us(timeUs), track: 'world' as const, state: 'crit' as const, title: summary, detail: `${target}, hidden during the shift` })),
    ...changes.map(({ id, timeUs, target, actor, summary }) => ({ id: `change ${String(id)}`, atUs: us(timeUs), track: 'world' as const, state: 'unknown' as const, title: summary, detail: [target, actor].filter(Boolean).join(', ') })),
    ...acts.flatMap(({ effectUs, atUs, summary }, index) => (effectUs === null || effectUs <= atUs || effectUs > endedUs ? [] : [{ id: `effect ${String(index)}`, atUs: effectUs, track: 'world' as const, state: 'unknown' as const, title: `Takes effect: ${summary}`, detail: '' }])),
    ...(mine.mitigatedUs === null || mine.mitigatedUs <= pageUs || mine.mitigatedUs > endedUs ? [] : [{ id: 'mitigated', atUs: mine.mitigatedUs, track: 'world' as const, state: 'ok' as const, title: 'The objective holds again', detail: '' }]),
  ]
}

function signalLines({ transitions, known, truth, pageUs }: Debrief, epochMs: number): readonly TimelineLine[] {
  const alerts = transitions.flatMap(({ timeMs, rule, to }, index): readonly TimelineLine[] => {
    const base = { id: `alert ${String(index)}`, atUs: (timeMs - epochMs) * 1000, track: 'signal' as const, detail: '' }
    if (to === 'firing') return [{ ...base, state: 'crit', title: `${rule} fires`, detail: (timeMs - epochMs) * 1000 === pageUs ? 'the page' : '' }]
    return to === 'resolved' ? [{ ...base, state: 'ok', title: `${rule} is resolved` }] : []
  })
  const shown = known.flatMap(({ id, heldUs, askedUs }): readonly TimelineLine[] => {
    if (heldUs === null) return []
    const evidence = truth.evidence.find((one) => one.id === id)
    return [{ id: `known ${id}`, atUs: heldUs, track: 'signal', state: 'unknown', title: `Could be known: ${evidence?.label ?? id}`, detail: askedUs === null ? 'you did not open, ask or pin it' : `you saw it ${sinceText(askedUs - heldUs)} later` }]
  })
  return [...alerts, ...shown]
}

function entryLine({ truth }: Debrief, entry: ShiftEntry, index: number): readonly TimelineLine[] {
  const base = { id: `entry ${String(index)}`, atUs: entry.atUs, track: 'you' as const }
  if (entry.type === 'asked') return [{ ...base, state: 'unknown', title: `Asked ${kindWords[entry.kind] ?? entry.kind}`, detail: entry.query === '' ? 'everything' : entry.query }]
  if (entry.type === 'viewed') return [{ ...base, state: 'unknown', title: `Opened ${entry.panel === 'dashboards' ? `the dashboard ${entry.title}` : entry.title.toLowerCase()}`, detail: '' }]
  if (entry.type === 'typed') return [{ ...base, state: entry.exitCode === 0 ? 'unknown' : 'warn', title: 'Typed', detail: entry.line }]
  const words = entryWords(entry, (id) => causeText(truth, id))
  return words === null ? [] : [{ ...base, ...words }]
}
