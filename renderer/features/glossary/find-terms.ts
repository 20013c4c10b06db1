/** Finding terms by letters and chapter. */
import type { GlossaryTerm } from '../../../exercises/content/glossary-term.ts'

/** The terms of a chapter (`''`: all) whose spellings or sentence hold every word; those whose spelling does come first. */
export function findTerms(terms: readonly GlossaryTerm[], words: string, chapter: string): GlossaryTerm[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  const spelled = ({ term, also }: GlossaryTerm): string => [term, ...also].join(' ').toLowerCase()
  const holds = (text: string): boolean => wanted.every((word) => text.includes(word))
  const ofChapter = terms.filter((term) => chapter === '' || term.chapter === chapter)
  const bySpelling = ofChapter.filter((term) => holds(spelled(term)))
  const rest = wanted.length === 0 ? [] : ofChapter.filter((term) => !bySpelling.includes(term) && holds(`${spelled(term)} ${term.means.toLowerCase()}`))
  return [...bySpelling, ...rest]
}

/** Terms under their first letter; what begins with none stands under #. The order of the letters is the order of the terms. */
export function byLetter(terms: readonly GlossaryTerm[]): { letter: string; terms: GlossaryTerm[] }[] {
  const groups = new Map<string, GlossaryTerm[]>()
  for (const term of terms) {
    const first = term.term.charAt(0).toUpperCase()
    const letter = /[A-Z]/.test(first) ? first : '#'
    groups.set(letter, [...(groups.get(letter) ?? []), term])
  }
  return [...groups].map(([letter, group]) => ({ letter, terms: group }))
}
