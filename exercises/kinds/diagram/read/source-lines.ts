/** Where the parts of a diagram stand in its text. Mermaid's parser does not keep that, so it is looked up. */

/** Blanks comments and quoted text, so that only names and arrows are left. Lines stay where they are. */
export function codeLines(source: string): string[] {
  return source.split('\n').map((line) => line.replace(/^\s*%%.*$/, ''))
}

function bare(line: string): string {
  return line.replaceAll(/"[^"]*"/g, '""').replaceAll(/\|[^|]*\|/g, '||')
}

function names(line: string, id: string): boolean {
  let at = line.indexOf(id)
  while (at >= 0) {
    const before = line[at - 1] ?? ' '
    const after = line[at + id.length] ?? ' '
    if (!/[\p{L}\p{N}_]/u.test(before) && !/[\p{L}\p{N}_]/u.test(after)) return true
    at = line.indexOf(id, at + 1)
  }
  return false
}

/** The first line that names something; null when none does. */
export function lineOfName(lines: readonly string[], id: string): number | null {
  const found = lines.findIndex((line) => names(bare(line), id))
  return found < 0 ? null : found + 1
}

/** Start and end of a state diagram have names of Mermaid's own and are written as a star. */
function writtenAs(id: string): string {
  return /_(start|end)\d*$/.test(id) ? '[*]' : id
}

/** The line of an arrow: the first that names both ends, else the first that names where it starts. `taken` grows. */
export function lineOfEdge(lines: readonly string[], start: string, stop: string, label: string, taken: Set<string>): number | null {
  const [from, to] = [writtenAs(start), writtenAs(stop)]
  const both = lines.flatMap((line, index) => (/[-=.~]{2,}/.test(line) && names(bare(line), from) && names(bare(line), to) ? [{ line, index }] : []))
  const open = both.filter(({ index }) => !taken.has(`${index} ${from} ${to}`))
  const found = open.find(({ line }) => label !== '' && line.includes(label)) ?? open[0] ?? both[0]
  if (found === undefined) return lineOfName(lines, from)
  taken.add(`${found.index} ${from} ${to}`)
  return found.index + 1
}

const arrow = /^[^:"]*?(?:<<)?--?(?:>>|>|x|\)|[|/\\])/

/** Lines of the messages, notes and blocks of a sequence diagram, each in order. */
export function sequenceLines(lines: readonly string[]): { messages: number[]; notes: number[]; blocks: number[] } {
  const found = { messages: [] as number[], notes: [] as number[], blocks: [] as number[] }
  for (const [index, line] of lines.entries()) {
    if (/^\s*note\b/i.test(line)) found.notes.push(index + 1)
    else if (/^\s*(alt|opt|loop|par|critical|break)\b/i.test(line)) found.blocks.push(index + 1)
    else if (!/^\s*(participant|actor|create|title|accTitle|accDescr)\b/.test(line) && arrow.test(line)) found.messages.push(index + 1)
  }
  return found
}
