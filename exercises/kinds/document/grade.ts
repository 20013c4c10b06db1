/** Grades a document: explicit checks on its text, each with the learner's own words as evidence. */
import type { Grade } from '../../core/grade.ts'
import type { Judgement } from '../../core/judgement.ts'
import { gradeByJudging } from '../../core/judgement.ts'
import { judgeAvoid } from './judges/avoid.ts'
import { judgeActions, judgeTimeline } from './judges/entries.ts'
import { judgeFacts } from './judges/facts.ts'
import { judgeSections } from './judges/sections.ts'
import type { DocumentCheck, DocumentCheckOf, DocumentExercise } from './schema.ts'
import type { DocumentText } from './text.ts'
import { readDocument, wordsOf } from './text.ts'

/** Longer texts are not read; no document of the course needs a tenth of it. */
const mostCharacters = 50_000

export function gradeDocument(exercise: DocumentExercise, answer: string): Grade {
  const document = readDocument(answer.slice(0, mostCharacters))
  const isEmpty = document.lines.length === 0
  return gradeByJudging(exercise.checks, (check) => (isEmpty ? { failure: 'not-run', evidence: 'There is no text yet.' } : judge(check, document)))
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
