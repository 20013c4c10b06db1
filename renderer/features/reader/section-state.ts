/** How far a learner is in a section, in counts and words. */
import type { ChapterSummary, Section } from '../../../exercises/content/model.ts'
import { tasksOf } from '../../../exercises/content/walk.ts'
import type { ChapterProgress } from '../../../exercises/progress/snapshot.ts'

type SectionSummary = ChapterSummary['sections'][number]

export interface SectionState {
  read: boolean
  checks: number
  right: number
  wrong: number
}

/** Counts the answers given in a section. */
export function sectionState(
  section: Pick<SectionSummary, 'id' | 'checks'>,
  sectionsRead: readonly string[],
  answers: Readonly<Record<string, { correct: boolean }>>,
): SectionState {
  const given = section.checks.flatMap((id) => answers[id] ?? [])
  const right = given.filter((answer) => answer.correct).length
  return { read: sectionsRead.includes(section.id), checks: section.checks.length, right, wrong: given.length - right }
}

/** `2 checks`, `1 of 2 right`, `1 of 2 right, 1 wrong`; empty without checks. */
export function checkWords(state: SectionState): string {
  if (state.checks === 0) return ''
  if (state.right + state.wrong === 0) return state.checks === 1 ? '1 check' : `${state.checks} checks`
  return `${state.right} of ${state.checks} right${state.wrong > 0 ? `, ${state.wrong} wrong` : ''}`
}

/** Whether everything that a section asks was tried: each check answered, rightly or not, and in each investigation a decision taken. */
export function isTried(section: Section, { checks, walkthroughs }: Pick<ChapterProgress, 'checks' | 'walkthroughs'>): boolean {
  const asked = tasksOf(section.blocks)
  const isBegun = (id: string): boolean => {
    const own = walkthroughs[id]
    return own !== undefined && (own.finished || Object.values(own.stages).some(({ choices }) => choices.length > 0))
  }
  return asked.checks.every((id) => checks[id] !== undefined) && asked.walkthroughs.every(isBegun)
}
