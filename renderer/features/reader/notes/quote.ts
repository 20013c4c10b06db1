/** A passage of the text: taken from a selection, and found again by its words. */

export interface Passage {
  quote: string
  /** How often the same words come before it in its block. */
  nth: number
}

/** The contract takes no longer passage. */
const longestQuote = 2_000

function textNodes(element: Element): Text[] {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  const nodes: Text[] = []
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) nodes.push(node as Text)
  return nodes
}

/** What of a selection lies in `block`, or null where no word does. */
export function passageIn(block: Element, selection: Range): Passage | null {
  const inside = document.createRange()
  inside.selectNodeContents(block)
  if (!selection.intersectsNode(block)) return null
  if (inside.compareBoundaryPoints(Range.START_TO_START, selection) < 0) inside.setStart(selection.startContainer, selection.startOffset)
  if (inside.compareBoundaryPoints(Range.END_TO_END, selection) > 0) inside.setEnd(selection.endContainer, selection.endOffset)
  const before = document.createRange()
  before.selectNodeContents(block)
  before.setEnd(inside.startContainer, inside.startOffset)
  const raw = inside.toString()
  const quote = raw.trim().slice(0, longestQuote).trimEnd()
  if (quote === '') return null
  const start = before.toString().length + (raw.length - raw.trimStart().length)
  return { quote, nth: countBefore(block.textContent, quote, start) }
}

/** The whole of a block; null for one without words. */
export function passageOf(block: Element): Passage | null {
  const range = document.createRange()
  range.selectNodeContents(block)
  return passageIn(block, range)
}

function countBefore(text: string, quote: string, end: number): number {
  let count = 0
  for (let at = text.indexOf(quote); at !== -1 && at < end; at = text.indexOf(quote, at + 1)) count += 1
  return count
}

/** Where the passage stands in `block` now: at its own place among the same words, else at the last of them; null when its words are gone. */
export function rangeOf(block: Element, { quote, nth }: Passage): Range | null {
  const text = block.textContent
  let start = -1
  for (let at = text.indexOf(quote), left = nth; at !== -1 && left >= 0; at = text.indexOf(quote, at + 1), left -= 1) start = at
  if (start === -1) return null
  const range = document.createRange()
  const end = start + quote.length
  let passed = 0
  for (const node of textNodes(block)) {
    const next = passed + node.data.length
    if (start >= passed && start < next) range.setStart(node, start - passed)
    if (end > passed && end <= next) range.setEnd(node, end - passed)
    passed = next
  }
  return range
}
