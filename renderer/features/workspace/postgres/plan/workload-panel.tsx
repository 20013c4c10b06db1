import { useState } from 'react'
import type { PostgresExercise } from '../../../../../exercises/kinds/postgres/schema.ts'
import { Button } from '../../../../ui/index.ts'
import type { ShownPlan } from './plan-panel.tsx'
import { PlanTable } from './plan-table.tsx'
import styles from './plan.module.css'

interface WorkloadPanelProps {
  workload: PostgresExercise['workload']
  isReady: boolean
  explain(sql: string): Promise<ShownPlan | null>
}

/** The given queries with their plans as the database is now, and as it was at the first look. */
export function WorkloadPanel({ workload, isReady, explain }: WorkloadPanelProps) {
  const [plans, setPlans] = useState<Readonly<Record<string, { first: ShownPlan; now: ShownPlan }>>>({})
  const explainAll = async (): Promise<void> => {
    for (const { id, sql } of workload) {
      const shown = await explain(sql)
      if (shown !== null) setPlans((before) => ({ ...before, [id]: { first: before[id]?.first ?? shown, now: shown } }))
    }
  }
  return (
    <div className={styles.panel}>
      <div className={styles.actions}>
        <Button size="compact" icon="tree" disabled={!isReady} onClick={() => void explainAll()}>
          Explain all
        </Button>
        <span className={styles.quiet}>Each is run with EXPLAIN (ANALYZE, BUFFERS) in the first session.</span>
      </div>
      {workload.map((query) => {
        const known = plans[query.id]
        const [before, after] = [pagesOf(known?.first), pagesOf(known?.now)]
        return (
          <section key={query.id} className={styles.query} aria-label={query.label}>
            <h3 className={styles.label}>{query.label}</h3>
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
            <pre className={styles.sql} tabIndex={0}>
              {query.sql.trim()}
            </pre>
            {before !== null && after !== null && before !== after && (
              <p className={styles.problem}>
                Pages touched: {before.toLocaleString('en')} at first, {after.toLocaleString('en')} now.
              </p>
            )}
            {known !== undefined && known.now.problem !== null && <p className={styles.problem}>No plan: {known.now.problem}</p>}
            {known !== undefined && known.now.plan !== null && <PlanTable plan={known.now.plan} name={`Plan of ${query.label}`} />}
          </section>
        )
      })}
    </div>
  )
}

function pagesOf(shown: ShownPlan | undefined): number | null {
  const buffers = shown?.plan?.root.buffers ?? null
  return buffers === null ? null : buffers.hit + buffers.read
}
