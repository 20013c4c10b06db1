import { nearestName } from '../query/nearest-name.ts'

/** ` Did you mean "x"?`, or nothing. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const nearest = nearestName(word, candidates)
  return nearest === null ? '' : ` Did you mean "${nearest}"?`
}
