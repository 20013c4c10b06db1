/** Runs of words that two texts share. */

/** So many equal words in a row are no accident. */
const runLength = 8

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[a-z0-9']+/g) ?? []
}

/** Every run of eight words of some texts. */
export function shinglesOf(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => runsOf(wordsOf(text))))
}

function runsOf(words: readonly string[]): string[] {
  return words.flatMap((_, at) => (at + runLength > words.length ? [] : [words.slice(at, at + runLength).join(' ')]))
}

/** The first run of `text` that stands in the shingles too; null when there is none. */
export function sharedRun(text: string, shingles: ReadonlySet<string>): string | null {
  return runsOf(wordsOf(text)).find((run) => shingles.has(run)) ?? null
}
