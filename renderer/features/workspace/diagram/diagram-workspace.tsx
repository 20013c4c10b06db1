import { useCallback } from 'react'
import { gradeDiagram } from '../../../../exercises/kinds/diagram/grade.ts'
import { AnswerBench } from '../bench/answer-bench.tsx'
import { gradeHere } from '../grade/answer-grader.ts'
import type { WorkspaceViewProps } from '../views.ts'
import { DiagramEditor } from './diagram-editor.tsx'
import { parseMermaid } from './read-answer.ts'

/** An exercise of drawing: Mermaid, with the drawing beside it. */
export default function DiagramWorkspace({ bundle }: WorkspaceViewProps<'diagram'>) {
  const { exercise } = bundle
  const makeGrader = useCallback(() => gradeHere((answer) => gradeDiagram(exercise, answer, parseMermaid)), [exercise])
  return <AnswerBench bundle={bundle} makeGrader={makeGrader} editor={(props) => <DiagramEditor bundle={bundle} {...props} />} initialShare={0.64} />
}
