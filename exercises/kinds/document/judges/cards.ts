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
    const isThin = wordsOf(card.text).length < check.parts.length * 3
    return { card, lacks: isThin && lacks.length === 0 ? ['More than keywords.'] : lacks, topics: check.topics.filter(({ any }) => matchesAny(card.text, any)).map(({ id }) => id) }
  })
  const sound = judged.filter(({ lacks }) => lacks.length === 0)
  const topics = differentTopics(sound.map((one) => one.topics))
  const evidence = [
    ...judged.map(({ card, lacks }) => (lacks.length === 0 ? `Complete: ${card.title}, line ${card.line}.` : `${card.title}, line ${card.line}, does not say: ${lacks.join(' ')}`)),
    ...missing.map((name) => `Missing: ${name}.`),
    ...(sound.length < check.min ? [`${sound.length} complete of at least ${check.min}. Give each ${check.what} a heading of its own, a row or an item.`] : []),
    ...(topics < check.minTopics ? [`They are about ${topics} different ${topics === 1 ? 'place' : 'places'} of the system; at least ${check.minTopics}. More of the same would fall with the first one.`] : []),
  ]
  const line = judged.find(({ lacks }) => lacks.length > 0)?.card.line
  const passed = sound.length >= check.min && sound.length === judged.length && missing.length === 0 && topics >= check.minTopics
  return { passed, share: Math.min(0.9, sound.length / Math.max(check.min, judged.length)), evidence, ...(line === undefined ? {} : { line }) }
}

/** How many cards can be given a topic of their own: one that mentions several counts for the one that no other has. */
function differentTopics(cards: readonly (readonly string[])[]): number {
  const cardOf = new Map<string, number>()
  const place = (card: number, tried: Set<string>): boolean =>
    (cards[card] ?? []).some((topic) => {
      if (tried.has(topic)) return false
      tried.add(topic)
      const taken = cardOf.get(topic)
      if (taken !== undefined && !place(taken, tried)) return false
      cardOf.set(topic, card)
      return true
    })
  return cards.filter((_, card) => place(card, new Set())).length
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
  // The section that holds the cards is none of them.
  const container = check.section === undefined ? null : findSection(document, check.section)
  const numbered = document.sections.filter((section) => section !== container && names.some((one) => section.name === one || (section.name.startsWith(one) && /^(?:\d{1,2}| (?:[a-z]|\d{1,2}))?(?: |$)/.test(section.name.slice(one.length)))))
  if (numbered.length > 0) return numbered.map((section) => cardOf(document, section, section.name))
  return check.section === undefined ? [] : entriesOf(document, check.section).map(({ text, line }, index) => ({ title: `${check.what} ${index + 1}`, text, line }))
}

/** A card's text is its heading and all below it. */
function cardOf(document: DocumentText, section: TextSection, title: string): Card {
  // Each line keeps its label, so that a part may be found by it.
  const text = linesOf(document, section).map((line) => (line.section === section ? line.text : `${line.section.name}: ${line.text}`)).join(' \n ')
  return { title, text: `${section.name} \n ${text}`.slice(0, 4_000), line: section.line }
}
