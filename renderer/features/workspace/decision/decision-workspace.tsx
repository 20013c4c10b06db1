import { useCallback } from 'react'
import { gradeDecision } from '../../../../exercises/kinds/decision/grade.ts'
import { AnswerBench } from '../bench/answer-bench.tsx'
import { gradeHere } from '../grade/answer-grader.ts'
import type { WorkspaceViewProps } from '../views.ts'
import { DecisionForm } from './decision-form.tsx'

/** An exercise of judgement: questions to decide, one under the other. */
export default function DecisionWorkspace({ bundle }: WorkspaceViewProps<'decision'>) {
  const { exercise } = bundle
  const makeGrader = useCallback(() => gradeHere((answer) => gradeDecision(exercise, answer)), [exercise])
  return <AnswerBench bundle={bundle} makeGrader={makeGrader} initialShare={0.66} editor={({ text, change }) => <DecisionForm checks={exercise.checks} text={text} change={change} />} />
}
