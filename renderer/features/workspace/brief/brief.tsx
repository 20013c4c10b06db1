import { useState } from 'react'
import type { Grade } from '../../../../exercises/core/grade.ts'
import type { ExerciseProgress } from '../../../../exercises/progress/snapshot.ts'
import type { ExerciseBundle } from '../../../../main/api/index.ts'
import { Button, Chip, CopyButton, Dialog, Status, StatusMark } from '../../../ui/index.ts'
import { Prose } from '../../reader/content.tsx'
import { difficultyWords, exerciseState } from '../../reader/blocks/exercise-state.ts'
import type { Help } from '../bench/use-help.ts'
import { CodeText } from '../code-text.tsx'
import { goalState } from '../grade/missed-first.ts'
import { percent } from '../grade/score.ts'
import styles from './brief.module.css'

interface BriefProps {
  help: Help
  grade: Grade | null
}

function Goals({ bundle, grade }: { bundle: ExerciseBundle; grade: Grade | null }) {
  return (
    <section aria-labelledby="goals">
      <h2 id="goals" className={styles.heading}>
        Goals
      </h2>
      <ul className={styles.goals}>
        {bundle.exercise.checks.map((check) => {
          const { state, words } = goalState(grade?.checks.find((one) => one.id === check.id))
          return (
            <li key={check.id} className={styles.goal}>
              <StatusMark state={state} />
              <span>
                <CodeText text={check.label} />
                {state === 'warn' ? <span className={styles.quiet}> {words}</span> : <span className="visually-hidden">, {words}</span>}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Hints({ bundle, shown, onHint }: { bundle: ExerciseBundle; shown: readonly number[]; onHint(): void }) {
  const { hints } = bundle.exercise
  const next = hints.findIndex((_, index) => !shown.includes(index))
  return (
    <section aria-labelledby="hints">
      <h2 id="hints" className={styles.heading}>
        Hints{' '}
        <span className={styles.quiet}>
          {shown.length} of {hints.length} shown
        </span>
      </h2>
      <ol className={styles.hints}>
        {hints.map(
          (hint, index) =>
            shown.includes(index) && (
              <li key={hint.text} className={styles.hint}>
                <CodeText text={hint.text} /> <span className={styles.quiet}>cost {percent(hint.cost)}</span>
              </li>
            ),
        )}
      </ol>
      {next >= 0 && (
        <Button icon="hint" keys="Mod+." onClick={onHint}>
          Show hint {next + 1}, for {percent(hints[next]?.cost ?? 0)} of the score
        </Button>
      )}
    </section>
  )
}

function Solution({ bundle, progress, onSolution }: { bundle: ExerciseBundle; progress: ExerciseProgress | undefined; onSolution(): void }) {
  const [open, setOpen] = useState(false)
  const [asking, setAsking] = useState(false)
  const hasTried = (progress?.attempts ?? 0) > 0
  const wasShown = progress?.solutionShown === true
  const show = (): void => {
    setAsking(false)
    setOpen(true)
    if (!wasShown) onSolution()
  }
  return (
    <section aria-labelledby="solution">
      <h2 id="solution" className={styles.heading}>
        Worked answer
      </h2>
      {open ? (
        <>
          <Prose of={bundle.solution} />
          <div className={styles.reference}>
            <pre>{bundle.referenceAnswer.trim()}</pre>
            <CopyButton size="compact" label="Copy the reference answer" text={bundle.referenceAnswer} />
          </div>
          <Button variant="quiet" onClick={() => setOpen(false)}>
            Hide the worked answer
          </Button>
        </>
      ) : hasTried || wasShown ? (
        <Button icon="book" onClick={show}>
          Show the worked answer
        </Button>
      ) : (
        <>
          <p className={styles.quiet}>It opens after you have checked an answer once.</p>
          <Button onClick={() => setAsking(true)}>
            I am stuck
          </Button>
        </>
      )}
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title="See the worked answer without trying?"
        description={
          <>
            <p>The exercise then counts as seen: a later pass still shows, and adds less to your skills.</p>
            <p>You can do it again at any time. Your text stays as it is. A hint may be enough.</p>
          </>
        }
        footer={
          <>
            <Button onClick={() => setAsking(false)}>Keep trying</Button>
            <Button variant="main" onClick={show}>
              Show the worked answer
            </Button>
          </>
        }
      />
    </section>
  )
}

/** The left side: what is asked, the goals, and the help there is. */
export function Brief({ help, grade }: BriefProps) {
  const { bundle, progress, chapter, previous, next } = help
  const { exercise } = bundle
  const state = exerciseState(progress, exercise.version)
  return (
    // A scrolling area must be reachable by keyboard (WCAG 2.1.1).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={styles.brief} aria-label="Brief" tabIndex={0}>
      <header className={styles.header}>
        {chapter !== null && (
          <a className={styles.chapter} href={chapter.href}>
            {chapter.title}
          </a>
        )}
        <h1 className={styles.title}>{exercise.title}</h1>
        <div className={styles.facts}>
          <Status state={state.status}>{state.words}</Status>
          <Chip>{exercise.minutes} min</Chip>
          {help.drillMinutes !== null && <Chip tone="accent">Drill: within {help.drillMinutes} min</Chip>}
          <Chip>{difficultyWords[exercise.difficulty]}</Chip>
        </div>
      </header>
      <Prose of={bundle.prompt} />
      <Goals bundle={bundle} grade={grade} />
      <Hints bundle={bundle} shown={help.hintsShown} onHint={help.showHint} />
      <Solution bundle={bundle} progress={progress} onSolution={help.solutionShown} />
      {(previous !== null || next !== null) && (
        <nav className={styles.neighbours} aria-label="Exercises of this chapter">
          {next !== null && <a href={next.href}>{next.label ?? 'Next exercise'}: {next.title}</a>}
          {previous !== null && <a href={previous.href}>Previous exercise: {previous.title}</a>}
        </nav>
      )}
    </section>
  )
}
