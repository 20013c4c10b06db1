import { useEffect, useState, type ReactNode } from 'react'
import { Link } from 'wouter'
import type { Chapter } from '../../../exercises/content/model.ts'
import { tasksOf } from '../../../exercises/content/walk.ts'
import { useProgress } from '../../app/data.ts'
import { routes } from '../../app/routes.ts'
import { ProgressBar, Status, StatusMark } from '../../ui/index.ts'
import { useLearning } from './learning.tsx'
import { checkWords, sectionState } from './section-state.ts'
import { minutesLeft } from './time-left.ts'
import styles from './reader.module.css'

/** Kept free above or under the current section, so that its neighbour shows too. */
const roomPx = 48

/** What scrolls around the list: the sidebar holds it, and how deep is the shell's affair. */
function scrollPaneOf(item: Element): HTMLElement | null {
  for (let around = item.parentElement; around !== null; around = around.parentElement) {
    if (around.scrollHeight > around.clientHeight && /auto|scroll/.test(getComputedStyle(around).overflowY)) return around
    if (around.localName === 'aside') return null
  }
  return null
}

/** The chapter's sections with the state of each, for the sidebar. */
export function Contents({
  chapter,
  current,
  sectionsRead,
  onFollow,
}: {
  chapter: Chapter
  current: string | null
  sectionsRead: readonly string[]
  onFollow: (route: string) => void
}): ReactNode {
  const learning = useLearning()
  const isKnown = useProgress().known.includes(chapter.id)
  // State, not a ref: the sidebar takes the list in after the first effects have run.
  const [list, setList] = useState<HTMLOListElement | null>(null)
  useEffect(() => {
    const item = list?.querySelector('[aria-current]')
    const pane = item ? scrollPaneOf(item) : null
    if (!item || pane === null) return
    // Only the sidebar moves: scrollIntoView would also move what is around it.
    const box = item.getBoundingClientRect()
    const view = pane.getBoundingClientRect()
    if (box.top < view.top) pane.scrollTop -= view.top - box.top + roomPx
    else if (box.bottom > view.bottom) pane.scrollTop += box.bottom - view.bottom + roomPx
  }, [current, list])
  const read = chapter.sections.filter((section) => sectionsRead.includes(section.id)).length
  const left = minutesLeft(chapter, sectionsRead)
  return (
    <nav className={styles.contents} aria-label="Contents">
      <div className={styles.contentsHead}>
        <Link href={routes.chapters} className={styles.quietLink}>
          Chapters
        </Link>
        <div className={styles.contentsTitle}>
          {chapter.id.startsWith('apx-') ? '' : `${String(chapter.number)} `}{chapter.title}
        </div>
        <div className={styles.contentsProgress}>
          <ProgressBar value={read / Math.max(1, chapter.sections.length)} label="Sections read" />
          <span>
            {read} of {chapter.sections.length} read
            {left === 0 ? '' : `, about ${left} min left`}
          </span>
          {isKnown ? <Status state="ok">Known from the placement test</Status> : null}
        </div>
      </div>
      <ol ref={setList}>
        {chapter.sections.map((section) => {
          const state = sectionState({ id: section.id, checks: tasksOf(section.blocks).checks }, sectionsRead, learning?.answers ?? {})
          const route = routes.chapter(chapter.id, section.id)
          const words = checkWords(state)
          return (
            <li key={section.id}>
              <Link href={route} onClick={() => onFollow(route)} className={styles.contentsItem} aria-current={section.id === current ? 'location' : undefined}>
                <span className={styles.contentsMark}>
                  <StatusMark state={state.read ? 'ok' : 'unknown'} />
                </span>
                <span>
                  {section.title}
                  <span className="visually-hidden">{state.read ? ', read' : ', not read'}</span>
                  {words === '' ? null : <span className={styles.contentsChecks}>{words}</span>}
                </span>
              </Link>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
