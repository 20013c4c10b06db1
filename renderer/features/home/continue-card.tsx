import { share } from '../../app/course-progress.ts'
import type { ResumePoint } from '../../app/course-progress.ts'
import { useCommands } from '../../app/commands.tsx'
import { resumeRoute } from '../../app/resume-route.ts'
import { go } from '../../app/routes.ts'
import { Button, Card, ProgressBar } from '../../ui/index.ts'
import styles from './home.module.css'

/** The one thing that leads. */
export function ContinueCard({ point }: { point: ResumePoint }) {
  const verb = point.begun ? 'Resume' : 'Start'
  const resume = (): void => go(resumeRoute(point))
  useCommands([{ id: 'home.resume', title: `${verb}: ${point.title}`, section: 'Home', keys: 'Enter', run: resume }])
  return (
    <Card className={styles.continue}>
      <div className={styles.continueWords}>
        <h2 className={styles.continueTitle}>{point.title}</h2>
        <p className={styles.continuePlace}>{point.place}</p>
        {point.steps.total > 0 && (
          <div className={styles.continueProgress}>
            <ProgressBar value={share(point.steps)} label={`Steps done of ${point.title}`} />
            <span className={styles.count}>
              {point.steps.done} of {point.steps.total} steps
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
