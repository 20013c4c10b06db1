import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { LearningPath } from '../../../exercises/content/learning-path.ts'
import { useCommands } from '../../app/commands.tsx'
import { useLibrary, useProgress, useSettings } from '../../app/data.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { durationText, pathState } from '../../app/path-progress.ts'
import type { PathState, PathStep } from '../../app/path-progress.ts'
import { go, routes } from '../../app/routes.ts'
import { useRowKeys } from '../../app/row-keys.ts'
import { Button, Card, Chip, Page, PageSection, ProgressBar, StatusMark } from '../../ui/index.ts'
import styles from './paths.module.css'

/** One path: its next step, then every step with its state. */
export function OnePath({ path }: { path: LearningPath }): ReactNode {
  usePageTitle(path.title)
  const state = pathState(path, useLibrary(), useProgress())
  const { settings, change } = useSettings()
  const list = useRowKeys<HTMLDivElement>({ section: 'Path', noun: 'step' })
  const isFollowed = settings.path === path.id
  const missing = state.parts.some(({ steps }) => steps.some((step) => step.state === 'missing'))
  return (
    <Page title={path.title} summary={path.about} actions={<Link href={routes.paths}>All paths</Link>}>
      <Card className={styles.next}>
        <NextStep path={path} state={state} />
        <div className={styles.progress}>
          <ProgressBar value={state.done / Math.max(1, state.total)} label={`Steps done of ${path.title}`} />
          <span className={styles.meta}>
            {state.done} of {state.total} steps, {durationText(state.minutesLeft)} of {durationText(state.minutes)} left
            {state.known > 0 && `, ${String(state.known)} known and passed over`}
          </span>
          <Button size="compact" aria-pressed={isFollowed} onClick={() => change({ path: isFollowed ? null : path.id })}>
            {isFollowed ? 'Stop following' : 'Follow this path'}
          </Button>
        </div>
      </Card>
      <p className={styles.rule}>
        A chapter or section is done when it has been read, an exercise when it is passed, an incident when service is restored.
        {missing && ' What is not written yet is passed over.'}
        {state.known > 0 && ' The text of a chapter that is known from the placement test is passed over; its exercises and incidents stay.'}
      </p>
      <div ref={list}>
        {state.parts.map(({ title, steps }) => (
          <PageSection key={title} title={title} note={partNote(steps)}>
            <ol>
              {steps.map((step) => (
                <StepRow key={`${step.item.kind} ${step.route ?? step.title}`} step={step} isNext={step === state.next?.step} />
              ))}
            </ol>
          </PageSection>
        ))}
      </div>
    </Page>
  )
}

function NextStep({ path, state: { next, total } }: { path: LearningPath; state: PathState }): ReactNode {
  const { settings, change } = useSettings()
  const start = (): void => {
    const route = next?.step.route ?? null
    if (route === null) return
    // Who goes on here follows this path, unless another one was chosen.
    if (settings.path === null) change({ path: path.id })
    go(route)
  }
  useCommands([{ id: 'path.next', title: 'Go on with this path', section: 'Path', keys: 'Enter', enabled: next !== null, run: start }])
  if (next === null) return <p>{total === 0 ? 'Nothing of this path is written yet.' : 'Every step is done. The steps below can be opened again.'}</p>
  return (
    <div className={styles.nextRow}>
      <div className={styles.nextWords}>
        <h2 className={styles.nextTitle}>{next.step.title}</h2>
        <p className={styles.about}>
          {next.part}. {next.step.what}, {durationText(next.step.minutesLeft)}
        </p>
      </div>
      <Button variant="main" size="main" keys="Enter" onClick={start}>
        Go on
      </Button>
    </div>
  )
}

const words: Record<PathStep['state'], string> = { done: 'done', open: 'not done', known: 'known from the placement test', missing: 'not written yet', aid: 'to use on the way' }

function StepRow({ step, isNext }: { step: PathStep; isNext: boolean }): ReactNode {
  const { withinMinutes, minutes } = step.item
  const note = step.state === 'missing' ? 'Not written yet' : step.state === 'aid' ? 'To use on the way' : step.state === 'known' ? 'Known' : minutes === null ? '' : durationText(minutes)
  return (
    <li className={styles.step} aria-current={isNext ? 'step' : undefined}>
      <span className={styles.mark}>{step.state !== 'aid' && <StatusMark state={step.state === 'done' || step.state === 'known' ? 'ok' : 'unknown'} />}</span>
      <span className={styles.stepTitle} data-passed-over={step.state === 'known'}>
        {step.route === null || step.state === 'known' ? (
          step.title
        ) : (
          <Link href={step.route} data-row>
            {step.title}
          </Link>
        )}
        <span className="visually-hidden">, {words[step.state]}</span>
      </span>
      {step.state === 'known' && step.route !== null && (
        <Link href={step.route} data-row aria-label={`Read it anyway: ${step.title}`}>
          Read it anyway
        </Link>
      )}
      {withinMinutes !== null && <Chip>Drill: within {withinMinutes} min</Chip>}
      <span className={styles.what}>{step.what}</span>
      <span className={styles.time}>{note}</span>
    </li>
  )
}

function partNote(steps: readonly PathStep[]): string {
  const left = steps.reduce((sum, step) => sum + step.minutesLeft, 0)
  return left === 0 ? (steps.some(({ state }) => state === 'done') ? 'Done' : '') : `${durationText(left)} left`
}
