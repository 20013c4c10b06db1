/** One line of the palette: a page or an action. */
export interface PaletteEntry {
  id: string
  title: string
  /** Where it belongs: "Chapter 7", "Exercise", "Go to". */
  section: string
  keys?: string | undefined
  /** More words to find it by. */
  words?: string
  run(): void
}

const wordStart = 8
const consecutive = 6
const anywhere = 1
/** What is not in the title counts less. */
const otherField = 0.4

/**
 * How well `query` fits `text`: every character in order, better at word starts and in runs. 0 is no fit. Case and
 * spaces in the query do not matter.
 */
export function fuzzyScore(query: string, text: string): number {
  const wanted = query.toLowerCase().replaceAll(/\s+/g, '')
  const given = text.toLowerCase()
  if (wanted === '') return 1
  const exact = given.indexOf(query.toLowerCase().trim())
  let score = 0
  let from = 0
  let last = -2
  for (const character of wanted) {
    const at = bestPlace(given, character, from, last)
    if (at === -1) return 0
    score += at === last + 1 ? consecutive : isWordStart(given, at) ? wordStart : anywhere
    last = at
    from = at + 1
  }
  const whole = exact === 0 ? 40 : exact > 0 && isWordStart(given, exact) ? 30 : exact > 0 ? 15 : 0
  // Between equals the shorter text is the closer one.
  return score / wanted.length + whole + 1 / (1 + given.length)
}

/** The next place of a character: the one that follows at once, else a word start, else the first. */
function bestPlace(text: string, character: string, from: number, last: number): number {
  if (text[last + 1] === character && last >= 0) return last + 1
  for (let at = text.indexOf(character, from); at !== -1; at = text.indexOf(character, at + 1)) {
    if (isWordStart(text, at)) return at
  }
  return text.indexOf(character, from)
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || !/[a-z0-9]/.test(text[at - 1] ?? '')
}

/** The best `limit` entries, best first; all in their own order when the query is empty. */
export function searchPalette(entries: readonly PaletteEntry[], query: string, limit: number): PaletteEntry[] {
  if (query.trim() === '') return entries.slice(0, limit)
  return entries
    .map((entry, order) => ({
      entry,
      order,
      score: Math.max(fuzzyScore(query, entry.title), otherField * fuzzyScore(query, `${entry.section} ${entry.title}`), entry.words ? otherField * fuzzyScore(query, entry.words) : 0),
    }))
    // One scattered letter per word is noise, not a find.
    .filter(({ score }) => score >= 2)
    .sort((a, b) => b.score - a.score || a.order - b.order)
    .slice(0, limit)
    .map(({ entry }) => entry)
}
