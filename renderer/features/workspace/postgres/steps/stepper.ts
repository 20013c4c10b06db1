/** Plays given statements of several sessions one at a time, and remembers what became of each. */
import { useState } from 'react'
import type { Cell, RunReport } from '../../../../../exercises/kinds/postgres/session.ts'
import { announce } from '../../../../app/announce.ts'
import type { LabView, PostgresLab } from '../lab/postgres-lab.ts'
import { reportPhrase } from '../terminal/run-words.ts'

export interface Step {
  session: string
  sql: string
  /** What it shows; empty for a step of the learner's own. */
  says: string
  parameters?: Readonly<Record<string, Cell>>
}

/** `null` while it runs or waits. */
export type Outcome = RunReport | null

export interface Stepper {
  outcomes: readonly Outcome[]
  /** Why the next step cannot be played now; null when it can. */
  blocked: string | null
  next(): Promise<void>
  restart(): Promise<void>
}

/** `steps` may change: what was played before stays as it was. */
export function useStepper(lab: PostgresLab, view: LabView, steps: readonly Step[]): Stepper {
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([])
  const [isBusy, setBusy] = useState(false)
  const upcoming = steps[outcomes.length]
  const session = view.sessions.find((one) => one.name === upcoming?.session)

  const play = async (index: number): Promise<void> => {
    const step = steps[index]
    if (step === undefined) return
    setOutcomes((before) => [...before.slice(0, index), null])
    const running = lab.run(step.session, { text: step.sql, start: 0 }, step.parameters ?? {})
    void running.then((report) => {
      if (report === null) return
      setOutcomes((before) => before.map((one, at) => (at === index ? report : one)))
      announce(`Step ${String(index + 1)}, session ${step.session}: ${reportPhrase(report)}.`)
    })
    // A wait is shown at once; what ends soon is waited for, so that two presses do not overtake one another.
    await Promise.race([running, new Promise((resolve) => setTimeout(resolve, 250))])
  }
  const guarded = async (work: () => Promise<void>): Promise<void> => {
    if (isBusy) return
    setBusy(true)
    await work().finally(() => setBusy(false))
  }
  return {
    outcomes,
    blocked: blockedWords(view, upcoming, session !== undefined && session.running !== null, isBusy),
    next: () =>
      guarded(async () => {
        // What the learner has done before would change what the steps show.
        if (outcomes.length === 0 && lab.view.isTouched) await lab.reset()
        await play(outcomes.length)
      }),
    restart: () =>
      guarded(async () => {
        setOutcomes([])
        await lab.reset()
      }),
  }
}

function blockedWords(view: LabView, upcoming: Step | undefined, isRunning: boolean, isBusy: boolean): string | null {
  if (view.phase.name !== 'ready' || isBusy) return 'One moment.'
  if (upcoming === undefined) return 'That was the last step.'
  return isRunning ? `Session ${upcoming.session} still waits.` : null
}
