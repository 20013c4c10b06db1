/** What the core needs of the course content; `createLibrary` in this folder makes the real one. */
import type { GlossaryTerm } from '../../../exercises/content/glossary-term.ts'
import type { LibraryIndex } from '../../../exercises/content/model.ts'
import type { Chapter } from '../../../exercises/content/model.ts'
import type { PlacementQuestion } from '../../../exercises/content/placement.ts'
import type { Template } from '../../../exercises/content/template.ts'
import type { Result } from '../../../exercises/core/result.ts'
import type { ApiError, ExerciseBundle, IncidentBundle } from '../../api/contract.ts'

/** What changed on disk: the new revision and the ids of what has to be loaded again. */
export interface LibraryChange {
  revision: string
  chapters: string[]
  exercises: string[]
  incidents: string[]
}

/**
 * An id that has another name now; progress under `from` counts as progress under `to`. Sections, checks and
 * walkthroughs may be named alone (`locks`) or with their chapter (`ch07#locks`).
 */
export interface RenamedId {
  kind: 'chapter' | 'section' | 'check' | 'exercise' | 'walkthrough'
  from: string
  to: string
}

export interface Library {
  index(): LibraryIndex
  chapter(id: string): Result<Chapter, ApiError>
  exercise(id: string): Result<ExerciseBundle, ApiError>
  incident(id: string): Result<IncidentBundle, ApiError>
  glossary(): GlossaryTerm[]
  /** The questions of the placement test; none where the course has no such test. */
  placement(): PlacementQuestion[]
  template(id: string): Result<Template, ApiError>
  /** Listens to content changes (development only); returns the function that stops listening. */
  subscribe(listener: (change: LibraryChange) => void): () => void
  renamed(): RenamedId[]
  close(): Promise<void>
}
