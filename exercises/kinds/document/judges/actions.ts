/** Judges actions: what, who, until when, and what for. */
import type { Judgement } from '../../../core/judgement.ts'
import { quote } from '../judgement.ts'
import { anyNameOf, matchesAny, regexOf } from '../patterns.ts'
import { hollowActions } from '../phrases.ts'
import type { ActionType, DocumentCheckOf } from '../schema.ts'
import type { DocumentText } from '../text.ts'
import { wordsOf } from '../text.ts'
import { entriesOf } from './entries.ts'
import type { Entry } from './entries.ts'

const owner = /\bowners?\s*[:=]\s*\S+|@\w+|\bassigned to\s+\S+|\(\s*\p{Lu}\p{Ll}+\s*[,)]|^\p{Lu}\p{Ll}+\s*(?::|\b(?:will|is|checks|fixes|writes|adds|restores|asks|calls|looks)\b)|\|\s*\p{Lu}\p{Ll}+\s*(?:\||$)|\bby\s+\p{Lu}\p{Ll}+\b/u
const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const months = 'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?'
const date = new RegExp(`\\b\\d{4}-\\d\\d-\\d\\d\\b|\\b\\d{1,2}(?:st|nd|rd|th|\\.)?\\s+(?:of\\s+)?(?:${months})\\b|\\b(?:${months})\\s+\\d{1,2}\\b|\\b(?:by|until|due|before)\\b[^|]{0,60}?(?:\\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\\b|\\b\\d{1,2}:\\d\\d\\b)|\\b\\d{1,2}:\\d\\d\\s*(?:utc|z)\\b`, 'iu')
const fullDate = new RegExp(`\\b(\\d{4})-(\\d\\d)-(\\d\\d)\\b|\\b(\\d{1,2})(?:st|nd|rd|th|\\.)?\\s+(?:of\\s+)?(${months})\\s+(\\d{4})\\b|\\b(${months})\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})\\b`, 'iu')

const typeWords: Record<ActionType, { free: string; marked: string }> = {
  preventive: { free: 'prevent(?:ive|ative)', marked: 'prevent(?:ion|s)?' },
  detective: { free: 'detective', marked: 'detect(?:ion|s)?' },
  mitigating: { free: 'mitigati(?:ng|ve)', marked: 'mitigat(?:ion|es|e)' },
  corrective: { free: 'corrective', marked: '(?:correction|corrects|repair)' },
  process: { free: 'process-type', marked: 'process' },
}

/** The types that an entry says it has: a word for it anywhere, or a plainer one where a type stands. */
export function typesOf({ text, section }: Entry): ActionType[] {
  return Object.entries(typeWords).flatMap(([type, { free, marked }]): ActionType[] => {
    const word = `(?:${free}|${marked})`
    const isSaid = regexOf(`\\b${free}\\b|\\btype\\s*[:=]?\\s*${word}\\b|[(\\[]\\s*${word}\\b|\\b${word}\\s*[)\\]]|(?:^|\\|)\\s*${word}\\s*(?:[:|]|$)|[,;]\\s*${word}\\s*(?:[,;.|)]|$)`).test(text)
    return isSaid || regexOf(`\\b${word}\\b`).test(section.name) ? [type as ActionType] : []
  })
}

/** A date with a year as YYYY-MM-DD; null where there is none. */
export function dateOf(text: string): string | null {
  const found = fullDate.exec(text)
  if (found === null) return null
  const [, year, month, day, dayBefore, monthAfter, yearAfter, monthBefore, dayAfter, yearLast] = found
  const name = (monthAfter ?? monthBefore ?? '').slice(0, 3).toLowerCase()
  const number = month ?? String(monthNames.indexOf(name) + 1).padStart(2, '0')
  return `${year ?? yearAfter ?? yearLast ?? ''}-${number}-${(day ?? dayBefore ?? dayAfter ?? '').padStart(2, '0')}`
}

export function judgeActions(check: DocumentCheckOf<'actions'>, document: DocumentText): Judgement {
  const entries = entriesOf(document, check.section)
  const person = check.people.length === 0 ? null : `\\b${anyNameOf(check.people)}\\b`
  const judged = entries.map((entry) => {
    const { text } = entry
    const isOwned = (person !== null && regexOf(person).test(text)) || owner.test(text)
    const due = dateOf(text)
    const lacks = [
      ...(wordsOf(text).length < 4 ? ['what is done'] : matchesAny(text, hollowActions) ? ['a change that can be finished: it is a wish'] : []),
      ...(isOwned ? [] : ['an owner']),
      ...(!check.dated ? [] : !date.test(text) ? ['a due date'] : check.after !== undefined && due !== null && due <= check.after ? [`a due date after ${check.after}`] : []),
      ...(check.typed && typesOf(entry).length === 0 ? ['a type (preventive, detective, mitigating or process)'] : []),
    ]
    return { entry, lacks }
  })
  const sound = judged.filter(({ lacks }) => lacks.length === 0)
  const missing = check.types.filter((type) => !sound.some(({ entry }) => typesOf(entry).includes(type)))
  const evidence = judged.map(({ entry, lacks }) => (lacks.length === 0 ? `Complete: ${quote(entry)}` : `Lacks ${lacks.join(' and ')}: ${quote(entry)}`))
  if (sound.length < check.min) evidence.push(`${sound.length} complete of at least ${check.min}. Write them as a list or a table under "${check.section[0] ?? ''}".`)
  if (missing.length > 0) evidence.push(`No complete action of the type ${missing.join(', nor ')}.`)
  const line = judged.find(({ lacks }) => lacks.length > 0)?.entry.line
  const share = (Math.min(1, sound.length / Math.max(check.min, judged.length)) * (check.types.length + 1 - missing.length)) / (check.types.length + 1)
  return { passed: sound.length >= check.min && sound.length === judged.length && missing.length === 0, share, evidence, ...(line === undefined ? {} : { line }) }
}
