import { useEffect, useRef, useState } from 'react'
import { Button, RadioGroup, Status } from '../../../../ui/index.ts'
import { WaitDrawing } from '../graph/wait-panel.tsx'
import { PanelEmpty } from '../../panel-state.tsx'
import type { LabView, PostgresLab } from '../lab/postgres-lab.ts'
import { resultNote } from '../terminal/run-words.ts'
import type { Outcome, Step } from './stepper.ts'
import { useStepper } from './stepper.ts'
import styles from './steps.module.css'

export interface StepSource {
  id: string
  label: string
  steps: readonly Step[]
}

/** Plays an interleaving, one statement at a press, in the sessions above. */
export function StepsPanel({ lab, view, sources }: { lab: PostgresLab; view: LabView; sources: readonly StepSource[] }) {
  const [chosen, setChosen] = useState(sources[0]?.id ?? '')
  const source = sources.find((one) => one.id === chosen) ?? sources[0]
  if (source === undefined) return <PanelEmpty title="No steps">This exercise plays no steps.</PanelEmpty>
  return (
    <div className={styles.panel}>
      <div className={styles.list}>
        {sources.length > 1 && (
          <div className={styles.choice}>
            <RadioGroup segmented label="Which steps" value={source.id} onChange={setChosen} options={sources.map(({ id, label }) => ({ value: id, label }))} />
          </div>
        )}
        <Steps key={source.id} lab={lab} view={view} steps={source.steps} />
      </div>
      {view.activity.length > 1 && (
        <div className={styles.drawing}>
          <WaitDrawing view={view} />
        </div>
      )}
    </div>
  )
}

function Steps({ lab, view, steps }: { lab: PostgresLab; view: LabView; steps: readonly Step[] }) {
  const { outcomes, blocked, next, restart } = useStepper(lab, view, steps)
  const played = outcomes.length
  const isOver = played >= steps.length
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    if (played > 0) list.current?.children[Math.min(played, steps.length - 1)]?.scrollIntoView({ block: 'nearest' })
  }, [played, steps.length])
  if (steps.length === 0) return <PanelEmpty title="No steps yet">Write the answer first; its statements are played here one by one.</PanelEmpty>
  return (
    <>
      <div className={styles.bar}>
        <Button icon="play" variant="main" disabled={blocked !== null} onClick={() => void next()}>
          {played === 0 ? 'Play the first step' : 'Next step'}
        </Button>
        <Button icon="reset" variant="quiet" disabled={view.phase.name !== 'ready' || played === 0} onClick={() => void restart()}>
          Restart
        </Button>
        <span className={styles.quiet}>
          {String(played)} of {String(steps.length)} played.{' '}
          {played === 0 && view.isTouched ? 'The database is reset first.' : !isOver && blocked !== null && blocked !== 'One moment.' ? blocked : ''}
        </span>
      </div>
      <ol ref={list} className={styles.steps}>
        {steps.map((step, index) => {
          const isPlayed = index < played
          return (
            <li key={`${String(index)}-${step.sql}`} className={styles.step} aria-current={index === played ? 'step' : undefined} data-played={isPlayed ? '' : undefined}>
              <span className={styles.number}>{String(index + 1)}</span>
              <span className={styles.session}>{step.session}</span>
              <div className={styles.body}>
                <code className={styles.sql}>{step.sql}</code>
                {isPlayed && <OutcomeWords outcome={outcomes[index] ?? null} waitsFor={view.sessions.find((one) => one.name === step.session)?.waitsFor ?? null} />}
                {isPlayed && step.says !== '' && <p className={styles.says}>{step.says}</p>}
              </div>
            </li>
          )
        })}
      </ol>
    </>
  )
}

function OutcomeWords({ outcome, waitsFor }: { outcome: Outcome; waitsFor: string | null }) {
  if (outcome === null) return <Status state={waitsFor === null ? 'unknown' : 'warn'}>{waitsFor === null ? 'Runs' : `Waits for session ${waitsFor}`}</Status>
  if (outcome.error !== null) {
    return (
      <Status state="crit">
        {outcome.error.sqlstate}: {outcome.error.message}
      </Status>
    )
  }
  const last = outcome.results.at(-1)
  const rows = last?.rows.slice(0, 3).map((row) => `(${row.map((cell) => (cell === null ? 'NULL' : String(cell))).join(', ')})`)
  return (
    <Status state="ok">
      {last === undefined ? 'Done' : resultNote(last)}
      {rows !== undefined && rows.length > 0 && `: ${rows.join(' ')}${last !== undefined && last.rows.length > 3 ? ' …' : ''}`}
    </Status>
  )
}
