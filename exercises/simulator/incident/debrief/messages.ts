/** Judges what was said to people during a shift: by words and by form, never by style. */
import { matchesAny, regexOf } from '../../../kinds/document/patterns.ts'
import { phraseRules } from '../../../kinds/document/phrases.ts'
import type { PhraseListName } from '../../../kinds/document/phrases.ts'
import { readDocument } from '../../../kinds/document/read.ts'
import type { ShiftEntry } from '../shift/index.ts'

export type Said = Extract<ShiftEntry, { type: 'said' }>

export interface JudgedMessage {
  readonly message: Said
  /** What a reader would miss or stumble over; empty for a sound message. */
  readonly faults: readonly string[]
}

/** A message of fewer words says nothing. */
const fewestWords = 8
/** A time of day, a length of time, or a moment that a reader can wait for. */
const nextTime = /\b([01]?\d|2[0-3]):[0-5]\d\b|\b(in|within|every)\s+(the next\s+)?\d+\s*(minutes?|min|hours?|h)\b/i

const lists: Readonly<Record<Said['channel'], readonly PhraseListName[]>> = { incident: ['blame'], 'status-page': ['blame', 'speculation', 'jargon', 'vague'] }

/** Judges each message; the words that are found are quoted. */
export function judgeMessages(messages: readonly Said[]): readonly JudgedMessage[] {
  return messages.map((message) => ({ message, faults: faultsOf(message) }))
}

function faultsOf({ channel, text, phase }: Said): readonly string[] {
  const faults: string[] = []
  const words = text.split(/\s+/).filter(Boolean).length
  if (words < fewestWords) faults.push(`It has ${String(words)} words: say who is affected, by what, and what happens next.`)
  if (phase !== 'resolved' && !nextTime.test(text)) faults.push('It does not say when the next update comes.')
  const { sentences } = readDocument(text)
  for (const list of lists[channel]) {
    for (const { any, unless, because } of phraseRules(list, [])) {
      for (const sentence of sentences) {
        if (matchesAny(sentence.text, unless)) continue
        const found = any.map((pattern) => regexOf(pattern).exec(sentence.text)?.[0].trim()).find((phrase) => phrase !== undefined)
        if (found !== undefined) faults.push(`"${found}": ${because}`)
      }
    }
  }
  return faults
}
