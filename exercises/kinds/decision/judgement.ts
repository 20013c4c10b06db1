import type { Judgement } from '../../core/judgement.ts'

/** Nothing was decided, so there is nothing to judge. */
export const undecided = 'undecided'
export type Verdict = Judgement | typeof undecided

/** Lines of evidence as one text. */
export function lines(...parts: readonly (string | readonly string[])[]): string {
  return parts.flat().join('\n')
}
