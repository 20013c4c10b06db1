/** What a shift's entries add up to: pins, hypotheses, messages, the diagnosis. */
import type { Diagnosis, Hypothesis, Pin, ShiftEntry } from './record.ts'

export interface Notebook {
  readonly pins: readonly (Pin & { readonly atUs: number })[]
  /** As they are now, each with when it was first stated. */
  readonly hypotheses: readonly (Hypothesis & { readonly firstUs: number })[]
  readonly messages: readonly Extract<ShiftEntry, { type: 'said' }>[]
  readonly hints: readonly Extract<ShiftEntry, { type: 'hinted' }>[]
  readonly acknowledgedUs: number | null
  readonly diagnosis: (Diagnosis & { readonly atUs: number }) | null
  readonly endedUs: number | null
}

/** Folds entries; later ones win. */
export function notebookOf(entries: readonly ShiftEntry[]): Notebook {
  const pins = new Map<string, Notebook['pins'][number]>()
  const hypotheses = new Map<string, Notebook['hypotheses'][number]>()
  const messages: Extract<ShiftEntry, { type: 'said' }>[] = []
  const hints: Extract<ShiftEntry, { type: 'hinted' }>[] = []
  let acknowledgedUs: number | null = null
  let diagnosis: Notebook['diagnosis'] = null
  let endedUs: number | null = null
  for (const entry of entries) {
    switch (entry.type) {
      case 'acknowledged':
        acknowledgedUs ??= entry.atUs
        break
      case 'pinned':
        pins.set(entry.pin.id, { ...entry.pin, atUs: entry.atUs })
        break
      case 'unpinned':
        pins.delete(entry.pin)
        break
      case 'supposed':
        hypotheses.set(entry.hypothesis.id, { ...entry.hypothesis, firstUs: hypotheses.get(entry.hypothesis.id)?.firstUs ?? entry.atUs })
        break
      case 'dropped':
        hypotheses.delete(entry.hypothesis)
        break
      case 'said':
        messages.push(entry)
        break
      case 'hinted':
        hints.push(entry)
        break
      case 'diagnosed':
        diagnosis = { ...entry.diagnosis, atUs: entry.atUs }
        break
      case 'ended':
        endedUs = entry.atUs
        break
      case 'acted':
      case 'typed':
      case 'asked':
      case 'asked-by':
      case 'noted':
      case 'viewed':
        break
    }
  }
  return { pins: [...pins.values()], hypotheses: [...hypotheses.values()], messages, hints, acknowledgedUs, diagnosis, endedUs }
}

/** The hypothesis that is held for likeliest, of those that name a cause; of two that are as likely the one stated later. Null for none. */
export function likeliest({ hypotheses }: Notebook): Notebook['hypotheses'][number] | null {
  return hypotheses.filter(({ cause }) => cause !== '').reduce<Notebook['hypotheses'][number] | null>((best, one) => (best === null || one.confidence >= best.confidence ? one : best), null)
}
