import { useCommands } from '../../app/commands.tsx'
import { share } from '../../app/course-progress.ts'
import type { LeadPoint } from '../../app/lead-point.ts'
import { go } from '../../app/routes.ts'
import { Button, Card, ProgressBar } from '../../ui/index.ts'
import styles from './home.module.css'

/** The one thing that leads. */
export function ContinueCard({ point }: { point: LeadPoint }) {
  const { verb, title, place, steps, stepsOf, path } = point
  const resume = (): void => go(point.to)
  useCommands([{ id: 'home.resume', title: `${verb}: ${title}`, section: 'Home', keys: 'Enter', run: resume }])
  return (
    <Card className={styles.continue}>
      <div className={styles.continueWords}>
        <h2 className={styles.continueTitle}>{title}</h2>
        <p className={styles.continuePlace}>{place}</p>
        {steps.total > 0 && (
          <div className={styles.continueProgress}>
            <ProgressBar value={share(steps)} label={`Steps done of ${stepsOf}`} />
            <span className={styles.count}>
              {steps.done} of {steps.total} {path === null ? 'done in the chapter' : 'steps of the path'}
            </span>
          </div>
        )}
      </div>
      <Button variant="main" size="main" keys="Enter" onClick={resume}>
        {verb}
      </Button>
    </Card>
  )
}
