import { useEffect } from 'react'
import { useCall, useLibrary, useRecord } from '../../app/data.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { routes } from '../../app/routes.ts'
import { Button, EmptyState, ErrorState, Skeleton } from '../../ui/index.ts'
import { views } from './views.ts'
import styles from './workspace.module.css'

/** One exercise: reads it, then hands it to the view of its kind. */
export function WorkspaceScreen({ exerciseId }: { exerciseId: string }) {
  const call = useCall('library.exercise', { id: exerciseId })
  const problems = useLibrary().problems.filter((problem) => problem.file.startsWith(`exercises/${exerciseId}/`))
  const record = useRecord()
  const exercise = call.value?.exercise
  usePageTitle(exercise?.title ?? 'Exercise')

  const version = exercise?.version
  useEffect(() => {
    if (version !== undefined) void record([{ type: 'exercise.opened', exercise: exerciseId, version }])
  }, [record, exerciseId, version])

  if (call.value === undefined) {
    return (
      <div className={styles.waiting}>
        <h1 className="visually-hidden">Exercise</h1>
        {call.state === 'failed' ? (
          <ErrorState
            title="This exercise cannot be opened"
            message={
              <>
                <p>{call.error.message}</p>
                <p>Your progress and your earlier answers are safe.</p>
              </>
            }
            details={[call.error.details ?? '', ...problems.map((problem) => `${problem.file}:${String(problem.line)}: ${problem.message}`)].join('\n').trim() || undefined}
            action={
              <>
                <Button onClick={call.reload}>Try again</Button>
                <a href={`#${routes.exercises}`}>All exercises</a>
              </>
            }
          />
        ) : (
          <Skeleton lines={8} label="Loading the exercise" />
        )}
      </div>
    )
  }
  const View = views[call.value.exercise.kind]
  if (View === undefined) {
    return (
      <div className={styles.waiting}>
        <h1 className="visually-hidden">Exercise</h1>
        <EmptyState title="This version cannot show this exercise" action={<a href={`#${routes.exercises}`}>All exercises</a>}>
          It is of the kind {call.value.exercise.kind}. A newer version of Firedrill may know it.
        </EmptyState>
      </div>
    )
  }
  return <View key={`${exerciseId} ${call.value.datasetKey} ${String(version)}`} bundle={call.value} />
}
