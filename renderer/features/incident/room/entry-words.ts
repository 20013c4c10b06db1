/** Entries of a shift as lines of its timeline. */
import type { ShiftEntry } from '../../../../exercises/simulator/incident/shift/record.ts'

/** A line: what happened, and how it is to be taken. */
export interface EntryWords {
  readonly state: 'ok' | 'warn' | 'crit' | 'unknown'
  readonly title: string
  readonly detail: string
}

/**
 * Null for entries that a timeline leaves out: questions to the telemetry are many, and belong to the debrief.
 * @param causeOf the words of a cause by its id
 */
export function entryWords(entry: ShiftEntry, causeOf: (id: string) => string): EntryWords | null {
  switch (entry.type) {
    case 'acknowledged':
      return { state: 'ok', title: 'Acknowledged', detail: '' }
    case 'acted':
      if (entry.refused !== null) return { state: 'crit', title: `Refused: ${entry.act.action} ${entry.act.target}`, detail: entry.refused }
      return { state: 'warn', title: entry.summary, detail: '' }
    case 'noted':
      return { state: 'unknown', title: 'Note', detail: entry.text }
    case 'pinned':
      return { state: 'unknown', title: `Pinned: ${entry.pin.title}`, detail: '' }
    case 'supposed':
      return { state: 'unknown', title: 'Hypothesis', detail: entry.hypothesis.cause === '' ? '' : `${causeOf(entry.hypothesis.cause)} (${String(entry.hypothesis.confidence)}%)` }
    case 'said':
      return { state: 'unknown', title: entry.channel === 'incident' ? 'To the incident channel' : 'To the status page', detail: entry.text }
    case 'asked-by':
      return { state: 'warn', title: `${entry.who} asks`, detail: entry.text }
    case 'hinted':
      return { state: 'unknown', title: 'Asked for help', detail: '' }
    case 'diagnosed':
      return { state: 'unknown', title: 'Diagnosis', detail: `${entry.diagnosis.component}: ${String(entry.diagnosis.confidence)}% sure` }
    case 'ended':
      return { state: 'ok', title: 'Handed over', detail: '' }
    case 'typed':
    case 'asked':
    case 'unpinned':
    case 'dropped':
    case 'viewed':
      return null
  }
}
