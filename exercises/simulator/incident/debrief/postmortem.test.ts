import { describe, expect, it } from 'vitest'
import { gradeDocument } from '../../../kinds/document/grade.ts'
import { documentExerciseSchema } from '../../../kinds/document/schema.ts'
import { patternFaults } from '../../../kinds/document/patterns.ts'
import { openShift } from '../shift/index.ts'
import type { Shift, ShiftEntry } from '../shift/index.ts'
import { readSmall } from '../testing/small.ts'
import { makeDebrief } from './index.ts'
import type { Debrief } from './index.ts'
import { numberPatterns, tellingStems, twoOf } from './postmortem-facts.ts'
import { postmortemStart } from './postmortem-start.ts'
import { postmortemOf } from './postmortem.ts'

const second = 1_000_000

function played(): { shift: Shift; debrief: Debrief } {
  const opening = openShift(readSmall(), { id: 'one', seed: 7, level: 'guided' })
  let step = opening.next()
  while (!step.done) step = opening.next()
  if (step.value === null) throw new Error('nobody is paged')
  const shift = step.value
  shift.runTo(shift.pageUs + 60 * second)
  shift.add({ type: 'acknowledged' })
  shift.add({ type: 'asked', kind: 'promql', query: 'up' })
  shift.add({ type: 'pinned', pin: { id: 'p', kind: 'promql', title: 'Rows read', query: 'rate(db_rows_examined_total[1m])', text: '' } })
  shift.runTo(shift.pageUs + 120 * second)
  shift.act({ action: 'add-index', target: 'db', table: 't', index: 'pk' }, 'console')
  shift.runTo(shift.pageUs + 300 * second)
  shift.add({ type: 'diagnosed', diagnosis: { component: 'api', cause: 'traffic', trigger: 'load', confidence: 80 } })
  shift.add({ type: 'ended' })
  return { shift, debrief: makeDebrief(shift) }
}

const { shift, debrief } = played()
const input = { incident: 'small', debrief, entries: shift.entries, title: 'A small one', alert: 'UsersFail', chapter: 'ch07', skills: ['indexes'], epochMs: shift.world.telemetry.epochMs }
const exercise = postmortemOf(input)
const resolvedUs = debrief.transitions.flatMap(({ to, timeMs }) => (to === 'resolved' ? [(timeMs - shift.world.telemetry.epochMs) * 1000] : []))[0] ?? 0
const minute = (us: number): string => new Date(shift.world.telemetry.epochMs + us / 1000).toISOString().slice(11, 16)
const lasted = Math.round(((debrief.keyTimes.mitigatedUs ?? 0) - debrief.pageUs) / 60e6)
const shown = debrief.known[0]?.heldUs ?? 0

const parts = {
  summary: `About ${debrief.mine.failed.toLocaleString('en')} requests of users failed. From the page on it took ${String(lasted)} min until they succeeded again. The index of a table was gone, and it was put back.`,
  detection: `The rows that a query reads rose at ${minute(shown)}, before anybody was paged, and no alert looks at them.`,
  cause: 'In db a change took the index of the table t away. Each query then reads the whole table without an index, a million rows for one, and the threads of the callers wait. No test compares the plan before and after a change.',
  lessons: 'The rows for a query told the cause within a minute. The page spoke of users only, so the first look went to the wrong part.',
  actions: '| Refuse a migration that drops an index in use | Ana | 2027-12-04 | preventive |\n| Alert on rows read for a query | Ben | 2027-12-11 | detective |',
}

/** The begun document with the learner's parts below its headings. */
function finished(own: Partial<typeof parts> = {}): string {
  const words = { ...parts, ...own }
  const under: Readonly<Record<string, string>> = { Summary: words.summary, Detection: words.detection, 'Root cause': words.cause, 'What went well and what did not': words.lessons }
  let text = exercise.starter.trimEnd()
  for (const [heading, said] of Object.entries(under)) text = text.replace(`## ${heading}\n`, () => `## ${heading}\n\n${said}\n`)
  return `${text}\n${words.actions}\n`
}
const failing = (text: string): readonly string[] => gradeDocument(exercise, text).checks.filter(({ passed }) => !passed).map(({ id, evidence }) => `${id}: ${evidence}`)

describe('a postmortem', () => {
  it('begins with what alerts did, and with what was handed over', () => {
    expect(exercise.starter).toContain('handed over, with api named as the part that fails')
    expect(exercise.starter).toContain(`- ${minute(resolvedUs)} the alert UsersFail is resolved`)
    const entries: ShiftEntry[] = [{ type: 'diagnosed', atUs: debrief.endedUs, diagnosis: { component: 'api', cause: 'false-alarm', trigger: 'nothing', confidence: 80 } }]
    expect(postmortemStart({ ...input, entries })).toContain('handed over as no fault to mend, with api named as what paged')
  })
  it('is a document exercise, and its patterns are sound', () => {
    // An author's exercise has hints and proofs; this one is made for one shift.
    expect(documentExerciseSchema.safeParse({ ...exercise, hints: [{ text: 'a', cost: 0 }, { text: 'b', cost: 0 }], proof: { reference: 'x', wrong: [{ file: 'x', fails: ['parts'], belief: 'x' }] } }).error).toBeUndefined()
    const patterns = exercise.checks.flatMap((check) => (check.type === 'facts' ? check.facts.flatMap(({ any = [], also }) => [...any, ...also]) : []))
    expect(patternFaults(patterns)).toEqual([])
  })

  it('begins with the facts of the shift, and leaves the rest to the learner', () => {
    expect(exercise.starter).toContain(`- ${debrief.mine.failed.toLocaleString('en')} of ${debrief.mine.total.toLocaleString('en')} requests failed`)
    expect(exercise.starter).toContain(`- ${minute(debrief.pageUs)} the alert UsersFail pages`)
    expect(exercise.starter).toContain('done: ')
    expect(exercise.starter).toContain('- Rows read, seen at')
    expect(exercise.starter).toContain('At the hand-over you said, 80% sure: "more users", in api, set off by traffic that rose or fell')
    expect(gradeDocument(exercise, exercise.starter).passed).toBe(false)
    expect(gradeDocument(exercise, exercise.starter).score).toBe(0)
  })

  it('passes when its learner finishes it', () => {
    expect(failing(finished())).toEqual([])
  })

  it.each([
    ['summary', { summary: 'A few requests of users failed for a while and then they succeeded again. The index of a table was gone, and it was put back by us quickly in the end.' }],
    ['cause', { cause: 'More users came than the part api was made for, so that the threads of it were all busy and nobody else was served for the time that it took.' }],
    ['cause', { cause: 'In db something was slow. We do not know more than that, and it is gone now, which is good for the people who use it every day of the week.' }],
    ['detection', { detection: 'It would have been good to know of this earlier than we did, and to have a signal for it.' }],
    ['figures', { lessons: 'The rows for a query told the cause at 03:03 and then the page spoke of users only, so the first look went wrong.' }],
    ['blameless', { lessons: 'The engineer on duty should have noticed the rows for a query. The page spoke of users only, so the first look went wrong.' }],
    ['actions', { actions: '| Be more careful | Ana | 2027-12-04 | preventive |\n| Alert on rows read for a query | | | |' }],
    ['actions', { actions: '| Refuse a migration that drops an index in use | Ana | 2020-12-04 | preventive |\n| Alert on rows read for a query | Ben | 2020-12-11 | detective |' }],
  ])('is not finished without its %s', (id, own) => {
    const found = failing(finished(own))
    expect(found.map((text) => text.split(':')[0])).toContain(id)
  })
})

describe('patterns', () => {
  const matches = (patterns: readonly string[], text: string): boolean => patterns.some((pattern) => new RegExp(pattern, 'iu').test(text))
  it.each([['13,842 requests', true], ['13842', true], ['about 13,800', true], ['some 14,000', true], ['14k', true], ['13.8k', true], ['113,842', false], ['138', false], ['13,842,000', false]])('%j tells 13,842: %j', (text, told) => {
    expect(matches(numberPatterns(13_842), text)).toBe(told)
  })
  it('want two telling words of a label', () => {
    const stems = tellingStems('Orders hold a connection of the pool while the payment provider does not answer', ['The database has become slow', 'More people come than the pool was made for'])
    expect(stems).not.toContain('pool')
    expect(matches(twoOf(stems), 'An order is holding its connection for 30 s.')).toBe(true)
    expect(matches(twoOf(stems), 'The pool is too small for the people.')).toBe(false)
  })
})
