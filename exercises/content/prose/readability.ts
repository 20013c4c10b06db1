/** How hard a text is to read: the length of its sentences, and the grade of Flesch and Kincaid (1975). */
import { countWords } from './passages.ts'

const abbreviation = /(?:^|[\s(])(?:e\.g|i\.e|approx|vs|cf|incl|etc|Dr|Mr|Ms)\.$/i

/** Splits a paragraph into sentences. A point inside a number or a name ends nothing. */
export function sentencesOf(paragraph: string): string[] {
  const sentences: string[] = []
  let open = ''
  for (const piece of paragraph.split(/(?<=[.?!]["”’')]*)\s+/)) {
    open = open === '' ? piece : `${open} ${piece}`
    if (abbreviation.test(open)) continue
    sentences.push(open)
    open = ''
  }
  if (open !== '') sentences.push(open)
  return sentences.filter((sentence) => countWords(sentence) > 0)
}

export interface Readability {
  words: number
  sentences: number
  wordsPerSentence: number
  /** Years at school that the text asks for: 0.39 words/sentence + 11.8 syllables/word - 15.59. */
  grade: number
}

/** Measures paragraphs together. A fragment (an item, a label) that ends without a full stop is not a sentence, and is left out. */
export function readabilityOf(paragraphs: readonly string[]): Readability {
  const sentences = paragraphs.flatMap(sentencesOf).filter((sentence) => /[.?!:]["”’')]*$/.test(sentence))
  const words = sentences.flatMap((sentence) => sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)))
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0)
  if (sentences.length === 0) return { words: 0, sentences: 0, wordsPerSentence: 0, grade: 0 }
  const wordsPerSentence = words.length / sentences.length
  return { words: words.length, sentences: sentences.length, wordsPerSentence, grade: 0.39 * wordsPerSentence + (11.8 * syllables) / words.length - 15.59 }
}

/** Syllables of an English word, by its groups of vowels. Numbers and names in code are one: they are read at a glance. */
export function syllablesOf(word: string): number {
  const letters = word.toLowerCase().replaceAll(/[^a-z-]/g, '')
  if (/\d/.test(word) || letters === '') return 1
  return letters.split('-').filter((part) => part !== '').reduce((sum, part) => sum + syllablesOfPart(part), 0)
}

function syllablesOfPart(part: string): number {
  const groups = part.match(/[aeiouy]+/g)?.length ?? 0
  // A silent e, and the e of -es and -ed, which only some letters before it let sound.
  const silent = /[^aeioul]e$/.test(part) || /[aeiou]le$/.test(part) || (/[^aeioutd]ed$/.test(part) && part.length > 3) || /[^aeiouscxzhg]es$/.test(part) ? 1 : 0
  return Math.max(1, groups - silent)
}
