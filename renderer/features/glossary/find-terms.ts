/** Finding terms by letters and chapter. */
import type { GlossaryTerm } from '../../../exercises/content/glossary-term.ts'

/**
 * The terms of a chapter (`''`: all) whose spellings or sentence hold every word; those whose spelling does come first.
 * A word counts from its beginning ("shed" is not in "hashed"); only where nothing begins so does it count anywhere.
 */
export function findTerms(terms: readonly GlossaryTerm[], words: string, chapter: string): GlossaryTerm[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  const spelled = ({ term, also }: GlossaryTerm): string => [term, ...also].join(' ').toLowerCase()
  const ofChapter = terms.filter((term) => chapter === '' || term.chapter === chapter)
  if (wanted.length === 0) return ofChapter
  const found = (has: (text: string, word: string) => boolean): GlossaryTerm[] => {
    const holds = (text: string): boolean => wanted.every((word) => has(text, word))
    const bySpelling = ofChapter.filter((term) => holds(spelled(term)))
    return [...bySpelling, ...ofChapter.filter((term) => !bySpelling.includes(term) && holds(`${spelled(term)} ${term.means.toLowerCase()}`))]
  }
  const begun = found(beginsIn)
  return begun.length > 0 ? begun : found((text, word) => text.includes(word))
}

function beginsIn(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!/[\p{L}\p{N}]/u.test(text[at - 1] ?? '')) return true
  }
  return false
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
