import type { Debrief } from '../../../../../exercises/simulator/incident/debrief/index.ts'
import { Status } from '../../../../ui/index.ts'
import { useDebriefed } from '../debrief-context.ts'
import { thousands } from '../debrief-words.ts'
import styles from './replay.module.css'

/** How the system stood at a moment: alerts that fire, and requests that have failed. */
export function ReplayNow({ nowUs }: { nowUs: number }) {
  const { debrief, opened } = useDebriefed()
  const firing = firingAt(debrief, opened.epochMs + nowUs / 1000)
  return (
    <p className={styles.now}>
      <Status state={firing.length > 0 ? 'crit' : 'ok'}>{firing.length > 0 ? `Firing: ${firing.join(', ')}` : 'No alert fires'}</Status>
      <span>{thousands(failedAt(debrief, nowUs))} requests have failed</span>
    </p>
  )
}

function firingAt({ transitions }: Debrief, nowMs: number): readonly string[] {
  const last = new Map<string, { rule: string; to: string }>()
  for (const { timeMs, rule, labels, to } of transitions) if (timeMs <= nowMs) last.set(`${rule} ${JSON.stringify(labels)}`, { rule, to })
  return [...new Set([...last.values()].filter(({ to }) => to === 'firing').map(({ rule }) => rule))]
}

function failedAt({ before, mine }: Debrief, nowUs: number): number {
  for (const { atUs, failed } of [mine.curve, before]) {
    const index = atUs.findLastIndex((one) => one <= nowUs)
    if (index >= 0) return failed[index] ?? 0
  }
  return 0
}
