/** Judges what must not be said, and points at it. */
import type { Judgement } from '../../../core/judgement.ts'
import { quote } from '../judgement.ts'
import { matchesAny, regexOf } from '../patterns.ts'
import { phraseRules } from '../phrases.ts'
import type { DocumentCheckOf } from '../schema.ts'
import type { DocumentText } from '../text.ts'
import { isSentence } from '../text.ts'

/** A text too short to say anything avoids everything, which earns nothing. */
const fewestSentences = 2
/** More are as good as these. */
const mostFaults = 12

/** @param template lines of the starter, which are not the learner's own */
export function judgeAvoid(check: DocumentCheckOf<'avoid'>, document: DocumentText, template: ReadonlySet<string>): Judgement {
  const sentences = document.sentences.filter(({ text }) => isSentence(text) && !template.has(text)).length
  if (sentences < fewestSentences) return { passed: false, share: 0, evidence: [`There ${sentences === 1 ? 'is 1 sentence' : 'are no sentences'} to judge.`] }
  const rules = [...check.avoid, ...check.lists.flatMap((list) => phraseRules(list, check.people))]
  const faults = rules.flatMap(({ any, unless, because }) =>
    document.sentences.flatMap((sentence) => {
      if (matchesAny(sentence.text, unless)) return []
      for (const pattern of any) {
        const found = regexOf(pattern).exec(sentence.text)?.[0].trim()
        if (found !== undefined && !matchesAny(found, check.allow)) return [{ line: sentence.line, text: `"${found}" in ${quote(sentence)} ${because}` }]
      }
      return []
    }),
  )
  const [first] = faults.toSorted((a, b) => a.line - b.line)
  if (first === undefined) return { passed: true, share: 1, evidence: [`None found in ${document.sentences.length} sentences and entries.`] }
  const evidence = faults.slice(0, mostFaults).map((fault) => fault.text)
  if (faults.length > mostFaults) evidence.push(`${faults.length - mostFaults} more like these.`)
  return { passed: false, share: 0, evidence, line: first.line }
}
