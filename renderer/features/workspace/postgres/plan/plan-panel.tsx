import type { Plan } from '../../../../../exercises/kinds/postgres/plan.ts'
import { Kbd, Status } from '../../../../ui/index.ts'
import { PanelEmpty } from '../../panel-state.tsx'
import { PlanTable } from './plan-table.tsx'
import styles from './plan.module.css'

export interface ShownPlan {
  session: string
  sql: string
  /** False for a statement that would have changed rows. */
  isRun: boolean
  plan: Plan | null
  problem: string | null
}

/** The Plan tab: EXPLAIN (ANALYZE, BUFFERS) of the statement that was asked about last. */
export function PlanPanel({ shown }: { shown: ShownPlan | null }) {
  if (shown === null) {
    return (
      <PanelEmpty title="No plan yet">
        Put the caret in a query and press <Kbd keys="Mod+e" />. It is run with EXPLAIN (ANALYZE, BUFFERS) in its own session; a statement that changes rows is planned only.
      </PanelEmpty>
    )
  }
  return (
    <div className={styles.panel}>
      {/* A scrolling area must be reachable by keyboard (WCAG 2.1.1). */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={styles.sql} tabIndex={0}>
        {shown.sql.trim()}
      </pre>
      {shown.problem !== null && (
        <p className={styles.problem}>
          <Status state="crit">No plan: {shown.problem}</Status>
        </p>
      )}
      {shown.plan !== null && (
        <>
          {!shown.isRun && <p className={styles.problem}>Not run, because it changes rows. To see what it takes, run EXPLAIN (ANALYZE, BUFFERS) between BEGIN and ROLLBACK.</p>}
          <PlanTable plan={shown.plan} name={`Query plan, session ${shown.session}`} />
        </>
      )}
    </div>
  )
}
