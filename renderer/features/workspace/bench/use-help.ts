/** What every workspace offers around the answer: hints, the worked answer, where to go next, and the report. */
import { useMemo } from 'react'
import type { ExerciseProgress } from '../../../../exercises/progress/snapshot.ts'
import type { ExerciseBundle } from '../../../../main/api/index.ts'
import type { PathPlace } from '../../../app/path-progress.ts'
import { useCommands } from '../../../app/commands.tsx'
import { useAppInfo, useLibrary, useProgress, useRecord } from '../../../app/data.ts'
import { routes } from '../../../app/routes.ts'
import { usePathPlace } from '../../../app/use-path-place.ts'
import { saveTextFile } from '../../../app/save-file.ts'
import { useToast } from '../../../app/toast.tsx'
import type { GradeState } from '../grade/grade-panel.tsx'
import type { Place } from '../neighbours.ts'
import { neighboursOf } from '../neighbours.ts'

export interface Help {
  bundle: ExerciseBundle
  progress: ExerciseProgress | undefined
  /** Indices of the hints that cost. */
  hintsShown: readonly number[]
  chapter: Place | null
  previous: Place | null
  /** In the path that is followed, where this is a step of it; else in the chapter. */
  next: Place | null
  /** How long it may take as a drill of that path. */
  drillMinutes: number | null
  /** Shows the next hint and takes its cost off. */
  showHint(): void
  solutionShown(): void
}

const none: readonly number[] = []

export function useHelp(bundle: ExerciseBundle): Help {
  const { exercise } = bundle
  const library = useLibrary()
  const progress = useProgress().exercises[exercise.id]
  const record = useRecord()
  const places = useMemo(() => neighboursOf(library, exercise.id), [library, exercise.id])
  const hintsShown = progress?.hintsShown ?? none
  const path = usePathPlace()
  return {
    bundle,
    progress,
    hintsShown,
    ...places,
    next: path === null ? places.next : nextOnPath(path),
    drillMinutes: path?.step.item.withinMinutes ?? null,
    showHint: () => {
      const hint = exercise.hints.findIndex((_, index) => !hintsShown.includes(index))
      const cost = exercise.hints[hint]?.cost
      if (cost !== undefined) void record([{ type: 'exercise.hinted', exercise: exercise.id, hint, cost }])
    },
    solutionShown: () => void record([{ type: 'exercise.solutionShown', exercise: exercise.id }]),
  }
}

/** What follows on the path; at its end the path itself. */
function nextOnPath({ path, next }: PathPlace): Place {
  if (next === null || next.step.route === null) return { label: 'Your path', title: `${path.title}, every step is done`, href: `#${routes.path(path.id)}` }
  return { label: 'Next in your path', title: next.step.title, href: `#${next.step.route}` }
}

/** Saves "my answer is right" as a file; kept in the exercise's `reports` folder, it is a proof from then on. */
export function useReport(bundle: ExerciseBundle, state: GradeState): (reason: string) => void {
  const info = useAppInfo()
  const toast = useToast()
  return (reason) => {
    if (state.name !== 'graded') return
    const { exercise, datasetKey } = bundle
    const file = { exercise: exercise.id, version: exercise.version, reason, answer: state.answer, grade: state.grade, app: info.version, data: datasetKey }
    saveTextFile(`firedrill-${exercise.id}-report.json`, `${JSON.stringify(file, null, 2)}\n`, 'application/json')
    toast('Saved. Send the file to the author of the exercise.')
  }
}

/** The commands that every workspace has, with the same keys in each. */
export function useExerciseCommands({ check, showHint, focusAnswer, resetAnswer }: { check(): void; showHint(): void; focusAnswer(): void; resetAnswer(): void }): void {
  useCommands([
    { id: 'exercise.check', title: 'Check the answer', section: 'Exercise', keys: 'Mod+Shift+Enter', run: check },
    { id: 'exercise.hint', title: 'Show the next hint', section: 'Exercise', keys: 'Mod+.', run: showHint },
    { id: 'exercise.answer', title: 'Go to your answer', section: 'Exercise', keys: 'Alt+1', run: focusAnswer },
    { id: 'exercise.resetAnswer', title: 'Reset the answer to its start', section: 'Exercise', run: resetAnswer },
  ])
}
