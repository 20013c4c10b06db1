import { noFaultLabel } from '../../../../exercises/simulator/incident/causes.ts'
import { useCommandList } from '../../../app/commands.tsx'
import { StatusMark } from '../../../ui/index.ts'
import { useRoom, useTick } from './room-context.ts'
import styles from './room.module.css'
import { shiftSteps } from './shift-steps.ts'

/** Where a learner with a coach is on the way through the shift; each step leads to its panel. */
export function ShiftStepsList() {
  const { level, show, facts } = useRoom()
  const commands = useCommandList()
  const entries = useTick((tick) => tick.entries)
  if (level !== 'guided') return null
  const steps = shiftSteps(entries, facts.causes.find(({ label }) => label === noFaultLabel)?.id ?? null)
  const next = steps.find(({ isDone }) => !isDone)
  return (
    <details className={styles.steps} open>
      <summary>
        Your shift, {steps.filter(({ isDone }) => isDone).length} of {steps.length} steps
      </summary>
      <ol>
        {steps.map(({ id, label, place, isDone }) => (
          <li key={id} className={styles.step} data-next={id === next?.id ? '' : undefined}>
            <StatusMark state={isDone ? 'ok' : 'unknown'} />
            {'command' in place && isDone ? (
              <span>{label}</span>
            ) : (
              <button type="button" onClick={() => ('panel' in place ? show(place.panel) : commands.find((one) => one.id === place.command)?.run())}>
                {label}
              </button>
            )}
            <span className="visually-hidden">{isDone ? ', done' : ', not done'}</span>
          </li>
        ))}
      </ol>
    </details>
  )
}
