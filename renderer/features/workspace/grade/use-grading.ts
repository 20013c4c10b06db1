/** Checking an answer: grades it, takes the hints off, records the fact. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Exercise } from '../../../../exercises/kinds/registry.ts'
import { announce } from '../../../app/announce.ts'
import { useRecord } from '../../../app/data.ts'
import type { AnswerGrader } from './answer-grader.ts'
import type { GradeState } from './grade-panel.tsx'
import { percent, scoreOf } from './score.ts'

export interface Grading {
  state: GradeState
  check(answer: string): Promise<void>
}

/**
 * `makeGrader`: the same function while the exercise is the same. `hintsShown`: indices of the hints that cost. `warm`:
 * true when the learner's own data is ready, so that building the grader's does not compete with it.
 */
export function useGrading(exercise: Exercise, makeGrader: () => AnswerGrader, hintsShown: readonly number[], warm: boolean): Grading {
  const record = useRecord()
  const grader = useRef<AnswerGrader | null>(null)
  const [state, setState] = useState<GradeState>({ name: 'none' })
  const shown = useRef(hintsShown)
  useEffect(() => {
    shown.current = hintsShown
  })

  useEffect(() => {
    const made = makeGrader()
    grader.current = made
    return () => {
      grader.current = null
      made.close()
    }
  }, [makeGrader])
  useEffect(() => {
    if (warm) void grader.current?.prepare()
  }, [warm, makeGrader])

  const check = useCallback(
    async (answer: string) => {
      const current = grader.current
      if (current === null) return
      setState((last) => (last.name === 'checking' ? last : { name: 'checking', step: null }))
      const outcome = await current.grade(answer, (step) => setState({ name: 'checking', step }))
      if (grader.current !== current) return
      // One that had to be ended starts again behind the scenes.
      void current.prepare()
      if (!outcome.ok) {
        setState({ name: 'failed', message: outcome.message })
        return
      }
      const { grade, elapsedMs } = outcome
      const score = scoreOf(grade, shown.current.flatMap((hint) => exercise.hints[hint]?.cost ?? []))
      setState({ name: 'graded', grade, score, elapsedMs, answer })
      const met = grade.checks.filter((one) => one.passed).length
      announce(`${grade.passed ? 'Passed' : 'Not yet'}: ${String(met)} of ${String(grade.checks.length)} goals met, ${percent(score.final)}.`)
      void record([
        { type: 'exercise.graded', exercise: exercise.id, version: exercise.version, answer, grade, finalScore: score.final, skills: exercise.skills },
      ])
    },
    [exercise, record],
  )
  return { state, check }
}
