/** Splits what was read into sentences. */
import type { Sentence, TextLine } from './text.ts'

/** Patterns are held against at most so much at once, which bounds their time. */
const longestSentence = 1_000
const abbreviation = /(?:^|[\s(])(?:e\.g|i\.e|approx|vs|cf|incl)\.$/iu

/** Lines of a paragraph belong together; an item or a row stands for itself. Code has no sentences. */
export function sentencesOf(lines: readonly TextLine[]): Sentence[] {
  const sentences: Sentence[] = []
  let paragraph: TextLine[] = []
  const push = (text: string, { line, kind, section }: TextLine): void => {
    for (let from = 0; from < text.length; from += longestSentence) sentences.push({ text: text.slice(from, from + longestSentence), line, kind, section })
  }
  const close = (): void => {
    let open: { parts: string[]; line: TextLine } | null = null
    for (const line of paragraph) {
      for (const piece of line.text.split(/(?<=[.!?]["')]?)\s+/)) {
        open ??= { parts: [], line }
        open.parts.push(piece)
        if (!/[.!?]["')]?$/.test(piece) || abbreviation.test(piece.slice(-12))) continue
        push(open.parts.join(' '), open.line)
        open = null
      }
    }
    if (open !== null) push(open.parts.join(' '), open.line)
    paragraph = []
  }
  for (const line of lines) {
    const before = paragraph.at(-1)
    if (before !== undefined && (line.kind !== 'prose' || before.kind !== 'prose' || line.line > before.line + 1 || line.section !== before.section)) close()
    if (line.kind !== 'code') paragraph.push(line)
  }
  close()
  return sentences
}
