/** Definitions in the text: the first use of each term in a section, marked, with its sentence on rest or focus. */
import { createContext, useContext, useMemo, type ReactNode } from 'react'
import { Link } from 'wouter'
import type { GlossaryTerm } from '../../../exercises/content/glossary-term.ts'
import { markTerms, termMatcher } from '../../../exercises/content/mark-terms.ts'
import type { Chapter } from '../../../exercises/content/model.ts'
import { useCall } from '../../app/data.ts'
import { routes } from '../../app/routes.ts'
import { Tooltip } from '../../ui/index.ts'
import styles from './blocks/blocks.module.css'

const GlossaryContext = createContext<ReadonlyMap<string, GlossaryTerm>>(new Map())

/** Hands the glossary's sentences to the terms below. */
export const GlossaryProvider = GlossaryContext.Provider

/** The chapter with its terms marked, and the glossary; without one, or until it has come, the chapter as it is. */
export function useMarkedChapter(chapter: Chapter): { marked: Chapter; glossary: ReadonlyMap<string, GlossaryTerm> } {
  const terms = useCall('library.glossary', {}).value?.terms
  return useMemo(() => {
    if (terms === undefined || terms.length === 0) return { marked: chapter, glossary: new Map() }
    const matcher = termMatcher(terms, chapter.id)
    return { marked: { ...chapter, sections: chapter.sections.map((section) => ({ ...section, blocks: markTerms(section.blocks, matcher) })) }, glossary: new Map(terms.map((term) => [term.id, term])) }
  }, [chapter, terms])
}

/** One marked term: its sentence on rest or focus, and its entry in the glossary on a click. */
export function Term({ id, children }: { id: string; children: string }): ReactNode {
  const term = useContext(GlossaryContext).get(id)
  if (term === undefined) return children
  return (
    <Tooltip label={term.means} side="top">
      <Link href={routes.glossary(id)} className={styles.term}>
        {children}
      </Link>
    </Tooltip>
  )
}
