/** What changed from one answer to another, as lines to show. */
import { diffLines } from 'diff'

export interface DiffLine {
  state: 'same' | 'added' | 'gone'
  text: string
}

/** Unchanged lines shown around a change; longer stretches are folded. */
const context = 3

/** A line, or a stretch of unchanged lines that says nothing new. */
export type DiffRow = DiffLine | { state: 'folded'; lines: number }

/** All lines of both answers: gone ones before added ones. Blanks at the ends of lines do not count. */
export function answerDiff(before: string, after: string): DiffLine[] {
  return diffLines(tidy(before), tidy(after)).flatMap(({ value, added, removed }) => {
    const lines = value.replace(/\n$/, '').split('\n')
    const state = added ? ('added' as const) : removed ? ('gone' as const) : ('same' as const)
    return lines.map((text) => ({ state, text }))
  })
}

/** The same with long unchanged stretches folded; empty when nothing changed. */
export function foldedDiff(lines: readonly DiffLine[]): DiffRow[] {
  const near = new Set<number>()
  for (const [index, line] of lines.entries()) {
    if (line.state === 'same') continue
    for (let at = index - context; at <= index + context; at += 1) near.add(at)
  }
  if (near.size === 0) return []
  const rows: DiffRow[] = []
  for (const [index, line] of lines.entries()) {
    const last = rows.at(-1)
    if (near.has(index)) rows.push(line)
    else if (last?.state === 'folded') last.lines += 1
    else rows.push({ state: 'folded', lines: 1 })
  }
  return rows
}

function tidy(text: string): string {
  return `${text.replace(/[ \t\r]+$/gm, '').trimEnd()}\n`
}
