import type { IncidentProgress } from '../../../exercises/progress/snapshot.ts'
import { Status } from '../../ui/index.ts'

/** How a learner stands with an incident, in a shape and words. */
export function IncidentState({ progress }: { progress: IncidentProgress | undefined }) {
  if (progress === undefined) return <Status state="unknown">Not worked</Status>
  if (progress.openShift !== null) return <Status state="warn">Shift open</Status>
  if (progress.ended === 0) return <Status state="unknown">Not ended</Status>
  const best = `best ${String(Math.round(progress.bestScore * 100))}%`
  return <Status state={progress.restored ? 'ok' : 'warn'}>{progress.restored ? `Restored, ${best}` : `Not restored, ${best}`}</Status>
}
