import { useDeferredValue, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { Link } from 'wouter'
import type { GlossaryTerm } from '../../../exercises/content/glossary-term.ts'
import { useCommands } from '../../app/commands.tsx'
import { useCall, useLibrary } from '../../app/data.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { routes } from '../../app/routes.ts'
import { Button, EmptyState, ErrorState, Kbd, Page, Select, Skeleton, TextInput } from '../../ui/index.ts'
import { byLetter, findTerms } from './find-terms.ts'
import styles from './glossary.module.css'

/** Every term of the course with its sentence; `termId` is brought into view. */
export function GlossaryScreen({ termId }: { termId: string | null }): ReactNode {
  usePageTitle('Glossary')
  const call = useCall('library.glossary', {})
  const terms = call.value?.terms
  const summary = terms === undefined ? undefined : `${String(terms.length)} terms, each in one sentence, with the chapter that teaches it.`
  return (
    <Page title="Glossary" summary={summary}>
      {terms === undefined ? (
        call.state === 'failed' ? (
          <ErrorState title="The glossary could not be opened" message={call.error.message} action={<Button onClick={call.reload}>Try again</Button>} />
        ) : (
          <Skeleton lines={10} label="Opening the glossary" />
        )
      ) : (
        <Terms terms={terms} termId={termId} />
      )}
    </Page>
  )
}

function Terms({ terms, termId }: { terms: readonly GlossaryTerm[]; termId: string | null }): ReactNode {
  const library = useLibrary()
  const [words, setWords] = useState('')
  const [chapter, setChapter] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const found = useMemo(() => findTerms(terms, words, chapter), [terms, words, chapter])
  const groups = useDeferredValue(useMemo(() => byLetter(found), [found]))
  const names = useMemo(() => new Map(terms.map(({ id, term }) => [id, term])), [terms])
  const clear = (): void => {
    setWords('')
    setChapter('')
  }
  useCommands([{ id: 'glossary.find', title: 'Find a term', section: 'Glossary', keys: '/', run: () => input.current?.focus() }])
  useEffect(() => {
    if (termId === null) return
    const entry = document.getElementById(`term-${termId}`)
    entry?.scrollIntoView({ block: 'center' })
    entry?.focus({ preventScroll: true })
  }, [termId])

  return (
    <>
      <search className={styles.filters}>
        <div className={styles.search}>
          <TextInput ref={input} type="search" aria-label="Find a term" placeholder="Find a term" value={words} onChange={(event) => setWords(event.target.value)} onKeyDown={(event) => event.key === 'Escape' && setWords('')} />
          <span className={styles.searchKey} aria-hidden="true">
            <Kbd keys="/" />
          </span>
        </div>
        <Select aria-label="Chapter" value={chapter} onChange={(event) => setChapter(event.target.value)}>
          <option value="">Every chapter</option>
          {library.chapters.map(({ id, number, title }) => (
            <option key={id} value={id}>
              {number} {title}
            </option>
          ))}
        </Select>
        <output className={styles.count}>{found.length === terms.length ? `${String(terms.length)} terms` : `${String(found.length)} of ${String(terms.length)} terms`}</output>
      </search>
      {found.length === 0 ? (
        <EmptyState title="No term matches" action={<Button onClick={clear}>Show all terms</Button>}>
          Fewer letters will find more. A word can stand in a chapter without being in the glossary.
        </EmptyState>
      ) : (
        groups.map(({ letter, terms: group }) => (
          <section key={letter} className={styles.group} aria-label={letter}>
            <h2 className={styles.letter}>{letter}</h2>
            <dl className={styles.terms}>
              {group.map((term) => (
                <TermEntry key={term.id} term={term} names={names} here={term.id === termId} />
              ))}
            </dl>
          </section>
        ))
      )}
    </>
  )
}

function TermEntry({ term, names, here }: { term: GlossaryTerm; names: ReadonlyMap<string, string>; here: boolean }): ReactNode {
  const chapter = useLibrary().chapters.find(({ id }) => id === term.chapter)
  return (
    <div className={styles.term} data-here={here || undefined}>
      <dt id={`term-${term.id}`} tabIndex={-1} className={styles.name}>
        {term.term}
      </dt>
      <dd>
        <p>{term.means}</p>
        <p className={styles.links}>
          {chapter !== undefined && <Link href={routes.chapter(chapter.id)}>{`Chapter ${String(chapter.number)}: ${chapter.title}`}</Link>}
          {term.see.length > 0 && <span className={styles.see}>See also</span>}
          {term.see.map((id) => (
            <Link key={id} href={routes.glossary(id)}>
              {names.get(id) ?? id}
            </Link>
          ))}
        </p>
      </dd>
    </div>
  )
}
