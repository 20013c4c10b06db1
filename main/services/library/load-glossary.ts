/** content/glossary.yaml: the terms of the course. */
import type { GlossaryTerm } from '../../../exercises/content/glossary-term.ts'
import { parseGlossary } from '../../../exercises/content/glossary.ts'
import type { Problem } from '../../../exercises/core/problem.ts'
import { hashOf, readSource } from './source-files.ts'

export const glossaryFileName = 'glossary.yaml'

export interface LoadedGlossary {
  terms: GlossaryTerm[]
  problems: Problem[]
  revision: string
}

/** Reads the glossary; a course without one has no terms. Terms of chapters that the course does not list are problems. */
export function loadGlossary(contentDir: string, chapters: ReadonlySet<string> | null): LoadedGlossary {
  const read = readSource(contentDir, glossaryFileName)
  if ('problem' in read) return { terms: [], problems: [], revision: hashOf(['no glossary']) }
  const { terms, problems } = parseGlossary(glossaryFileName, read.source.text)
  const lost = chapters === null ? [] : terms.filter(({ chapter }) => !chapters.has(chapter))
  return {
    terms,
    problems: [...problems, ...lost.map(({ id, chapter }): Problem => ({ file: glossaryFileName, line: 1, severity: 'error', rule: 'reference.chapter', message: `The term "${id}" names the chapter "${chapter}", which the course does not list.` }))],
    revision: hashOf(['glossary', read.source.text]),
  }
}
