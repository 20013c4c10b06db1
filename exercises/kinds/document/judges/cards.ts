/** Judges cards of one form, such as hypotheses or threats: each with all its parts. */
import type { Judgement } from '../../../core/judgement.ts'
import { matchesAny } from '../patterns.ts'
import type { DocumentCheckOf } from '../schema.ts'
import type { DocumentText, TextSection } from '../text.ts'
import { findSection, linesOf, nameOf, wordsOf } from '../text.ts'
import { entriesOf, withHeads } from './entries.ts'

interface Card {
  title: string
  text: string
  line: number
}

export function judgeCards(check: DocumentCheckOf<'cards'>, document: DocumentText): Judgement {
  const cards = cardsOf(check, document)
  const missing = check.each ? check.names.filter((name) => !cards.some(({ title }) => title === name)) : []
  const judged = cards.map((card) => {
    const lacks = check.parts.filter(({ any }) => !matchesAny(card.text, any)).map(({ asks }) => asks)
    const isThin = wordsOf(card.text).length < check.parts.length * 4
    return { card, lacks: isThin && lacks.length === 0 ? ['More than keywords.'] : lacks, topic: check.topics.find(({ any }) => matchesAny(card.text, any))?.id }
  })
  const sound = judged.filter(({ lacks }) => lacks.length === 0)
  const topics = new Set(sound.flatMap(({ topic }) => topic ?? []))
  const evidence = [
    ...judged.map(({ card, lacks }) => (lacks.length === 0 ? `Complete: ${card.title}, line ${card.line}.` : `${card.title}, line ${card.line}, does not say: ${lacks.join(' ')}`)),
    ...missing.map((name) => `Missing: ${name}.`),
    ...(sound.length < check.min ? [`${sound.length} complete of at least ${check.min}. Give each ${check.what} a heading of its own, a row or an item.`] : []),
    ...(topics.size < check.minTopics ? [`They are about ${topics.size} different ${topics.size === 1 ? 'place' : 'places'} of the system; at least ${check.minTopics}. More of the same would fall with the first one.`] : []),
  ]
  const line = judged.find(({ lacks }) => lacks.length > 0)?.card.line
  const passed = sound.length >= check.min && sound.length === judged.length && missing.length === 0 && topics.size >= check.minTopics
  return { passed, share: Math.min(0.9, sound.length / Math.max(check.min, judged.length)), evidence, ...(line === undefined ? {} : { line }) }
}

function cardsOf(check: DocumentCheckOf<'cards'>, document: DocumentText): Card[] {
  const names = check.names.map(nameOf)
  if (check.each) {
    return check.names.flatMap((title): Card[] => {
      const section = findSection(document, [title])
      if (section !== null) return [cardOf(document, section, title)]
      const entry = withHeads(document.lines).find(({ kind, text }) => (kind === 'item' || kind === 'row') && ` ${nameOf(text).split(' ').slice(0, 6).join(' ')} `.includes(` ${nameOf(title)} `))
      return entry === undefined ? [] : [{ title, text: entry.text, line: entry.line }]
    })
  }
  const numbered = document.sections.filter(({ name }) => names.some((one) => name === one || (name.startsWith(one) && /^ ?(?:[a-z]|\d+)?(?: |$)/.test(name.slice(one.length)))))
  if (numbered.length > 0) return numbered.map((section) => cardOf(document, section, section.name))
  return check.section === undefined ? [] : entriesOf(document, check.section).map(({ text, line }, index) => ({ title: `${check.what} ${index + 1}`, text, line }))
}

/** A card's text is its heading and all below it. */
function cardOf(document: DocumentText, section: TextSection, title: string): Card {
  // Each line keeps its label, so that a part may be found by it.
  const text = linesOf(document, section).map((line) => (line.section === section ? line.text : `${line.section.name}: ${line.text}`)).join(' \n ')
  return { title, text: `${section.name} \n ${text}`.slice(0, 4_000), line: section.line }
}
