/** A guided investigation: look, decide, be told why, stage by stage. Where it stands is kept with every step. */
import { useId, useRef, useState, type ReactNode } from 'react'
import type { Walkthrough } from '../../../../exercises/content/model.ts'
import { Button, Dialog, ProgressBar } from '../../../ui/index.ts'
import { Blocks } from '../blocks/blocks.tsx'
import { useLearning, type Learning } from '../learning.tsx'
import { alignElement, landingPx } from '../place/text-geometry.ts'
import { DebriefView } from './debrief-view.tsx'
import { StageView } from './stage-view.tsx'
import { currentStage, decide, minutesSpent, observe, restart, stageProgress } from './walkthrough-logic.ts'
import styles from './walkthroughs.module.css'

/** Height of the bar that stays at the top, over what one goes to. */
const budgetBarPx = 44

function BudgetLine({ spent, budget }: { spent: number; budget: number }): ReactNode {
  const over = spent - budget
  return (
    <div className={styles.budget} data-over={over > 0}>
      <span>
        {spent} of {budget} min spent, {over > 0 ? `${over} min over: the users are waiting` : `${budget - spent} min left`}
      </span>
      <ProgressBar value={Math.min(1, spent / budget)} label="Minutes spent" />
    </div>
  )
}

function Investigation({ walkthrough, learning }: { walkthrough: Walkthrough; learning: Learning }): ReactNode {
  const titleId = useId()
  const progress = learning.walkthrough(walkthrough.id)
  const current = currentStage(walkthrough, progress)
  // The stage in view: a decided one stays until the learner goes on, so that its outcome can be read.
  const [viewed, setViewed] = useState(current)
  const [asking, setAsking] = useState(false)
  const stageHeading = useRef<HTMLHeadingElement>(null)
  const shown = Math.min(viewed, current)
  const untouched = Object.keys(progress.stages).length === 0
  const [started, setStarted] = useState(!untouched)
  const chapterId = learning.chapter.id

  const goTo = (index: number): void => {
    setViewed(index)
    requestAnimationFrame(() => {
      const heading = stageHeading.current
      if (heading === null) return
      heading.focus({ preventScroll: true })
      alignElement(heading, heading, landingPx + budgetBarPx)
    })
  }
  const beginAgain = (): void => {
    learning.take(walkthrough, restart(chapterId, walkthrough))
    setAsking(false)
    goTo(0)
  }

  return (
    <section className={styles.walkthrough} aria-labelledby={titleId}>
      <header className={styles.head}>
        <div className={styles.kind}>Investigation</div>
        <h3 id={titleId} className={styles.title}>
          {walkthrough.title}
        </h3>
      </header>
      <div className={styles.budgetBar}>
        <BudgetLine spent={minutesSpent(walkthrough, progress)} budget={walkthrough.budgetMinutes} />
      </div>
      <div className={styles.body}>
        <Blocks of={walkthrough.intro} />
        {started ? null : (
          <>
            <div className={styles.actions}>
              <Button
                variant="main"
                onClick={() => {
                  setStarted(true)
                  goTo(0)
                }}
              >
                Start
              </Button>
            </div>
            <p className={styles.onPaper}>
              {walkthrough.stages.length} stages, investigated in the app: look, decide, and read why.
            </p>
          </>
        )}
      </div>
      {started
        ? walkthrough.stages.slice(0, shown + 1).map((stage, index) => {
            const view = (
              <StageView
                stage={stage}
                progress={stageProgress(progress, stage.id)}
                minutesLeft={walkthrough.budgetMinutes - minutesSpent(walkthrough, progress)}
                onObserve={(id) => learning.take(walkthrough, observe(chapterId, walkthrough, progress, stage, id))}
                onDecide={(id) => learning.take(walkthrough, decide(chapterId, walkthrough, progress, stage, id))}
              />
            )
            const heading = (
              <span>
                Stage {index + 1} of {walkthrough.stages.length}: {stage.title}
              </span>
            )
            if (index < shown) {
              return (
                <details key={stage.id} className={styles.past}>
                  <summary>{heading}</summary>
                  {view}
                </details>
              )
            }
            return (
              <div key={stage.id} className={styles.stage}>
                <h4 ref={stageHeading} tabIndex={-1} className={styles.stageTitle}>
                  {heading}
                </h4>
                {view}
                {index < current ? (
                  <div className={styles.actions}>
                    <Button variant="main" onClick={() => goTo(index + 1)}>
                      {index + 1 < walkthrough.stages.length ? 'Next stage' : 'Debrief'}
                    </Button>
                  </div>
                ) : null}
              </div>
            )
          })
        : null}
      {started && shown === walkthrough.stages.length ? (
        <div className={styles.stage}>
          <h4 ref={stageHeading} tabIndex={-1} className={styles.stageTitle}>
            Debrief
          </h4>
          <DebriefView walkthrough={walkthrough} progress={progress} />
        </div>
      ) : null}
      {untouched ? null : (
        <footer className={styles.foot}>
          <Button size="compact" onClick={() => (current === walkthrough.stages.length ? beginAgain() : setAsking(true))}>
            Start again
          </Button>
        </footer>
      )}
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title="Start this investigation again?"
        description="What you looked at and decided is cleared from view. It stays in your history."
        footer={
          <>
            <Button onClick={() => setAsking(false)}>Keep going</Button>
            <Button variant="main" onClick={beginAgain}>
              Start again
            </Button>
          </>
        }
      >
        {null}
      </Dialog>
    </section>
  )
}

/** Draws the walkthrough that a `::walkthrough` names. */
export function WalkthroughBlock({ id }: { id: string }): ReactNode {
  const learning = useLearning()
  const walkthrough = learning?.chapter.walkthroughs.find((candidate) => candidate.id === id)
  if (learning === null || walkthrough === undefined) {
    return <p>The investigation “{id}” is not in this chapter. The rest of the chapter is not affected.</p>
  }
  return <Investigation walkthrough={walkthrough} learning={learning} />
}
