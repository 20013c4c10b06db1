import type { PlanNode } from '../../../../exercises/kinds/sql/engine.ts'
import { Button, Kbd, Status } from '../../../ui/index.ts'
import { PlanTree } from './plan-tree.tsx'
import { PanelEmpty } from '../panel-state.tsx'
import styles from './plan-panels.module.css'

export interface ShownPlan {
  sql: string
  plan: PlanNode[]
  /** The last plan of the same query that was different. */
  before: PlanNode[] | null
  problem: string | null
}

/** The Plan tab: how SQLite would answer the query that was run or asked about last. */
export function PlanPanel({ shown, onForgetBefore }: { shown: ShownPlan | null; onForgetBefore(): void }) {
  if (shown === null) {
    return (
      <PanelEmpty title="No plan yet">
        Run a query, or press <Kbd keys="Mod+e" /> to see the plan of the statement at the caret without running it.
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
      {shown.problem === null ? (
        <>
          {shown.before !== null && (
            <div className={styles.bar}>
              <span className={styles.quiet}>Compared with the plan of this query before.</span>
              <Button size="compact" variant="quiet" onClick={onForgetBefore}>
                Show only this plan
              </Button>
            </div>
          )}
          <PlanTree plan={shown.plan} before={shown.before} name="Query plan" />
        </>
      ) : (
        <p className={styles.problem}>
          <Status state="crit">No plan: {shown.problem}</Status>
        </p>
      )}
    </div>
  )
}
