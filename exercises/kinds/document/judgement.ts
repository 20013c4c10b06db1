/** What a check says of a text. */
export interface Judgement {
  passed: boolean
  /** 0..1 of the points, where the criterion is met in part. */
  share: number
  evidence: string[]
  /** 1-based line of the text that the evidence is about. */
  line?: number
}

/** A sentence of the learner's own, with its line. */
export function quote(sentence: { text: string; line: number }): string {
  const text = sentence.text.length > 160 ? `${sentence.text.slice(0, 157)}...` : sentence.text
  return `line ${sentence.line}: "${text}"`
}
