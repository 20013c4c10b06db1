/** What a finished test says: facts to record, and the result of each chapter as it is shown. */
import type { ChapterSummary, LibraryIndex } from '../../../exercises/content/model.ts'
import type { PlacementQuestion } from '../../../exercises/content/placement.ts'
import type { LearningFact } from '../../../exercises/progress/events.ts'
import type { PlacedChapter, ProgressSnapshot } from '../../../exercises/progress/snapshot.ts'
import { judgeCheck, type CheckAnswer } from '../reader/checks/check-logic.ts'

/** The questions by chapter, in the order of the test. */
function byChapter(questions: readonly PlacementQuestion[]): [chapter: string, questions: PlacementQuestion[]][] {
  const groups = new Map<string, PlacementQuestion[]>()
  for (const question of questions) groups.set(question.chapter, [...(groups.get(question.chapter) ?? []), question])
  return [...groups]
}

/**
 * The facts of a finished test. Each chapter gets its answers; the mark "known" is told only where it changes. The newest
 * test decides: a chapter that fails now loses an earlier mark.
 */
export function placementFacts(questions: readonly PlacementQuestion[], answerOf: (question: PlacementQuestion) => CheckAnswer | null, known: readonly string[]): LearningFact[] {
  return byChapter(questions).flatMap(([chapter, own]): LearningFact[] => {
    const answers = own.map((question) => {
      const answer = answerOf(question)
      return { check: question.check.id, answer, correct: answer !== null && judgeCheck(question.check, answer) }
    })
    const passed = answers.every(({ correct }) => correct)
    return [{ type: 'chapter.placed', chapter, passed, answers }, ...(passed === known.includes(chapter) ? [] : [{ type: 'chapter.known' as const, chapter, known: passed }])]
  })
}

/** A question that was not answered right. */
export interface Missed {
  question: PlacementQuestion
  /** Null for "I do not know". */
  answer: CheckAnswer | null
  /** Title of the section that teaches it. */
  sectionTitle: string
}

export interface ChapterResult {
  chapter: ChapterSummary
  passed: boolean
  known: boolean
  right: number
  asked: number
  missed: Missed[]
  /** Missed questions that the test no longer asks, so that they cannot be shown. */
  lost: number
}

/** The newest result of every chapter that was asked about and can be read, in the order of the course. */
export function placementResults(questions: readonly PlacementQuestion[], library: LibraryIndex, progress: ProgressSnapshot): ChapterResult[] {
  return library.chapters.flatMap((chapter): ChapterResult[] => {
    const placed = Object.hasOwn(progress.placed, chapter.id) ? progress.placed[chapter.id] : undefined
    if (placed === undefined || chapter.state !== 'ready') return []
    const wrong = placed.answers.filter(({ correct }) => !correct)
    const missed = wrong.flatMap((one) => missedOf(chapter, questions, one))
    return [{ chapter, passed: placed.passed, known: progress.known.includes(chapter.id), right: placed.answers.length - wrong.length, asked: placed.answers.length, missed, lost: wrong.length - missed.length }]
  })
}

function missedOf(chapter: ChapterSummary, questions: readonly PlacementQuestion[], { check, answer }: PlacedChapter['answers'][number]): Missed[] {
  const question = questions.find((one) => one.chapter === chapter.id && one.check.id === check)
  if (question === undefined) return []
  return [{ question, answer, sectionTitle: chapter.sections.find(({ id }) => id === question.section)?.title ?? chapter.title }]
}
