/** Grades a document: explicit checks on its text, each with the learner's own words as evidence. */
import type { Grade } from '../../core/grade.ts'
import type { Judgement } from '../../core/judgement.ts'
import { gradeByJudging } from '../../core/judgement.ts'
import { judgeActions } from './judges/actions.ts'
import { judgeAlerts } from './judges/alerts.ts'
import { judgeAvoid } from './judges/avoid.ts'
import { judgeCards } from './judges/cards.ts'
import { judgeDurations } from './judges/durations.ts'
import { judgeFacts } from './judges/facts.ts'
import { judgeFigures } from './judges/figures.ts'
import { judgeNextUpdate } from './judges/next-update.ts'
import { judgeSections } from './judges/sections.ts'
import { judgeTimeline } from './judges/timeline.ts'
import { judgeTradeoffs } from './judges/tradeoffs.ts'
import { readDocument } from './read.ts'
import type { DocumentCheck, DocumentCheckOf, DocumentExercise } from './schema.ts'
import type { DocumentText } from './text.ts'
import { countWords } from './text.ts'

/** Longer texts are not read; no document of the course needs a tenth of it. */
const mostCharacters = 50_000

export function gradeDocument(exercise: DocumentExercise, answer: string): Grade {
  if (answer.length > mostCharacters) {
    const evidence = `The text has ${answer.length} characters. Texts up to ${mostCharacters} are read; this one needs far fewer.`
    return gradeByJudging(exercise.checks, () => ({ failure: 'not-run', evidence }))
  }
  const document = readAnswer(exercise, answer)
  const template = templateLines(exercise)
  const isEmpty = document.lines.every(({ text }) => template.has(text))
  return gradeByJudging(exercise.checks, (check) => (isEmpty ? { failure: 'not-run', evidence: 'There is no text of yours yet.' } : judge(check, document, template)))
}

/** The lines of the template as they are read: what stands in them is no work of the learner. */
export function templateLines(exercise: DocumentExercise): ReadonlySet<string> {
  return new Set(readAnswer(exercise, exercise.starter).lines.map(({ text }) => text))
}

/** The answer as the checks see it: with the exercise's own section names as labels. */
export function readAnswer(exercise: DocumentExercise, answer: string): DocumentText {
  return readDocument(answer, exercise.checks.flatMap(sectionNames))
}

/** Names of sections that a check looks for. */
function sectionNames(check: DocumentCheck): readonly string[] {
  switch (check.type) {
    case 'sections':
      return check.sections.flatMap(({ names }) => names)
    case 'actions':
    case 'timeline':
    case 'durations':
    case 'next-update':
      return check.section
    case 'tradeoffs':
      return ['Positive', 'Negative']
    default:
      return []
  }
}

function judge(check: DocumentCheck, document: DocumentText, template: ReadonlySet<string>): Judgement {
  switch (check.type) {
    case 'sections':
      return judgeSections(check, document)
    case 'facts':
      return judgeFacts(check, document)
    case 'avoid':
      return judgeAvoid(check, document, template)
    case 'length':
      return judgeLength(check, document)
    case 'actions':
      return judgeActions(check, document)
    case 'timeline':
      return judgeTimeline(check, document)
    case 'figures':
      return judgeFigures(check, document)
    case 'next-update':
      return judgeNextUpdate(check, document)
    case 'tradeoffs':
      return judgeTradeoffs(check, document)
    case 'cards':
      return judgeCards(check, document)
    case 'durations':
      return judgeDurations(check, document)
    case 'alerts':
      return judgeAlerts(check, document)
  }
}

function judgeLength(check: DocumentCheckOf<'length'>, document: DocumentText): Judgement {
  const count = countWords(document)
  const passed = count >= check.min && count <= check.max
  return { passed, share: 0, evidence: [`${count} words; ${check.min > 0 ? `${check.min} to ` : 'at most '}${check.max}.`] }
}
