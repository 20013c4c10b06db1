/** One fact on top of what is visible of a learner. Nothing here knows of resets, order or duplicates. */
import type { LearningEvent, LearningFact } from './events.ts'
import type { SkillSums } from './mastery.ts'
import { addEvidence, checkEvidence, exerciseEvidence, noEvidence, shiftEvidence } from './mastery.ts'
import type { ChapterProgress, ExerciseProgress, IncidentProgress, Note, PlacedChapter, ProgressSnapshot } from './snapshot.ts'
import { emptyChapterProgress } from './snapshot.ts'

/** What the facts that are not hidden add up to. Values are never changed in place. */
export interface VisibleProgress {
  readonly chapters: Readonly<Record<string, ChapterProgress>>
  readonly exercises: Readonly<Record<string, ExerciseProgress>>
  readonly incidents: Readonly<Record<string, IncidentProgress>>
  readonly skills: Readonly<Record<string, SkillSums>>
  /** Checks that were right at least once, as `chapter#check`. */
  readonly solved: Readonly<Record<string, true>>
  /** Shifts that have ended: each counts once, however often its end is told. */
  readonly endedShifts: Readonly<Record<string, true>>
  readonly placed: Readonly<Record<string, PlacedChapter>>
  readonly known: readonly string[]
  readonly resume: ProgressSnapshot['resume']
  readonly changesSeen: readonly string[]
  readonly notes: readonly Note[]
}

export const nothingVisible: VisibleProgress = { chapters: {}, exercises: {}, incidents: {}, skills: {}, solved: {}, endedShifts: {}, placed: {}, known: [], resume: null, changesSeen: [], notes: [] }

const emptyExercise: ExerciseProgress = { attempts: 0, bestScore: 0, passed: false, passedVersion: null, hintsShown: [], solutionShown: false, lastAt: 0 }
const emptyIncident: IncidentProgress = { started: 0, ended: 0, restored: false, bestScore: 0, postmortemScore: null, openShift: null, lastAt: 0 }
const emptyWalkthrough: ChapterProgress['walkthroughs'][string] = { finished: false, minutesSpent: 0, stages: {} }

function including<T>(list: readonly T[], item: T): T[] {
  return list.includes(item) ? [...list] : [...list, item]
}

/** Own properties only: an id such as `constructor` is an id like any other. */
function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

/** A copy with one entry set; an entry named `__proto__` becomes an own property too. */
function withEntry<T>(record: Readonly<Record<string, T>>, key: string, value: T): Record<string, T> {
  return Object.defineProperty({ ...record }, key, { value, enumerable: true, writable: true, configurable: true })
}

function withChapter(visible: VisibleProgress, id: string, at: number, change: (chapter: ChapterProgress) => ChapterProgress): VisibleProgress {
  const chapter = change({ ...(own(visible.chapters, id) ?? emptyChapterProgress), opened: true })
  const resume = { kind: 'chapter' as const, id, section: chapter.position?.section ?? null, block: chapter.position?.block ?? null, at }
  return { ...visible, chapters: withEntry(visible.chapters, id, chapter), resume }
}

function withExercise(visible: VisibleProgress, id: string, at: number, change: (exercise: ExerciseProgress) => ExerciseProgress): VisibleProgress {
  const exercise = { ...change(own(visible.exercises, id) ?? emptyExercise), lastAt: at }
  return { ...visible, exercises: withEntry(visible.exercises, id, exercise), resume: { kind: 'exercise', id, section: null, block: null, at } }
}

function withIncident(visible: VisibleProgress, id: string, at: number, change: (incident: IncidentProgress) => IncidentProgress): VisibleProgress {
  const incident = { ...change(own(visible.incidents, id) ?? emptyIncident), lastAt: at }
  return { ...visible, incidents: withEntry(visible.incidents, id, incident), resume: { kind: 'incident', id, section: null, block: null, at } }
}

function endShift(visible: VisibleProgress, at: number, fact: Extract<LearningFact, { type: 'shift.ended' }>): VisibleProgress {
  if (own(visible.endedShifts, fact.shift) === true) return visible
  const before = own(visible.incidents, fact.incident) ?? emptyIncident
  const score = (fact.process + fact.outcome) / 2
  const next = withIncident(visible, fact.incident, at, (incident) => ({
    ...incident,
    ended: incident.ended + 1,
    restored: incident.restored || fact.restored,
    bestScore: Math.max(incident.bestScore, score),
    openShift: incident.openShift === fact.shift ? null : incident.openShift,
  }))
  return withSkills({ ...next, endedShifts: withEntry(next.endedShifts, fact.shift, true) }, fact.skills, shiftEvidence(score, before))
}

function withSkills(visible: VisibleProgress, ids: readonly string[], evidence: { result: number; weight: number } | null): VisibleProgress {
  if (evidence === null || ids.length === 0) return visible
  let skills = visible.skills
  for (const id of new Set(ids)) skills = withEntry(skills, id, addEvidence(own(skills, id) ?? noEvidence, evidence))
  return { ...visible, skills }
}

function answerCheck(visible: VisibleProgress, at: number, fact: Extract<LearningFact, { type: 'check.answered' }>): VisibleProgress {
  const before = own(own(visible.chapters, fact.chapter)?.checks ?? {}, fact.check)
  const key = `${fact.chapter}#${fact.check}`
  const evidence = checkEvidence(fact, { attempts: before?.attempts ?? 0, solved: own(visible.solved, key) === true })
  const check = {
    answer: fact.answer,
    correct: fact.correct,
    firstCorrect: before?.firstCorrect ?? fact.correct,
    attempts: (before?.attempts ?? 0) + 1,
  }
  const next = withChapter(visible, fact.chapter, at, (chapter) => ({ ...chapter, checks: withEntry(chapter.checks, fact.check, check) }))
  return withSkills(fact.correct ? { ...next, solved: withEntry(next.solved, key, true) } : next, fact.skills, evidence)
}

function gradeExercise(visible: VisibleProgress, at: number, fact: Extract<LearningFact, { type: 'exercise.graded' }>): VisibleProgress {
  const evidence = exerciseEvidence(fact, own(visible.exercises, fact.exercise) ?? emptyExercise)
  const next = withExercise(visible, fact.exercise, at, (exercise) => ({
    ...exercise,
    attempts: exercise.attempts + 1,
    bestScore: Math.max(exercise.bestScore, fact.finalScore),
    passed: exercise.passed || fact.grade.passed,
    passedVersion: fact.grade.passed ? Math.max(exercise.passedVersion ?? fact.version, fact.version) : exercise.passedVersion,
  }))
  return withSkills(next, fact.skills, evidence)
}

function withWalkthrough(
  visible: VisibleProgress,
  at: number,
  fact: { chapter: string; walkthrough: string },
  change: (walkthrough: ChapterProgress['walkthroughs'][string]) => ChapterProgress['walkthroughs'][string],
): VisibleProgress {
  return withChapter(visible, fact.chapter, at, (chapter) => ({
    ...chapter,
    walkthroughs: withEntry(chapter.walkthroughs, fact.walkthrough, change(own(chapter.walkthroughs, fact.walkthrough) ?? emptyWalkthrough)),
  }))
}

/** What is visible after one more fact. Facts of a kind that this version does not know change nothing. */
export function applyFact(visible: VisibleProgress, { at, fact }: LearningEvent): VisibleProgress {
  switch (fact.type) {
    case 'chapter.opened':
      return withChapter(visible, fact.chapter, at, (chapter) => chapter)
    case 'section.read':
      return withChapter(visible, fact.chapter, at, (chapter) => ({ ...chapter, sectionsRead: including(chapter.sectionsRead, fact.section) }))
    case 'position.kept':
      return withChapter(visible, fact.chapter, at, (chapter) => ({ ...chapter, position: { section: fact.section, block: fact.block, at } }))
    case 'check.answered':
      return answerCheck(visible, at, fact)
    case 'walkthrough.stepped': {
      const stage = { observed: fact.observed, choices: fact.choices, decided: fact.decided }
      return withWalkthrough(visible, at, fact, (walkthrough) => ({
        ...walkthrough,
        minutesSpent: fact.minutesSpent,
        stages: withEntry(walkthrough.stages, fact.stage, stage),
      }))
    }
    case 'walkthrough.finished':
      return withWalkthrough(visible, at, fact, (walkthrough) => ({ ...walkthrough, finished: true, minutesSpent: fact.minutesSpent }))
    case 'walkthrough.restarted':
      // Finished stays: doing it again must not take the chapter's progress away.
      return withWalkthrough(visible, at, fact, (walkthrough) => ({ ...walkthrough, minutesSpent: 0, stages: {} }))
    case 'exercise.opened':
      return withExercise(visible, fact.exercise, at, (exercise) => exercise)
    case 'exercise.hinted':
      return withExercise(visible, fact.exercise, at, (exercise) => ({ ...exercise, hintsShown: including(exercise.hintsShown, fact.hint) }))
    case 'exercise.solutionShown':
      return withExercise(visible, fact.exercise, at, (exercise) => ({ ...exercise, solutionShown: true }))
    case 'exercise.graded':
      return gradeExercise(visible, at, fact)
    case 'shift.started':
      return withIncident(visible, fact.incident, at, (incident) => ({ ...incident, started: incident.started + 1, openShift: fact.shift }))
    case 'shift.ended':
      return endShift(visible, at, fact)
    case 'shift.postmortem':
      return withIncident(visible, fact.incident, at, (incident) => ({ ...incident, postmortemScore: Math.max(incident.postmortemScore ?? 0, fact.score) }))
    case 'note.kept': {
      const { note: id, chapter, section, block, after, quote, nth, text } = fact
      const before = visible.notes.find((note) => note.id === id)
      const note: Note = { id, chapter, section, block, after, quote, nth, text, at: before?.at ?? at, changedAt: at }
      return { ...visible, notes: before === undefined ? [...visible.notes, note] : visible.notes.map((one) => (one.id === id ? note : one)) }
    }
    case 'note.removed':
      return { ...visible, notes: visible.notes.filter((note) => note.id !== fact.note) }
    case 'chapter.placed':
      return { ...visible, placed: withEntry(visible.placed, fact.chapter, { passed: fact.passed, answers: fact.answers, at }) }
    case 'chapter.known':
      return { ...visible, known: fact.known ? including(visible.known, fact.chapter) : visible.known.filter((id) => id !== fact.chapter) }
    case 'changes.seen':
      return { ...visible, changesSeen: including(visible.changesSeen, fact.change) }
    default:
      return visible
  }
}
