/** Judges what must not be said, and points at it. */
import type { Judgement } from '../../../core/judgement.ts'
import { quote } from '../judgement.ts'
import type { DocumentCheckOf } from '../schema.ts'
import type { DocumentText } from '../text.ts'
import { isSentence } from '../text.ts'

/** A text too short to say anything avoids everything, which earns nothing. */
const fewestSentences = 2

export function judgeAvoid(check: DocumentCheckOf<'avoid'>, document: DocumentText): Judgement {
  const sentences = document.sentences.filter(({ text }) => isSentence(text)).length
  if (sentences < fewestSentences) return { passed: false, share: 0, evidence: [`There ${sentences === 1 ? 'is 1 sentence' : 'are no sentences'} to judge.`] }
  const faults = check.avoid.flatMap(({ any, unless, because }) =>
    document.sentences.flatMap((sentence) => {
      if (unless.some((pattern) => new RegExp(pattern, 'iu').test(sentence.text))) return []
      for (const pattern of any) {
        const found = new RegExp(pattern, 'iu').exec(sentence.text)
        if (found !== null) return [{ line: sentence.line, text: `"${found[0].trim()}" in ${quote(sentence)} ${because}` }]
      }
      return []
    }),
  )
  const [first] = faults
  if (first === undefined) return { passed: true, share: 1, evidence: [`None found in ${document.sentences.length} sentences and entries.`] }
  return { passed: false, share: 0, evidence: faults.map((fault) => fault.text), line: first.line }
}
