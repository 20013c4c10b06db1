/** The checks of a chapter in reading order, each with its number on paper and with the text that waits for its answer. */
import type { Block, Chapter, Check } from '../../../../exercises/content/model.ts'
import { eachBlock } from '../../../../exercises/content/walk.ts'

export interface PrintedAnswer {
  number: number
  check: Check
  /** Title of the section in which the check stands. */
  section: string
  folded: readonly Block[]
}

/** The check that a fold waits for may stand anywhere in the chapter. */
export function chapterAnswers(chapter: Chapter): PrintedAnswer[] {
  const answers: { number: number; check: Check; section: string }[] = []
  const folded = new Map<string, Block[]>()
  for (const section of chapter.sections) {
    eachBlock(section.blocks, (block) => {
      if (block.t === 'check') answers.push({ number: answers.length + 1, check: block.check, section: section.title })
      if (block.t === 'after') folded.set(block.check, [...(folded.get(block.check) ?? []), ...block.c])
    })
  }
  return answers.map((answer) => ({ ...answer, folded: folded.get(answer.check.id) ?? [] }))
}
