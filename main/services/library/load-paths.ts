/** content/paths.yaml: the learning paths. */
import type { Reference } from '../../../exercises/content/compile/scope.ts'
import type { LearningPath } from '../../../exercises/content/learning-path.ts'
import { parsePaths } from '../../../exercises/content/paths.ts'
import type { Chapter } from '../../../exercises/content/model.ts'
import type { Problem } from '../../../exercises/core/problem.ts'
import { hashOf, readSource } from './source-files.ts'

export const pathsFileName = 'paths.yaml'

export interface LoadedPaths {
  paths: LearningPath[]
  references: Reference[]
  problems: Problem[]
  revision: string
}

/** Reads the paths; a course without the file has none. An anchor must be a section of its chapter: only those can be read to an end. */
export function loadPaths(contentDir: string, chapters: ReadonlyMap<string, Chapter>): LoadedPaths {
  const read = readSource(contentDir, pathsFileName)
  if ('problem' in read) return { paths: [], references: [], problems: [], revision: hashOf(['no paths']) }
  const { paths, references, problems } = parsePaths(pathsFileName, read.source.text)
  const lost = references.flatMap((reference): Problem[] => {
    if (reference.kind !== 'chapter' || reference.anchor === null) return []
    const chapter = chapters.get(reference.chapter)
    if (chapter === undefined || chapter.sections.some(({ id }) => id === reference.anchor)) return []
    return [{ file: pathsFileName, line: reference.line, severity: 'error', rule: 'path.section', message: `Chapter "${reference.chapter}" has no section "${reference.anchor}".` }]
  })
  return { paths, references, problems: [...problems, ...lost], revision: hashOf(['paths', read.source.text]) }
}
