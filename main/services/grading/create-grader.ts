/** The grader of an exercise, by its kind. */
import { gradeDecision } from '../../../exercises/kinds/decision/grade.ts'
import { gradeDiagram } from '../../../exercises/kinds/diagram/grade.ts'
import { gradeDocument } from '../../../exercises/kinds/document/grade.ts'
import type { Exercise } from '../../../exercises/kinds/registry.ts'
import type { AnswerGrader } from './answer-grader.ts'
import { CodeGrader } from './code-grader.ts'
import { gradeHere } from './grade-here.ts'
import { SharedPostgresGrader } from '../postgres-lab/shared-grader.ts'
import type { SharedLab } from '../postgres-lab/shared-lab.ts'
import { SqlGrader } from './sql-grader.ts'

/** What a grader needs; files are inlined. */
export interface GradableExercise {
  exercise: Exercise
  datasetSql: string
}

/** Starts nothing yet: a grader begins its work with the first answer. Close it when done; the lab stays its owner's. */
export function createGrader({ exercise, datasetSql }: GradableExercise, lab: SharedLab): AnswerGrader {
  switch (exercise.kind) {
    case 'code':
      return new CodeGrader(exercise)
    case 'decision':
      return gradeHere((answer) => gradeDecision(exercise, answer))
    case 'diagram':
      return gradeHere(async (answer) => {
        // Mermaid's parser needs the page that jsdom lends it; both are large.
        const { loadMermaidParser } = await import('../../validation/mermaid.ts')
        return gradeDiagram(exercise, answer, await loadMermaidParser())
      })
    case 'document':
      return gradeHere((answer) => gradeDocument(exercise, answer))
    case 'postgres':
      return new SharedPostgresGrader(lab, exercise)
    case 'sql':
      return new SqlGrader({ exercise, datasetSql })
  }
}
