import { Status } from '../../../../ui/index.ts'
import { useDebriefed } from '../debrief-context.ts'
import { thousands } from '../debrief-words.ts'
import styles from './result.module.css'

/** In place of three curves, where nobody, the learner and the expert left the system alone: they are one. */
export function OneWorld() {
  const { debrief } = useDebriefed()
  const { mine, pageUs } = debrief
  const wasWell = mine.mitigatedUs !== null && mine.mitigatedUs <= pageUs
  return (
    <div className={styles.calm}>
      <p className={styles.figure}>
        <Status state="ok">Right: nothing needed doing</Status>
      </p>
      <p>
        You changed nothing, and neither would the expert. Your curve is the one of nobody, so there are not three worlds to compare but one: {thousands(mine.failed)} of {thousands(mine.total)} requests failed
        {wasWell && ', and the objective was met throughout'}.
      </p>
    </div>
  )
}
