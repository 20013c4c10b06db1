/** Judges an agenda: minutes and a speaker for each block, and a sum that fits the meeting. */
import type { Judgement } from '../../../core/judgement.ts'
import { quote } from '../judgement.ts'
import { anyNameOf, regexOf } from '../patterns.ts'
import type { DocumentCheckOf } from '../schema.ts'
import type { DocumentText } from '../text.ts'
import { entriesOf } from './entries.ts'

const minutes = /(?<![\d:])(\d{1,3})\s*(?:\u2032|'|m\b|min\b|mins\b|minutes?\b)/i
/** A cell that holds a number only, under a head that says minutes. */
const bareMinutes = /\b(?:min|mins|minutes|duration|length)\b/i

export function judgeDurations(check: DocumentCheckOf<'durations'>, document: DocumentText): Judgement {
  const speaker = check.people.length === 0 ? null : `\\b${anyNameOf(check.people)}\\b`
  const blocks = entriesOf(document, check.section).map((entry) => {
    const column = entry.head.findIndex((head) => bareMinutes.test(head))
    const cell = column < 0 ? undefined : /^\d{1,3}$/.exec(entry.text.split('|')[column]?.trim() ?? '')?.[0]
    const length = Number(cell ?? minutes.exec(entry.text)?.[1] ?? 0)
    return { entry, length, lacks: [...(length > 0 ? [] : ['its minutes']), ...(speaker === null || regexOf(speaker).test(entry.text) ? [] : ['who speaks'])] }
  })
  const total = blocks.reduce((sum, { length }) => sum + length, 0)
  const fits = total >= check.total.min && total <= check.total.max
  const sound = blocks.filter(({ lacks }) => lacks.length === 0).length
  const evidence = [
    ...blocks.flatMap(({ entry, lacks }) => (lacks.length === 0 ? [] : [`Lacks ${lacks.join(' and ')}: ${quote(entry)}`])),
    `${blocks.map(({ length }) => length).join(' + ')} = ${total} minutes; the meeting has ${check.total.min} to ${check.total.max}.`,
    ...(sound < check.min ? [`${sound} complete blocks of at least ${check.min}. Write them as a list or a table under "${check.section[0] ?? ''}".`] : []),
  ]
  const line = blocks.find(({ lacks }) => lacks.length > 0)?.entry.line
  return { passed: fits && sound >= check.min && sound === blocks.length, share: Math.min(0.9, (sound / Math.max(check.min, blocks.length)) * (fits ? 1 : 0.5)), evidence, ...(line === undefined ? {} : { line }) }
}
