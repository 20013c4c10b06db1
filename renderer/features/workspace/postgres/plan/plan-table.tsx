import { useMemo } from 'react'
import type { Plan } from '../../../../../exercises/kinds/postgres/plan.ts'
import { StatusMark } from '../../../../ui/index.ts'
import { planLines } from './plan-lines.ts'
import type { PlanLine } from './plan-lines.ts'
import styles from './plan.module.css'

const number = (value: number | null): string => (value === null ? '' : value.toLocaleString('en'))
const time = (value: number | null): string => (value === null ? '' : value.toFixed(value < 10 ? 2 : 0))

/** A plan as a table: what was expected of each step, what was seen, and what it cost. */
export function PlanTable({ plan, name }: { plan: Plan; name: string }) {
  const lines = useMemo(() => planLines(plan), [plan])
  return (
    <div className={styles.plan}>
      <p className={styles.summary}>
        {plan.executionMs === null ? 'Planned, not run.' : `Ran in ${plan.executionMs.toFixed(2)} ms`}
        {plan.planningMs !== null && `, planned in ${plan.planningMs.toFixed(2)} ms`}
        {plan.root.buffers !== null && `, ${number(plan.root.buffers.hit + plan.root.buffers.read)} pages of 8 KiB touched`}
      </p>
      <table aria-label={name} className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Rows expected</th>
            <th scope="col">Rows seen</th>
            <th scope="col">Loops</th>
            <th scope="col">Time, own ms</th>
            <th scope="col">Pages</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <Row key={`${String(index)}-${line.title}`} line={line} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ line }: { line: PlanLine }) {
  const { node, depth, title, rowsPerLoop, ownMs, flags } = line
  const never = node.actualRows !== null && node.loops === 0
  return (
    <tr className={styles.row} data-never={never ? '' : undefined}>
      <td style={{ paddingInlineStart: `calc(var(--space-12) + ${String(depth)} * var(--space-16))` }}>
        <div className={styles.step}>
          <span className="visually-hidden">Level {depth + 1}:</span>
          <code className={styles.title}>{title}</code>
          {flags.map(({ weight, words }) => (
            <span key={words} className={styles.flag} data-weight={weight}>
              <StatusMark state={weight === 'ok' ? 'unknown' : weight} />
              {words}
            </span>
          ))}
        </div>
        {node.conditions.map(({ label, text }) => (
          <div key={label} className={styles.condition}>
            {label}: <code>{text}</code>
          </div>
        ))}
      </td>
      <td>{number(node.estimatedRows)}</td>
      <td>
        {number(rowsPerLoop)}
        {rowsPerLoop !== null && node.loops > 1 && <span className={styles.quiet}> each</span>}
      </td>
      <td>{node.actualRows === null ? '' : number(node.loops)}</td>
      <td>{time(ownMs)}</td>
      <td>
        {node.buffers === null ? '' : number(node.buffers.hit + node.buffers.read)}
        {(node.buffers?.read ?? 0) > 0 && <span className={styles.quiet}> ({number(node.buffers?.read ?? 0)} read)</span>}
      </td>
    </tr>
  )
}
