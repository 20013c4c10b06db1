/** How an exercise stands, in a status and words. */
import type { ExerciseProgress } from '../../../../exercises/progress/snapshot.ts'

export const kindNames: Readonly<Record<string, string>> = {
  sql: 'SQL',
  postgres: 'PostgreSQL',
  code: 'Code',
  diagram: 'Diagram',
  document: 'Document',
  decision: 'Decision',
  incident: 'Incident',
}

/** Difficulty 1..5 in a word. */
export const difficultyWords: Readonly<Record<number, string>> = { 1: 'Warm-up', 2: 'Easy', 3: 'Medium', 4: 'Hard', 5: 'Expert' }

export interface ExerciseState {
  status: 'ok' | 'warn' | 'unknown'
  words: string
}

/** `version` is the exercise's present version: a pass at an older one still counts, and the change is said. */
export function exerciseState(progress: ExerciseProgress | undefined, version: number): ExerciseState {
  if (progress === undefined) return { status: 'unknown', words: 'Not tried' }
  const best = `best ${Math.round(progress.bestScore * 100)}%`
  if (progress.passed) {
    const changed = progress.passedVersion !== null && progress.passedVersion < version ? ', changed since' : ''
    return { status: 'ok', words: `Passed, ${best}${changed}` }
  }
  if (progress.attempts === 0) return { status: 'unknown', words: 'Opened' }
  return { status: 'warn', words: `Tried, ${best}` }
}
