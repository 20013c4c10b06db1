/** A sentence of the learner's own, with its line. */
export function quote(sentence: { text: string; line: number }): string {
  const text = sentence.text.length > 160 ? `${sentence.text.slice(0, 157)}...` : sentence.text
  return `line ${sentence.line}: "${text}"`
}
