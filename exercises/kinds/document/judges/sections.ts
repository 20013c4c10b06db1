/** Judges sections: there, with something in them, in order. */
import type { Judgement } from '../../../core/judgement.ts'
import type { DocumentCheckOf } from '../schema.ts'
import type { DocumentText, TextSection } from '../text.ts'
import { nameOf, wordsOf } from '../text.ts'

/** The first section with one of the names in its heading. */
export function findSection(document: DocumentText, names: readonly string[]): TextSection | null {
  const wanted = names.map((name) => ` ${nameOf(name)} `)
  return document.sections.find(({ name }) => wanted.some((one) => ` ${name} `.includes(one))) ?? null
}

export function judgeSections(check: DocumentCheckOf<'sections'>, document: DocumentText): Judgement {
  const found = check.sections.map(({ names, minWords }) => {
    const section = findSection(document, names)
    const words = document.lines.filter((line) => line.section === section).flatMap((line) => wordsOf(line.text)).length
    return { title: names[0] ?? '', section, isFull: section !== null && words >= minWords, words, minWords }
  })
  const evidence = found.map(({ title, section, isFull, words, minWords }) => {
    if (section === null) return `Missing: a section "${title}".`
    return isFull ? `${title}: line ${section.line}, ${count(words)}.` : `${title}: line ${section.line} has ${count(words)}; it needs ${minWords}.`
  })
  const late = found.find(({ section }, index) => section !== null && found.slice(0, index).some((before) => before.section !== null && before.section.line > section.line))
  const isOrdered = !check.ordered || late === undefined
  if (!isOrdered) evidence.push(`"${late.title}" stands too early. The order is ${found.map(({ title }) => title).join(', ')}.`)
  const full = found.filter(({ isFull }) => isFull).length
  const thin = found.find(({ section, isFull }) => section !== null && !isFull)?.section?.line
  return { passed: full === found.length && isOrdered, share: full / found.length, evidence, ...(thin === undefined ? {} : { line: thin }) }
}

const count = (words: number): string => `${words} ${words === 1 ? 'word' : 'words'}`
