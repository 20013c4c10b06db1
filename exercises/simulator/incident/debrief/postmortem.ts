/** The postmortem of a shift: a document begun with what the shift produced, and the checks that it is held against. */
import type { DocumentExercise } from '../../../kinds/document/schema.ts'
import type { ShiftEntry } from '../shift/record.ts'
import type { Debrief } from './debrief.ts'
import { escaped, lengthPatterns, minuteOf, numberPatterns, tellingStems, triggerPatterns, twoOf } from './postmortem-facts.ts'
import { postmortemStart } from './postmortem-start.ts'

/** A shift as its postmortem needs it. */
export interface PostmortemInput {
  readonly incident: string
  readonly debrief: Debrief
  readonly entries: readonly ShiftEntry[]
  readonly title: string
  /** Name of the alert that paged. */
  readonly alert: string
  readonly chapter: string
  readonly skills: readonly string[]
  /** Of the world, in milliseconds since the Unix epoch. */
  readonly epochMs: number
}

const rootCause = ['Root cause']
const actions = ['Actions']

/** A document exercise about this very shift; nothing of it is written by an author. */
export function postmortemOf(input: PostmortemInput): DocumentExercise {
  const { incident, debrief, title, chapter, skills, epochMs } = input
  const { truth, mine, pageUs, keyTimes, known } = debrief
  const stems = tellingStems(truth.label, truth.rivals.map(({ label }) => label))
  const shownFirst = known.flatMap(({ heldUs }) => (heldUs === null ? [] : [heldUs])).toSorted((one, other) => one - other)[0]
  const isFalseAlarm = truth.kind === 'false-alarm'
  return {
    id: `postmortem-${incident}`, kind: 'document', version: 1, title: `Postmortem: ${title}`, summary: 'What happened, why, and what will be different.', chapter, minutes: 15, difficulty: 3, skills: [...skills], covers: [],
    audience: 'engineers who were not there, in a year',
    starter: postmortemStart(input),
    checks: [
      {
        id: 'parts', label: 'Every section says something', points: 1, hint: 'Keep the headings, and fill each.', type: 'sections', ordered: true,
        sections: [
          { names: ['Summary'], minWords: 25 }, { names: ['Impact'], minWords: 8 }, { names: ['Timeline'], minWords: 15 }, { names: ['Detection'], minWords: 12 },
          { names: rootCause, minWords: 25 }, { names: ['What went well and what did not'], minWords: 15 }, { names: actions, minWords: 16 },
        ],
      },
      {
        id: 'summary', label: 'The summary says how many requests failed and for how long', points: 2, hint: 'Both figures stand under Impact. A rounded one is fine.', type: 'facts',
        facts: [
          { id: 'failed', asks: 'How many requests failed?', any: [...numberPatterns(mine.failed), ...(mine.failed === 0 ? ['\\b(?:no|none|not one)\\b'] : [])], also: ['\\b(?:request|fail|order|user|visitor|call|error)'], contradictions: [], section: ['Summary'], brief: false },
          keyTimes.mitigatedUs === null
            ? { id: 'length', asks: 'Was it over when you handed over?', any: ['\\b(?:not|still|never|open|until)\\b'], also: [], contradictions: [], section: ['Summary'], brief: false }
            : { id: 'length', asks: 'How long did it last from the page on?', any: isFalseAlarm ? ['\\b(?:min|false|never|not|no)'] : [...lengthPatterns(keyTimes.mitigatedUs - pageUs)], also: [], contradictions: [], section: ['Summary'], brief: false },
        ],
      },
      { id: 'timeline', label: 'The timeline rises, in UTC', points: 1, hint: 'Oldest first. Say UTC once.', type: 'timeline', section: ['Timeline'], min: 3 },
      {
        id: 'figures', label: 'Every time of day is one of this shift', points: 1, hint: 'The Timeline tab has all of them.', type: 'figures', min: 2, amounts: [],
        times: { known: knownMinutes(input) },
      },
      {
        id: 'cause', label: 'Root cause: the part, the mechanism and what set it off', points: 3, hint: 'The Cause tab has what it was. Say it in your own sentences.', type: 'facts',
        facts: [
          { id: 'component', asks: 'In which part?', any: [`\\b${escaped(truth.component)}\\b`], also: [], contradictions: [], section: rootCause, brief: false },
          { id: 'mechanism', asks: 'By which mechanism?', any: [...twoOf(stems)], also: [], contradictions: [], section: rootCause, brief: false },
          { id: 'trigger', asks: isFalseAlarm ? 'Why did it page?' : 'What set it off?', any: [...triggerPatterns(truth)], also: [], contradictions: [], section: rootCause, brief: false },
        ],
      },
      {
        id: 'detection', label: 'When it could have been known', points: 1, hint: 'The Timeline tab says from when each piece of evidence was there.', type: 'facts',
        facts: [{ id: 'known', asks: 'At what time did a signal first show the cause?', any: shownFirst === undefined ? ['\\b\\d{1,2}:\\d\\d\\b'] : nearMinutes(epochMs, shownFirst), also: [], contradictions: [], section: ['Detection'], brief: true }],
      },
      { id: 'actions', label: 'Two actions or more, each with owner, due date and type; one prevents, one detects', points: 3, hint: 'For example: "| Limit the wait for the provider to 2 s | Ana | 2026-12-04 | preventive |"', type: 'actions', section: actions, min: 2, dated: true, after: new Date(epochMs + debrief.endedUs / 1000).toISOString().slice(0, 10), typed: true, types: ['preventive', 'detective'], people: [] },
      { id: 'blameless', label: 'The system is examined, not people, and nothing is guessed', points: 1, hint: 'Say what was shown, what was allowed and what was missing.', type: 'avoid', lists: ['blame', 'speculation'], people: [], allow: [], avoid: [] },
    ],
    hints: [],
    proof: { reference: '', alternatives: [], wrong: [] },
    selfReview: ['Would everybody who worked on this find it fair?', 'Does each action change what a system does, so that it helps on the next night as well?', 'Could somebody check each entry of the timeline without asking you?', 'Which action would have saved the most minutes, and does it have the nearest date?'],
  }
}

/** A moment may be told to the minute before or after it. */
function nearMinutes(epochMs: number, us: number): string[] {
  return [-60e6, 0, 60e6].map((offset) => `\\b${minuteOf(epochMs, us + offset)}\\b`)
}

/** Minutes in which something happened, was shown or was done; each, and the one after it for who rounds up. */
function knownMinutes({ debrief, entries, epochMs }: PostmortemInput): string[] {
  const epochUs = epochMs * 1000
  const { mine, pageUs, endedUs, known, truth, changes, transitions } = debrief
  const moments = [
    pageUs, endedUs, ...(mine.mitigatedUs === null ? [] : [mine.mitigatedUs]), ...(mine.restoredUs === null ? [] : [mine.restoredUs]),
    ...entries.map(({ atUs }) => atUs), ...known.flatMap(({ heldUs }) => (heldUs === null ? [] : [heldUs])),
    ...debrief.acts.flatMap(({ effectUs }) => (effectUs === null ? [] : [effectUs])),
    ...[...truth.faults, ...changes].map(({ timeUs }) => timeUs - epochUs), ...transitions.map(({ timeMs }) => (timeMs - epochMs) * 1000),
  ]
  return [...new Set(moments.flatMap((us) => [minuteOf(epochMs, us), minuteOf(epochMs, us + 60e6)]))].toSorted()
}
