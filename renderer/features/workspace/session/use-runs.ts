/** Running SQL and asking for plans, with what each leaves on screen. */
import { useCallback, useRef, useState } from 'react'
import type { PlanNode } from '../../../../exercises/kinds/sql/engine.ts'
import { isQuery, splitStatements } from '../../../../exercises/kinds/sql/statements.ts'
import { announce } from '../../../app/announce.ts'
import { planDiff, queryIdentity } from '../plan/plan-diff.ts'
import type { ShownPlan } from '../plan/plan-panel.tsx'
import type { LastRun } from '../results/run-results.tsx'
import { runPhrase } from '../results/run-text.ts'
import { entriesOf } from './journal.ts'
import type { RunOutcome } from './lab-options.ts'
import type { Lab } from './use-lab.ts'

/** SQL and where it lies in the editor. */
export interface Piece {
  text: string
  start: number
}

export interface Runs {
  last: LastRun | null
  plan: ShownPlan | null
  run(piece: Piece): Promise<RunOutcome>
  explain(sql: string): Promise<void>
  forgetBefore(): void
}

const isDifferent = (a: readonly PlanNode[], b: readonly PlanNode[]): boolean => planDiff(a, b).some((line) => line.state !== 'same')

/** `onRun` hears of every run, for the history and the editor's marks. */
export function useRuns(lab: Lab, onRun: (piece: Piece, outcome: RunOutcome) => void): Runs {
  const [last, setLast] = useState<LastRun | null>(null)
  const [plan, setPlan] = useState<ShownPlan | null>(null)
  const nextId = useRef(1)
  /** Plans seen, by query: the present one and the last that differed from it. */
  const seen = useRef(new Map<string, { current: PlanNode[]; before: PlanNode[] | null }>())
  const planned = useRef<string | null>(null)
  const { run: runInLab, plan: planInLab, refresh } = lab

  const explain = useCallback(
    async (sql: string) => {
      planned.current = sql
      const answer = await planInLab(sql)
      if (planned.current !== sql) return
      if (!answer.ok) {
        setPlan({ sql, plan: [], before: null, problem: answer.message })
        return
      }
      const key = queryIdentity(sql)
      const known = seen.current.get(key)
      const before = known === undefined ? null : isDifferent(known.current, answer.plan) ? known.current : known.before
      seen.current.set(key, { current: answer.plan, before })
      setPlan({ sql, plan: answer.plan, before, problem: null })
    },
    [planInLab],
  )

  const run = useCallback(
    async (piece: Piece) => {
      const outcome = await runInLab(piece.text)
      setLast({ id: nextId.current, sql: piece.text, start: piece.start, outcome })
      nextId.current += 1
      announce(outcome.state === 'done' ? `Done: ${runPhrase(outcome)}.` : `Not done: ${runPhrase(outcome)}.`)
      onRun(piece, outcome)
      const finished = outcome.state === 'done' ? outcome.results : outcome.state === 'failed' ? outcome.failure.before : []
      if (entriesOf(finished).length > 0) await refresh()
      // The plan of the query that ran, or of the one shown, since an index may have changed it.
      const query = outcome.state === 'stopped' ? null : splitStatements(piece.text).findLast((statement) => isQuery(statement) && statement.verb !== 'EXPLAIN')
      const subject = outcome.state === 'done' ? (query?.text ?? planned.current) : null
      if (subject !== null) await explain(subject)
      return outcome
    },
    [runInLab, refresh, explain, onRun],
  )

  const forgetBefore = useCallback(() => {
    setPlan((shown) => {
      if (shown === null) return null
      const known = seen.current.get(queryIdentity(shown.sql))
      if (known) known.before = null
      return { ...shown, before: null }
    })
  }, [])
  return { last, plan, run, explain, forgetBefore }
}
