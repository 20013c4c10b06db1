/** `firedrill grade`: what the app would say to an answer. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { GradeCheck } from '../../exercises/core/grade.ts'
import { earnedPoints } from '../../exercises/core/grade.ts'
import { formatProblem } from '../../exercises/core/problem.ts'
import { createGrader } from '../services/grading/create-grader.ts'
import { withSharedLab } from '../services/postgres-lab/shared-lab.ts'
import { loadExercise } from '../services/library/exercise-files.ts'
import { listFolder } from '../services/library/source-files.ts'
import { parseArguments, UsageError } from './command.ts'
import type { Command } from './command.ts'

export const gradeCommand: Command = {
  name: 'grade',
  usage: 'grade EXERCISE --answer FILE [--json]',
  summary: 'grade an answer as the app does; exits 1 when it does not pass',
  async run({ args, workingDir, contentDir, print, complain, progress }) {
    const { flags, values, positional } = parseArguments(args, { flags: ['json'], values: ['answer'], mostPositional: 1 })
    const [id] = positional
    const file = values.get('answer')
    if (id === undefined) throw new UsageError('Name the exercise.')
    if (file === undefined) throw new UsageError('Name the file that holds the answer: --answer FILE.')
    const known = listFolder(contentDir, 'exercises').folders
    if (!known.includes(id)) throw new UsageError(`There is no exercise "${id}". Known: ${known.join(', ')}.`)
    const answer = readAnswer(resolve(workingDir, file))
    const { exercise, datasetSql, problems } = loadExercise(contentDir, id)
    if (exercise === null) {
      for (const problem of problems) complain(formatProblem({ ...problem, file: join(contentDir, problem.file) }))
      return 1
    }
    progress('grading')
    const graded = await withSharedLab(async (lab) => {
      const grader = createGrader({ exercise, datasetSql }, lab)
      return grader.grade(answer, progress).finally(() => grader.close())
    })
    if (!graded.ok) {
      complain(graded.error)
      return 1
    }
    const grade = graded.value
    // Nobody asked for hints here, so nothing is taken off.
    if (flags.has('json')) print(JSON.stringify({ exercise: id, version: exercise.version, grade, finalScore: grade.score }, null, 2))
    else {
      for (const check of grade.checks) {
        print(`${check.passed ? 'pass' : 'FAIL'}  ${check.label}${check.line === undefined ? '' : ` (line ${check.line})`}${partly(check)}`)
        print(check.evidence.replaceAll(/^/gm, '      '))
        if (check.hint !== undefined) print(`      Next: ${check.hint}`)
      }
      print(`${grade.passed ? 'Passed' : 'Not passed'}: ${Math.round(grade.score * 100)} of 100`)
    }
    return grade.passed ? 0 : 1
  },
}

/** Points of a check that is met in part. */
function partly(check: GradeCheck): string {
  const earned = earnedPoints(check)
  return check.passed || earned === 0 ? '' : `: ${earned} of ${check.points} points`
}

function readAnswer(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(`The answer ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`)
  }
}
