/** Everything that can be said about a content folder without a learner: what `firedrill validate` prints. */
import { join } from 'node:path'
import type { Problem } from '../../exercises/core/problem.ts'
import { createCompileCache } from '../services/library/compile-cache.ts'
import { loadExercise } from '../services/library/exercise-files.ts'
import { loadContent } from '../services/library/load-content.ts'
import type { LoadedContent } from '../services/library/load-content.ts'

export interface ValidateOptions {
  contentDir: string
  update: boolean
  onProgress(message: string): void
  /** A code block that runs longer fails. */
  blockLimitMs?: number
  /** Tells, draws and runs only what stands in files that begin with this, such as `chapters/03-`. */
  only?: string
}

export interface Validation {
  problems: Problem[]
  counts: { chapters: number; exercises: number; diagrams: number; blocks: number }
  /** Files whose outputs were rewritten. */
  updated: string[]
  /** What could not be checked here, and why. */
  notes: string[]
}

/** Texts that the course may not repeat, where an author has them. */
const sourceTextsFolder = '../../shared/seeds'

/** Loads the folder as the app does, then parses its diagrams and runs its code blocks. */
export async function validateContent(options: ValidateOptions): Promise<Validation> {
  options.onProgress('compiling')
  const content = await loadContent(options.contentDir, createCompileCache(null), loadExercise)
  const isAsked = ({ file }: { file: string }): boolean => file.startsWith(options.only ?? '')
  const problems = problemsOf(content).filter(isAsked)
  const { checkProse, readSourceTexts } = await import('./check-prose.ts')
  const sources = readSourceTexts(join(options.contentDir, sourceTextsFolder))
  problems.push(...checkProse({ contentDir: options.contentDir, chapters: [...content.chapters.values()], sources }).filter(isAsked))
  const diagrams = content.diagrams.filter(isAsked)
  options.onProgress(`parsing ${diagrams.length} diagrams`)
  const { checkDiagrams } = await import('./mermaid.ts')
  problems.push(...(await checkDiagrams(diagrams)))
  const { runBlocks } = await import('./run-blocks.ts')
  // An incident that does not exist, or cannot be read, is a problem already.
  const blocks = content.runnable.filter(({ run: how }) => !('incident' in how) || content.incidents.has(how.incident)).filter(isAsked)
  const run = await runBlocks({ contentDir: options.contentDir, blocks, update: options.update, onProgress: options.onProgress, ...(options.blockLimitMs === undefined ? {} : { blockLimitMs: options.blockLimitMs }) })
  problems.push(...run.problems)
  return {
    problems: sortProblems(problems),
    counts: { chapters: content.chapters.size, exercises: content.exercises.size, diagrams: diagrams.length, blocks: run.ran },
    updated: run.updated,
    notes: sources === null ? [`Not compared with the source texts: there are none at ${sourceTextsFolder} beside the content.`] : [],
  }
}

/** All problems that loading found, in chapters and outside. */
export function problemsOf(content: LoadedContent): Problem[] {
  return [...content.index.problems, ...content.index.chapters.flatMap((chapter) => chapter.problems)]
}

function sortProblems(problems: readonly Problem[]): Problem[] {
  return problems.toSorted((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))
}
