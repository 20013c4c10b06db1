import { useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { readSchedule } from '../../../../../exercises/kinds/postgres/answer.ts'
import { announce } from '../../../../app/announce.ts'
import { useToast } from '../../../../app/toast.tsx'
import { Button, IconButton, Kbd, RadioGroup, Select, Status } from '../../../../ui/index.ts'
import type { TableStep } from './schedule-text.ts'
import { moved, stepsOf, textOf } from './schedule-text.ts'
import styles from './schedule.module.css'

interface ScheduleEditorProps {
  sessions: readonly string[]
  text: string
  change(text: string): void
}

/** Where a schedule is written: a table of steps, or the text behind it. */
export function ScheduleEditor({ sessions, text, change }: ScheduleEditorProps) {
  const [view, setView] = useState<'table' | 'text'>('table')
  /** As the table has them: the text knows nothing of a blank that is being typed. */
  const [typed, setTyped] = useState<{ text: string; steps: readonly TableStep[] } | null>(null)
  const steps = typed?.text === text ? typed.steps : stepsOf(text, sessions)
  const changeSteps = (next: TableStep[]): void => {
    const nextText = textOf(next)
    setTyped({ text: nextText, steps: next })
    change(nextText)
  }
  const { faults } = readSchedule(text, sessions)
  const isTable = view === 'table' && steps !== null
  return (
    <div className={styles.editor}>
      <div className={styles.bar}>
        <RadioGroup<'table' | 'text'>
          segmented
          label="How to write the steps"
          value={isTable ? 'table' : 'text'}
          onChange={setView}
          options={[
            { value: 'table', label: 'Table', disabled: steps === null },
            { value: 'text', label: 'Text' },
          ]}
        />
        <span className={styles.quiet}>
          {isTable ? (
            <>
              <Kbd keys="Enter" /> adds a step below, <Kbd keys="Alt+ArrowUp" /> and <Kbd keys="Alt+ArrowDown" /> move it.
            </>
          ) : (
            'One step a line: the session, a colon, its statement.'
          )}
        </span>
      </div>
      {faults.map((fault) => (
        <p key={`${String(fault.line)} ${fault.message}`} className={styles.fault}>
          <Status state="crit">
            Line {fault.line}: {fault.message}
          </Status>
        </p>
      ))}
      {isTable ? <StepTable sessions={sessions} steps={steps} change={changeSteps} /> : <textarea className={styles.area} aria-label="Steps of your answer" value={text} spellCheck={false} onChange={(event) => change(event.target.value)} />}
    </div>
  )
}

function StepTable({ sessions, steps, change }: { sessions: readonly string[]; steps: readonly TableStep[]; change(steps: TableStep[]): void }) {
  const toast = useToast()
  const table = useRef<HTMLTableElement>(null)
  const focusSql = (index: number): void => {
    requestAnimationFrame(() => table.current?.querySelectorAll<HTMLTextAreaElement>('textarea')[index]?.focus())
  }
  const set = (index: number, part: Partial<TableStep>): void => change(steps.map((step, at) => (at === index ? { ...step, ...part } : step)))
  const add = (at: number): void => {
    const before = steps[at - 1]?.session
    change([...steps.slice(0, at), { session: before ?? sessions[0] ?? 'A', sql: '' }, ...steps.slice(at)])
    focusSql(at)
  }
  const move = (from: number, to: number): void => {
    if (to < 0 || to >= steps.length) return
    change(moved(steps, from, to))
    focusSql(to)
    announce(`Step ${String(from + 1)} is step ${String(to + 1)} now.`)
  }
  const remove = (index: number): void => {
    const before = [...steps]
    change(steps.filter((_, at) => at !== index))
    toast(`Step ${String(index + 1)} is gone.`, { label: 'Undo', run: () => change(before) })
    focusSql(Math.max(0, index - 1))
  }
  const onKeyDown = (event: KeyboardEvent, index: number): void => {
    const act = (work: () => void): void => {
      event.preventDefault()
      event.stopPropagation()
      work()
    }
    if (event.altKey && event.key === 'ArrowUp') act(() => move(index, index - 1))
    else if (event.altKey && event.key === 'ArrowDown') act(() => move(index, index + 1))
    else if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey) act(() => add(index + 1))
  }
  return (
    <div className={styles.scroll}>
      <table ref={table} className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Session</th>
            <th scope="col">Statement</th>
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step, index) => (
            <tr key={index}>
              <td className={styles.number}>{index + 1}</td>
              <td>
                <Select aria-label={`Session of step ${String(index + 1)}`} className={styles.session ?? ''} value={step.session} onChange={(event) => set(index, { session: event.target.value })}>
                  {sessions.map((name) => (
                    <option key={name}>{name}</option>
                  ))}
                </Select>
              </td>
              <td className={styles.statement}>
                <textarea
                  aria-label={`Statement of step ${String(index + 1)}`}
                  className={styles.sql}
                  rows={Math.max(1, step.sql.split('\n').length)}
                  value={step.sql}
                  spellCheck={false}
                  onChange={(event) => set(index, { sql: event.target.value })}
                  onKeyDown={(event) => onKeyDown(event, index)}
                />
              </td>
              <td className={styles.actions}>
                <IconButton size="compact" icon="chevron-up" label={`Move step ${String(index + 1)} up`} keys="Alt+ArrowUp" disabled={index === 0} onClick={() => move(index, index - 1)} />
                <IconButton size="compact" icon="chevron-down" label={`Move step ${String(index + 1)} down`} keys="Alt+ArrowDown" disabled={index === steps.length - 1} onClick={() => move(index, index + 1)} />
                <IconButton size="compact" icon="trash" label={`Delete step ${String(index + 1)}`} onClick={() => remove(index)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button size="compact" icon="plus" variant="quiet" onClick={() => add(steps.length)}>
        Add a step
      </Button>
    </div>
  )
}
