import { useState } from 'react'
import { Button, Chip, RadioGroup, Status } from '../../../ui/index.ts'
import type { WorkloadPlan } from '../session/use-lab.ts'
import { planDiff } from './plan-diff.ts'
import { PlanTree } from './plan-tree.tsx'
import { PanelEmpty } from '../panel-state.tsx'
import styles from './plan-panels.module.css'

/** The given queries with their plans against the schema as it is now, and how these differ from the start. */
export function WorkloadPanel({ workload, onInsert }: { workload: readonly WorkloadPlan[]; onInsert(sql: string): void }) {
  const [view, setView] = useState<'now' | 'before'>('now')
  if (workload.length === 0) return <PanelEmpty title="No given queries">This exercise asks for a query of your own.</PanelEmpty>
  return (
    <div className={styles.panel}>
      <div className={styles.bar}>
        <span className={styles.quiet}>Plans follow the schema: run your statements and look again.</span>
        <RadioGroup<'now' | 'before'>
          segmented
          label="Which plans"
          value={view}
          onChange={setView}
          options={[
            { value: 'before', label: 'At the start' },
            { value: 'now', label: 'Now' },
          ]}
        />
      </div>
      {workload.map((query) => {
        const plan = view === 'now' ? query.now : query.before
        const isChanged = query.before !== null && query.now !== null && planDiff(query.before, query.now).some((line) => line.state !== 'same')
        return (
          <section key={query.id} className={styles.query} aria-label={query.label}>
            <header className={styles.queryHead}>
              <h3 className={styles.title}>{query.label}</h3>
              <Chip tone={isChanged ? 'accent' : 'neutral'}>{isChanged ? 'Plan changed' : 'Same plan as at the start'}</Chip>
              <Button size="compact" variant="quiet" icon="plus" onClick={() => onInsert(query.sql)}>
                Insert
              </Button>
            </header>
            {/* A scrolling area must be reachable by keyboard (WCAG 2.1.1). */}
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
            <pre className={styles.sql} tabIndex={0}>
              {query.sql.trim()}
            </pre>
            {query.problem !== null && view === 'now' ? (
              <p className={styles.problem}>
                <Status state="crit">No plan: {query.problem}</Status>
              </p>
            ) : (
              plan !== null && <PlanTree plan={plan} before={view === 'now' ? query.before : null} name={`Plan of ${query.label}`} />
            )}
          </section>
        )
      })}
    </div>
  )
}
