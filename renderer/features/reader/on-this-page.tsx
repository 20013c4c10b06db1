import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Chapter, Section } from '../../../exercises/content/model.ts'
import { useCommands } from '../../app/commands.tsx'
import { useLibrary, useProgress, useSettings } from '../../app/data.ts'
import { routes } from '../../app/routes.ts'
import { Button, Kbd, Status, StatusMark, type StatusState } from '../../ui/index.ts'
import { exerciseState } from './blocks/exercise-state.ts'
import { useLearning } from './learning.tsx'
import { SectionNotes } from './notes/section-notes.tsx'
import { mapSection, plainText } from './place/chapter-map.ts'
import { currentStage, noWalkthroughProgress } from './walkthroughs/walkthrough-logic.ts'
import styles from './reader.module.css'

function markOf(answer: { correct: boolean } | undefined): { mark: StatusState; word: string } {
  if (answer === undefined) return { mark: 'unknown', word: 'not answered' }
  return answer.correct ? { mark: 'ok', word: 'right' } : { mark: 'crit', word: 'not right yet' }
}

function promptWords(check: ReturnType<typeof mapSection>['checks'][number]): string {
  const first = check.prompt.find((block) => block.t === 'p')
  return first?.t === 'p' ? shortened(plainText(first.c)) : 'Check'
}

/** About two lines of the inspector. */
const mostCharacters = 72

/** The first words, without the punctuation at which they were cut. */
function shortened(words: string): string {
  if (words.length <= mostCharacters) return words
  const cut = words.slice(0, mostCharacters)
  return `${cut.slice(0, cut.lastIndexOf(' ')).replace(/[^\p{L}\p{N}%)]+$/u, '')}…`
}

/** What is in the section being read: headings, figures, checks and exercises with their state, and the keys. */
export function OnThisPage({ chapter, section, isRead, onMarkRead, onFollow }: { chapter: Chapter; section: Section; isRead: boolean; onMarkRead(): void; onFollow: (route: string) => void }): ReactNode {
  const library = useLibrary()
  const progress = useProgress()
  const learning = useLearning()
  const { settings } = useSettings()
  useCommands([{ id: 'reader.markRead', title: `Mark as read: ${section.title}`, section: 'This chapter', enabled: !isRead, run: onMarkRead }])
  const map = mapSection(section)
  const walkthroughs = map.walkthroughs.flatMap((id) => chapter.walkthroughs.filter((walkthrough) => walkthrough.id === id))
  const exercises = map.exercises.flatMap((id) => library.exercises.filter((exercise) => exercise.id === id))
  const link = (id: string, words: ReactNode, depth = 3): ReactNode => {
    const route = routes.chapter(chapter.id, id)
    return (
      <Link href={route} onClick={() => onFollow(route)} className={styles.asideLink} data-depth={depth}>
        {words}
      </Link>
    )
  }
  return (
    <div className={styles.aside}>
      <h2 className={styles.asideHead}>On this page</h2>
      <p className={styles.asideSection}>{link(section.id, section.title)}</p>
      {map.landmarks.length === 0 ? null : (
        <ul className={styles.asideList}>
          {map.landmarks.map((landmark) => (
            <li key={`${landmark.kind} ${landmark.id}`}>
              {link(landmark.id, landmark.kind === 'figure' ? `Figure: ${landmark.title}` : landmark.title, landmark.depth)}
            </li>
          ))}
        </ul>
      )}
      {map.checks.length === 0 ? null : (
        <>
          <h3 className={styles.asideHead}>Checks</h3>
          <ul className={styles.asideList}>
            {map.checks.map((check) => {
              const { mark, word } = markOf(learning?.answers[check.id])
              return (
                <li key={check.id} className={styles.asideCheck}>
                  <StatusMark state={mark} />
                  {link(
                    check.id,
                    <>
                      <span className={styles.clamped}>{promptWords(check)}</span>
                      <span className="visually-hidden">, {word}</span>
                    </>,
                  )}
                </li>
              )
            })}
          </ul>
        </>
      )}
      {walkthroughs.length === 0 ? null : (
        <>
          <h3 className={styles.asideHead}>Investigations</h3>
          <ul className={styles.asideList}>
            {walkthroughs.map((walkthrough) => {
              const progress = learning?.walkthrough(walkthrough.id) ?? noWalkthroughProgress
              const done = currentStage(walkthrough, progress)
              return (
                <li key={walkthrough.id}>
                  {link(walkthrough.id, walkthrough.title)}
                  <span className={styles.asideState}>
                    <Status state={done === walkthrough.stages.length ? 'ok' : 'unknown'}>
                      {done} of {walkthrough.stages.length} stages decided
                    </Status>
                  </span>
                </li>
              )
            })}
          </ul>
        </>
      )}
      {exercises.length === 0 ? null : (
        <>
          <h3 className={styles.asideHead}>Exercises</h3>
          <ul className={styles.asideList}>
            {exercises.map((exercise) => {
              const state = exerciseState(progress.exercises[exercise.id], exercise.version)
              return (
                <li key={exercise.id}>
                  <Link href={routes.exercise(exercise.id)} className={styles.asideLink}>
                    {exercise.title}
                  </Link>
                  <span className={styles.asideState}>
                    <Status state={state.status}>{state.words}</Status>
                  </span>
                </li>
              )
            })}
          </ul>
        </>
      )}
      <div className={styles.asideRead}>
        {isRead ? (
          <Status state="ok">Section read</Status>
        ) : (
          <>
            <p className={styles.quiet}>{map.checks.length + map.walkthroughs.length === 0 ? 'Counts as read at its end.' : 'Counts as read at its end, once what it asks was tried.'}</p>
            <Button size="compact" onClick={onMarkRead}>
              Mark as read
            </Button>
          </>
        )}
      </div>
      <SectionNotes chapter={chapter} section={section.id} />
      {settings.singleKeys ? (
        <>
          <h3 className={styles.asideHead}>Keys</h3>
          <dl className={styles.keys}>
            <div>
              <dt>
                <Kbd keys="j" /> <Kbd keys="k" />
              </dt>
              <dd>Next, previous block</dd>
            </div>
            <div>
              <dt>
                <Kbd keys="n" /> <Kbd keys="p" />
              </dt>
              <dd>Next, previous section</dd>
            </div>
            <div>
              <dt>
                <Kbd keys="h" /> <Kbd keys="m" />
              </dt>
              <dd>Highlight, make a note</dd>
            </div>
            <div>
              <dt>
                <Kbd keys="?" />
              </dt>
              <dd>All keys of this view</dd>
            </div>
          </dl>
        </>
      ) : null}
    </div>
  )
}
