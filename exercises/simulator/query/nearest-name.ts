/** Finds what a misspelt name was meant to be. */

/** Edits (insert, delete, replace, swap of neighbours) that turn one word into the other. */
function editDistance(left: string, right: string): number {
  let before: number[] = []
  let above = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let row = 1; row <= left.length; row += 1) {
    const line = [row]
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1]
      let best = Math.min((above[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1, (above[column - 1] ?? 0) + (same ? 0 : 1))
      if (row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]) best = Math.min(best, (before[column - 2] ?? 0) + 1)
      line.push(best)
    }
    before = above
    above = line
  }
  return above[right.length] ?? 0
}

/** The candidate that is nearest to a word, or null where none is near enough to be meant. */
export function nearestName(word: string, candidates: readonly string[]): string | null {
  const lower = word.toLowerCase().slice(0, 64)
  let best: string | null = null
  let least = Math.max(1, Math.floor(lower.length / 3)) + 1
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - lower.length) >= least) continue
    const distance = editDistance(lower, candidate.toLowerCase())
    if (distance < least && candidate !== word) {
      best = candidate
      least = distance
    }
  }
  return best
}
