/** Grades a document: explicit checks on its text, each with the learner's own words as evidence. */
import type { Grade, GradeCheck } from '../../core/grade.ts'
import { gradeFromChecks } from '../../core/grade.ts'
import { judgeAvoid } from './judges/avoid.ts'
import { judgeActions, judgeTimeline } from './judges/entries.ts'
import { judgeFacts } from './judges/facts.ts'
import { judgeSections } from './judges/sections.ts'
import type { Judgement } from './judgement.ts'
import type { DocumentCheck, DocumentCheckOf, DocumentExercise } from './schema.ts'
import type { DocumentText } from './text.ts'
import { readDocument, wordsOf } from './text.ts'

/** Longer texts are not read; no document of the course needs a tenth of it. */
const mostCharacters = 50_000

export function gradeDocument(exercise: DocumentExercise, answer: string): Grade {
  const document = readDocument(answer.slice(0, mostCharacters))
  const isEmpty = document.lines.length === 0
  return gradeFromChecks(
    exercise.checks.map((check): GradeCheck => {
      const { id, label, points, hint } = check
      const common = { id, label, points, ...(hint === undefined ? {} : { hint }) }
      if (isEmpty) return { ...common, passed: false, evidence: 'There is no text yet.', failure: 'not-run' }
      const judgement = judge(check, document)
      const evidence = judgement.evidence.join('\n')
      if (judgement.passed) return { ...common, passed: true, evidence }
      const earned = Math.round(points * judgement.share * 100) / 100
      return { ...common, passed: false, evidence, failure: 'wrong', ...(earned > 0 && earned < points ? { earned } : {}), ...(judgement.line === undefined ? {} : { line: judgement.line }) }
    }),
  )
}

function judge(check: DocumentCheck, document: DocumentText): Judgement {
  switch (check.type) {
    case 'sections':
      return judgeSections(check, document)
    case 'facts':
      return judgeFacts(check, document)
    case 'avoid':
      return judgeAvoid(check, document)
    case 'length':
      return judgeLength(check, document)
    case 'actions':
      return judgeActions(check, document)
    case 'timeline':
      return judgeTimeline(check, document)
  }
}

function judgeLength(check: DocumentCheckOf<'length'>, document: DocumentText): Judgement {
  const count = countWords(document)
  const passed = count >= check.min && count <= check.max
  return { passed, share: 0, evidence: [`${count} words; ${check.min > 0 ? `${check.min} to ` : 'at most '}${check.max}.`] }
}

/** Words of a document, headings left out. */
export function countWords(document: DocumentText): number {
  return document.lines.reduce((sum, line) => sum + wordsOf(line.text).length, 0)
}
