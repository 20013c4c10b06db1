/** Judges timelines: times that rise, in UTC, each with what happened. */
import type { Judgement } from '../../../core/judgement.ts'
import { quote } from '../judgement.ts'
import type { DocumentCheckOf } from '../schema.ts'
import type { DocumentText } from '../text.ts'
import { findSection, linesOf, wordsOf } from '../text.ts'
import { withHeads } from './entries.ts'

export function judgeTimeline(check: DocumentCheckOf<'timeline'>, document: DocumentText): Judgement {
  const section = findSection(document, check.section)
  const lines = linesOf(document, section)
  // A line that begins with a time is an entry in running text too.
  const entries = withHeads(lines).filter((line) => line.kind === 'item' || line.kind === 'row' || (line.kind === 'prose' && minutesOf(line.text) !== null))
  const timed = entries.map((entry) => ({ entry, at: minutesOf(entry.text), says: wordsOf(entry.text).length >= 3 }))
  const faults = timed.flatMap(({ entry, at, says }, index) => {
    const before = timed[index - 1]?.at
    if (at === null) return [{ line: entry.line, text: `No time: ${quote(entry)}` }]
    if (!says) return [{ line: entry.line, text: `Says too little: ${quote(entry)}` }]
    return typeof before === 'number' && at < before ? [{ line: entry.line, text: `Earlier than the entry above: ${quote(entry)}` }] : []
  })
  const saysUtc =
    (section !== null && /\butc\b/.test(section.name)) ||
    lines.some((line) => /\butc\b|\d\dz\b/i.test(line.text)) ||
    document.lines.some(({ text }) => /\ball (?:the )?times (?:are )?(?:given )?(?:in )?utc\b|\btimes:? (?:are )?(?:in )?utc\b/i.test(text))
  const evidence = [`${entries.length} ${entries.length === 1 ? 'entry' : 'entries'}; at least ${check.min}.`, ...faults.map((fault) => fault.text), ...(saysUtc ? [] : ['Nothing says UTC. Readers in other places would guess.'])]
  const sound = entries.length - faults.length
  const [first] = faults
  return { passed: sound >= check.min && faults.length === 0 && saysUtc, share: Math.min(1, sound / check.min) * (saysUtc ? 1 : 0.5), evidence, ...(first === undefined ? {} : { line: first.line }) }
}

/** Minutes of the time that an entry begins with; with a date, since an early one. */
function minutesOf(text: string): number | null {
  const found = /^(?:at\s+|\[)?(?:(\d{4})-(\d\d)-(\d\d)[ T,]{1,2})?(\d{1,2}):(\d\d)(?!\d)/i.exec(text)
  if (found === null) return null
  const [, year, month, day, hours, minutes] = found
  const days = year === undefined ? 0 : Number(year) * 372 + Number(month) * 31 + Number(day)
  return days * 1440 + Number(hours) * 60 + Number(minutes)
}
