import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useLibrary } from '../../app/data.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { routes } from '../../app/routes.ts'
import { useRowKeys } from '../../app/row-keys.ts'
import { Page } from '../../ui/index.ts'
import { sheetSection } from '../reader/print-chapter.ts'
import styles from './reference.module.css'

interface Entry {
  title: string
  to: string
  about: string
}

/** What one looks up: terms, templates, common mistakes. */
export function ReferenceScreen(): ReactNode {
  usePageTitle('Reference')
  const library = useLibrary()
  const list = useRowKeys({ section: 'Reference', noun: 'row' })
  const entries: Entry[] = [
    { title: 'Notes', to: routes.notes, about: 'What you have highlighted and written in the chapters, to search and to take along.' },
    { title: 'Glossary', to: routes.glossary(), about: 'Every term of the course in one sentence, with the chapter that teaches it.' },
    ...(library.templates.length === 0 ? [] : [{ title: 'Templates', to: routes.templates, about: 'Updates, hypotheses, runbooks, reports and alert rules, to fill in, copy and save.' }]),
    ...library.appendices.filter(({ state }) => state === 'ready').map(({ id, title, question }) => ({ title, to: routes.chapter(id), about: question })),
  ]
  const sheets = library.chapters.filter((chapter) => chapter.sections.some(({ id }) => id === sheetSection))
  return (
    <Page title="Reference" summary="To look up, during an incident or after a chapter.">
      <ul className={styles.entries} ref={list}>
        {entries.map(({ title, to, about }) => (
          <li key={to} className={styles.entry}>
            <h2 className={styles.title}>
              <Link href={to} data-row>
                {title}
              </Link>
            </h2>
            <p className={styles.about}>{about}</p>
          </li>
        ))}
        {sheets.length > 0 && (
          <li className={styles.entry}>
            <h2 className={styles.title}>Cheat sheets</h2>
            <p className={styles.about}>One page for each chapter, to print or save as PDF from the sheet itself.</p>
            <ul className={styles.sheets}>
              {sheets.map((chapter) => (
                <li key={chapter.id}>
                  <Link href={routes.chapter(chapter.id, sheetSection)} data-row>
                    {chapter.number} {chapter.title}
                  </Link>
                </li>
              ))}
            </ul>
          </li>
        )}
      </ul>
    </Page>
  )
}
