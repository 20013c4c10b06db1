/** Judges lists: actions with owners and dates, timelines with times. */
import type { Judgement } from '../../../core/judgement.ts'
import { quote } from '../judgement.ts'
import type { DocumentCheckOf } from '../schema.ts'
import type { DocumentText, TextLine } from '../text.ts'
import { isSentence, wordsOf } from '../text.ts'
import { findSection } from './sections.ts'

/** Items and rows of a section; the first row of a table is its head. */
function entriesOf(document: DocumentText, names: readonly string[]): TextLine[] {
  const section = findSection(document, names)
  const lines = document.lines.filter((line) => line.section === section && line.kind !== 'prose')
  return section === null ? [] : lines.filter((line, index) => line.kind === 'item' || lines[index - 1]?.kind === 'row')
}

const owner = /\bowners?\s*[:=]\s*\S+|@\w+|\bassigned to\s+\S+|\(\s*\p{Lu}\p{Ll}+\s*[,)]|^\p{Lu}\p{Ll}+\s*(?::|\b(?:will|is|checks|fixes|writes|adds|restores|asks|calls|looks)\b)|\|\s*\p{Lu}\p{Ll}+\s*(?:\||$)|\bby\s+\p{Lu}\p{Ll}+\b/u
const months = 'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?'
const date = new RegExp(`\\b\\d{4}-\\d\\d-\\d\\d\\b|\\b\\d{1,2}\\.?\\s+(?:${months})\\b|\\b(?:${months})\\s+\\d{1,2}\\b|\\b(?:by|until|due|before)\\b[^|]*?(?:\\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\\b|\\b\\d{1,2}:\\d\\d\\b)|\\b\\d{1,2}:\\d\\d\\s*utc\\b`, 'iu')

export function judgeActions(check: DocumentCheckOf<'actions'>, document: DocumentText): Judgement {
  const entries = entriesOf(document, check.section)
  const named = (text: string): boolean => check.people.some((person) => new RegExp(`\\b${person}\\b`, 'iu').test(text)) || owner.test(text)
  const judged = entries.map((entry) => {
    const lacks = [...(wordsOf(entry.text).length >= 4 ? [] : ['what is done']), ...(named(entry.text) ? [] : ['an owner']), ...(!check.dated || date.test(entry.text) ? [] : ['a date'])]
    return { entry, lacks }
  })
  const sound = judged.filter(({ lacks }) => lacks.length === 0).length
  const evidence = judged.map(({ entry, lacks }) => (lacks.length === 0 ? `Complete: ${quote(entry)}` : `Lacks ${lacks.join(' and ')}: ${quote(entry)}`))
  if (sound < check.min) evidence.push(`${sound} complete of at least ${check.min}. Write them as a list under "${check.section[0] ?? ''}".`)
  const line = judged.find(({ lacks }) => lacks.length > 0)?.entry.line
  return { passed: sound >= check.min && sound === judged.length, share: Math.min(1, sound / Math.max(check.min, judged.length)), evidence, ...(line === undefined ? {} : { line }) }
}

export function judgeTimeline(check: DocumentCheckOf<'timeline'>, document: DocumentText): Judgement {
  const section = findSection(document, check.section)
  const entries = entriesOf(document, check.section)
  const timed = entries.map((entry) => ({ entry, at: minutesOf(entry.text), says: wordsOf(entry.text).length >= 4 || isSentence(entry.text) }))
  const faults = timed.flatMap(({ entry, at, says }, index) => {
    const before = timed[index - 1]?.at
    if (at === null) return [{ line: entry.line, text: `No time: ${quote(entry)}` }]
    if (!says) return [{ line: entry.line, text: `Says too little: ${quote(entry)}` }]
    return typeof before === 'number' && at < before ? [{ line: entry.line, text: `Earlier than the entry above: ${quote(entry)}` }] : []
  })
  const saysUtc = section !== null && (/\butc\b/.test(section.name) || document.lines.some((line) => line.section === section && /\bUTC\b|\d\dZ\b/.test(line.text)))
  const evidence = [`${entries.length} entries; at least ${check.min}.`, ...faults.map((fault) => fault.text), ...(saysUtc ? [] : ['Nothing says UTC. Readers in other places would guess.'])]
  const sound = entries.length - faults.length
  const [first] = faults
  return { passed: sound >= check.min && faults.length === 0 && saysUtc, share: Math.min(1, sound / check.min) * (saysUtc ? 1 : 0.5), evidence, ...(first === undefined ? {} : { line: first.line }) }
}

/** Minutes since midnight of the time that an entry begins with. */
function minutesOf(text: string): number | null {
  const found = /^(?:\d{4}-\d\d-\d\d[ T])?(\d{1,2}):(\d\d)\b/.exec(text)
  return found === null ? null : Number(found[1]) * 60 + Number(found[2])
}
