/** The prose of compiled content: its paragraphs and items as plain text, without code, tables, pictures and sources. */
import type { Block, Chapter, Inline, Section, Walkthrough } from '../model.ts'

/** A paragraph as it is read aloud. */
export interface Passage {
  text: string
  /** False for what stands beside the text: explanations of options, and words for a picture. */
  isMain: boolean
}

/** Stands for code in a sentence: one word. */
const codeWord = 'code'

/** The passages of some blocks, in reading order. */
export function passagesOf(blocks: readonly Block[], isMain = true): Passage[] {
  return blocks.flatMap((block): Passage[] => {
    switch (block.t) {
      case 'p':
        return [{ text: spokenText(block.c), isMain }]
      case 'list':
        return block.items.flatMap((item) => passagesOf(item, isMain))
      case 'quote':
      case 'callout':
      case 'after':
        return passagesOf(block.c, isMain)
      case 'diagram':
      case 'figure':
        return passagesOf(block.description, false)
      case 'check': {
        const { check } = block
        const answers = 'options' in check ? check.options.flatMap(({ label, explanation }) => [{ text: spokenText(label), isMain: false }, ...passagesOf(explanation, false)]) : passagesOf(check.explanation, false)
        return [...passagesOf(check.prompt, isMain), ...answers]
      }
      default:
        return []
    }
  })
}

/** The passages of an investigation, which is read beside the chapter. */
export function passagesOfWalkthrough(walkthrough: Walkthrough): Passage[] {
  const { intro, stages, debrief } = walkthrough
  const inside = stages.flatMap(({ situation, observations, decision, outcome }) => [
    ...situation,
    ...observations.flatMap(({ reveals, expert }) => [...reveals, ...expert]),
    ...decision.prompt,
    ...decision.options.flatMap(({ explanation }) => explanation),
    ...outcome,
  ])
  return passagesOf([...intro, ...inside, ...debrief], false)
}

/** Words that a chapter says itself: paragraphs, headings, items and questions. Tables, options, pictures' words and sources are not counted. */
export function wordsOfChapter(chapter: Chapter): number {
  return chapter.sections.reduce((sum, section) => sum + countWords(section.title) + wordsOfBlocks(section.blocks), 0)
}

function wordsOfBlocks(blocks: Section['blocks']): number {
  return blocks.reduce((sum, block) => {
    switch (block.t) {
      case 'p':
      case 'heading':
        return sum + countWords(spokenText(block.c))
      case 'list':
        return sum + block.items.reduce((words, item) => words + wordsOfBlocks(item), 0)
      case 'quote':
      case 'after':
        return sum + wordsOfBlocks(block.c)
      case 'callout':
        return sum + countWords(block.title) + wordsOfBlocks(block.c)
      case 'check':
        return sum + wordsOfBlocks(block.check.prompt)
      default:
        return sum
    }
  }, 0)
}

/** Words of a text; a number is one. */
export function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}

/** A run of inlines as it is read: code is one word, so that a long command does not make a long sentence. */
export function spokenText(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      switch (inline.t) {
        case 'code':
          return codeWord
        case 'br':
          return ' '
        case 'text':
        case 'num':
        case 'term':
          return inline.v
        default:
          return spokenText(inline.c)
      }
    })
    .join('')
}
