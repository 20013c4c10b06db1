/** Entries of a section: what stands in its lists and tables. */
import type { DocumentText, TextLine } from '../text.ts'
import { findSection, linesOf } from '../text.ts'

export interface Entry extends TextLine {
  /** The head of the entry's table, cell by cell; empty outside a table. */
  head: string[]
}

/** Items and rows of a section and of those below it; the first row of a table is its head. */
export function entriesOf(document: DocumentText, names: readonly string[]): Entry[] {
  return withHeads(linesOf(document, findSection(document, names))).filter(({ kind }) => kind === 'item' || kind === 'row')
}

/** The lines, with every table's first row made the head of those that follow. */
export function withHeads(lines: readonly TextLine[]): Entry[] {
  const entries: Entry[] = []
  let head: string[] = []
  let before: TextLine | undefined
  for (const line of lines) {
    const isHead = line.kind === 'row' && (before?.kind !== 'row' || line.line > before.line + 2 || before.section !== line.section)
    if (isHead) head = cellsOf(line.text)
    else entries.push({ ...line, head: line.kind === 'row' ? head : [] })
    before = line
  }
  return entries
}

export function cellsOf(text: string): string[] {
  return text.split('|').map((cell) => cell.trim())
}
