/** Judges sections: there, with something in them, in order. */
import type { Judgement } from '../../../core/judgement.ts'
import type { DocumentCheckOf } from '../schema.ts'
import type { DocumentText } from '../text.ts'
import { findSection, linesOf, wordsOf } from '../text.ts'

/** What people leave in a template: it fills nothing. */
const placeholder = /^(?:tbd|tba|todo|n\/?a|none|xxx+|fixme|lorem|ipsum|placeholder|\.+|\?+|<[^>]*>)[.,:;]?$/i

export function judgeSections(check: DocumentCheckOf<'sections'>, document: DocumentText): Judgement {
  const found = check.sections.map(({ names, minWords }) => {
    const section = findSection(document, names)
    const all = linesOf(document, section).flatMap((line) => wordsOf(line.text))
    const words = all.filter((word) => !placeholder.test(word))
    // The same word over and over is no more than that word.
    const distinct = new Set(words.map((word) => word.toLowerCase())).size
    const count = Math.min(words.length, distinct * 3)
    return { title: names[0] ?? '', section, isFull: section !== null && count >= minWords, count, minWords, placeholders: all.length - words.length }
  })
  const evidence = found.map(({ title, section, isFull, count, minWords, placeholders }) => {
    if (section === null) return `Missing: a section "${title}".`
    if (isFull) return `${title}: line ${section.line}, ${wordCount(count)}.`
    return `${title}: line ${section.line} has ${wordCount(count)}${placeholders > 0 ? ' besides what stands for text to come' : ''}; it needs ${minWords}.`
  })
  const late = found.find(({ section }, index) => section !== null && found.slice(0, index).some((before) => before.section !== null && before.section.line > section.line))
  const isOrdered = !check.ordered || late === undefined
  if (!isOrdered) evidence.push(`"${late.title}" stands too early. The order is ${found.map(({ title }) => title).join(', ')}.`)
  const full = found.filter(({ isFull }) => isFull).length
  const thin = found.find(({ section, isFull }) => section !== null && !isFull)?.section?.line
  return { passed: full === found.length && isOrdered, share: full / found.length, evidence, ...(thin === undefined ? {} : { line: thin }) }
}

const wordCount = (words: number): string => `${words} ${words === 1 ? 'word' : 'words'}`
