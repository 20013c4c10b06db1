/** What a postmortem begins with: the facts of the shift under their headings, and questions where the learner goes on. */
import { saysNoFault, trueCause } from '../causes.ts'
import type { ShiftEntry } from '../shift/record.ts'
import type { Debrief } from './debrief.ts'
import { minuteOf } from './postmortem-facts.ts'
import type { PostmortemInput } from './postmortem.ts'
import { thousands } from '../../../core/thousands.ts'

/** The text as Markdown. Comments are questions to the learner; they are not read by the checks. */
export function postmortemStart(input: PostmortemInput): string {
  const { debrief, title, epochMs } = input
  const day = new Date(epochMs + debrief.pageUs / 1000).toISOString().slice(0, 10)
  return [
    `# ${title}, ${day}`,
    '## Summary',
    '<!-- Three sentences for somebody with one minute: what users saw, how many requests failed and for how long, why, and what ended it. -->',
    '## Impact',
    impact(debrief),
    '## Timeline',
    'All times in UTC.',
    timeline(input),
    ...(debrief.notebook.pins.length === 0 ? [] : ['## Evidence', pins(input)]),
    '## Detection',
    '<!-- Which signal showed the cause first, and at what time? What would have told people sooner? -->',
    '## Root cause',
    handedOver(debrief),
    '## What went well and what did not',
    '<!-- One sentence for each: what helped, what cost minutes, where luck helped. -->',
    '## Actions',
    '<!-- Changes that can be finished, each with one owner, a due date and a type: preventive, detective, mitigating or process. -->',
    '| Action | Owner | Due | Type |\n| --- | --- | --- | --- |',
    // Room below a question, so that an answer does not touch the next heading.
  ].map((piece) => (piece.startsWith('<!--') ? `${piece}\n` : piece)).join('\n\n') + '\n'
}

function impact({ mine, cost, budgetBurned, pageUs, keyTimes }: Debrief): string {
  const lines = [
    `- ${thousands(mine.failed)} of ${thousands(mine.total)} requests failed (${percent(mine.failed / Math.max(1, mine.total))}).`,
    `- ${percent(budgetBurned)} of the error budget of the window is gone.`,
    ...(cost === null ? [] : [`- At ${String(cost.amount)} ${cost.currency} for a failed request, that is ${thousands(Math.round(mine.failed * cost.amount))} ${cost.currency}.`]),
    keyTimes.mitigatedUs !== null && keyTimes.mitigatedUs <= pageUs ? '- The objective held throughout.' : keyTimes.mitigatedUs === null ? '- The objective did not hold again before the end.' : `- The objective held again ${minutes(keyTimes.mitigatedUs - pageUs)} after the page.`,
  ]
  return lines.join('\n')
}

function timeline({ debrief, entries, alert, epochMs }: PostmortemInput): string {
  const { pageUs, endedUs, keyTimes, changes, transitions, truth } = debrief
  const resolved = transitions.flatMap(({ to, rule, timeMs }) => (to === 'resolved' ? [{ atUs: (timeMs - epochMs) * 1000, text: `the alert ${rule} is resolved` }] : []))
  const moments = [
    ...changes.map(({ timeUs, target, summary }) => ({ atUs: timeUs - epochMs * 1000, text: `changed by a team, ${target}: ${summary}` })),
    { atUs: pageUs, text: `the alert ${alert} pages` },
    ...entries.flatMap((entry) => {
      const text = entryText(entry, truth.kind)
      return text === null ? [] : [{ atUs: entry.atUs, text }]
    }),
    ...resolved.filter(({ atUs }) => atUs > pageUs && atUs <= endedUs),
    ...(keyTimes.mitigatedUs === null || keyTimes.mitigatedUs <= pageUs ? [] : [{ atUs: keyTimes.mitigatedUs, text: 'the objective holds again' }]),
  ].toSorted((one, other) => one.atUs - other.atUs)
  return moments.map(({ atUs, text }) => `- ${minuteOf(epochMs, atUs)} ${text}`).join('\n')
}

/** What belongs into a timeline that others read; looking around does not. */
function entryText(entry: ShiftEntry, kind: Debrief['truth']['kind']): string | null {
  switch (entry.type) {
    case 'acknowledged':
      return 'the page is acknowledged'
    case 'acted':
      return entry.refused === null ? `done: ${oneLine(entry.summary)}` : null
    case 'noted':
      return `noted at the time: ${oneLine(entry.text)}`
    case 'said':
      return `${entry.phase} is told to ${entry.channel === 'incident' ? 'colleagues' : 'customers'}`
    case 'diagnosed':
      return saysNoFault(kind, entry.diagnosis.cause) ? `handed over as no fault to mend, with ${entry.diagnosis.component} named as what paged` : `handed over, with ${entry.diagnosis.component} named as the part that fails`
    default:
      return null
  }
}

/** What the learner said, as a comment: now it is known, and has to be written as it was. */
function handedOver({ notebook: { diagnosis }, truth }: Debrief): string {
  if (diagnosis === null) return '<!-- No diagnosis was handed over. Name the part, the mechanism and what set it off. -->'
  const label = diagnosis.cause === trueCause ? truth.offered : (truth.rivals.find(({ id }) => id === diagnosis.cause)?.label ?? diagnosis.cause)
  return `<!-- At the hand-over you said, ${String(diagnosis.confidence)}% sure: "${label}", in ${diagnosis.component}, set off by ${triggerText(diagnosis.trigger)}. Write what it was: the part, the mechanism, what set it off, and what made it possible. -->`
}

/** A trigger as a choice of the hand-over says it. */
export function triggerText(trigger: string): string {
  const changed = /^change:(.+)$/.exec(trigger)?.[1]
  if (changed !== undefined) return `a change of ${changed}`
  const words: Readonly<Record<string, string>> = { outside: 'something outside of the system', load: 'traffic that rose or fell', growth: 'data that grew', time: 'time: something expired or ran full', nothing: 'nothing: a false alarm' }
  return words[trigger] ?? trigger
}

function pins({ debrief, epochMs }: PostmortemInput): string {
  return debrief.notebook.pins.map((pin) => `- ${oneLine(pin.title)}, seen at ${minuteOf(epochMs, pin.atUs)}${pin.query === '' ? '' : `: \`${oneLine(pin.query).replaceAll('`', "'")}\``}`).join('\n')
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().slice(0, 300)

function percent(share: number): string {
  return `${String(Number((share * 100).toPrecision(2)))}%`
}

function minutes(us: number): string {
  const seconds = Math.round(us / 1e6)
  return seconds % 60 === 0 ? `${String(seconds / 60)} min` : `${String(Math.floor(seconds / 60))} min ${String(seconds % 60)} s`
}
