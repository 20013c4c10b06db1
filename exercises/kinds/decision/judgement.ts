/** What a judge says of one question. */
export interface Judgement {
  passed: boolean
  /** 0..1 of the points, where the question is answered in part. */
  share: number
  evidence: string
}

/** Nothing was decided, so there is nothing to judge. */
export const undecided = 'undecided'
export type Verdict = Judgement | typeof undecided

/** Lines of evidence as one text. */
export function lines(...parts: readonly (string | readonly string[])[]): string {
  return parts.flat().join('\n')
}
