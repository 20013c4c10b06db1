import { Button, classNames } from '../../../ui/index.ts'
import { useKeep, useRoom, useTick } from './room-context.ts'
import styles from './room.module.css'

/** Points of the process that a hint costs where help has a price. */
const hintCost = 0.25
/** Simulated time without anything done after which the coach offers its next question. */
const stillUs = 120_000_000

/** Questions of the coach, or hints at a price, one after the other; nothing on call. */
export function Coach() {
  const { facts, level, opened } = useRoom()
  const keep = useKeep()
  const taken = useTick(({ entries }) => entries.filter(({ type }) => type === 'hinted').length)
  const isStill = useTick(({ entries, nowUs }) => nowUs - (entries.at(-1)?.atUs ?? opened.pageUs) > stillUs)
  if (level === 'on-call' || facts.hints.length === 0) return null
  const isGuided = level === 'guided'
  const shown = facts.hints.slice(0, taken)
  const next = taken < facts.hints.length
  return (
    <section className={classNames(styles.coach, isStill && next && styles.offering)} aria-labelledby="coach">
      <h2 id="coach" className={styles.sideTitle}>
        {isGuided ? 'Coach' : 'Hints'}
      </h2>
      <ol className={styles.hints}>
        {shown.map((hint) => (
          <li key={hint}>{hint}</li>
        ))}
      </ol>
      {next ? (
        <Button size="compact" onClick={() => void keep({ type: 'hinted', hint: taken, cost: isGuided ? 0 : hintCost })}>
          {isGuided ? (taken === 0 ? 'Ask me a question' : 'Next question') : `Take a hint, costs ${String(hintCost)} points`}
        </Button>
      ) : (
        <p className={styles.quiet}>That was the last one.</p>
      )}
    </section>
  )
}
