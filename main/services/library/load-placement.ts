/** content/placement.yaml: the questions of the placement test. */
import type { Chapter } from '../../../exercises/content/model.ts'
import { parsePlacement, placementQuestions } from '../../../exercises/content/placement.ts'
import type { PlacementQuestion } from '../../../exercises/content/placement.ts'
import type { Problem } from '../../../exercises/core/problem.ts'
import { hashOf, readSource } from './source-files.ts'

export const placementFileName = 'placement.yaml'

export interface LoadedPlacement {
  questions: PlacementQuestion[]
  problems: Problem[]
  revision: string
}

/** Reads the test; a course without the file has none. `listed` are the chapters of the course in order, or null where course.yaml cannot tell. */
export function loadPlacement(contentDir: string, listed: readonly string[] | null, chapters: ReadonlyMap<string, Chapter>): LoadedPlacement {
  const read = readSource(contentDir, placementFileName)
  if ('problem' in read) return { questions: [], problems: [], revision: hashOf(['no placement']) }
  return { ...placementQuestions(placementFileName, parsePlacement(placementFileName, read.source.text), listed, chapters), revision: hashOf(['placement', read.source.text]) }
}
