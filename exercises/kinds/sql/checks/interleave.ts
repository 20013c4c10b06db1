import { differenceOf, formatRow } from '../compare-rows.ts'
import type { DataChoice, DataSets } from '../data-sets.ts'
import type { SqlDatabase, StatementResult } from '../engine.ts'
import { SqlError } from '../engine.ts'
import type { SqlExercise } from '../schema.ts'
import type { Statement } from '../statements.ts'
import { splitStatements } from '../statements.ts'
import type { CheckOf } from './context.ts'
import type { Outcome } from './outcome.ts'
import { failedToRun, pass, wrong } from './outcome.ts'

interface Play {
  exercise: SqlExercise
  answer: string
  statements: readonly Statement[]
  data: DataSets
  choice: DataChoice
}

/** Lets several clients take turns, some of them with the learner's statements, and looks at what is left. */
export function checkInterleave(check: CheckOf<'interleave'>, play: Play): Outcome {
  const theirs = check.steps.flatMap((step) => (step.run === 'answer' ? [] : splitStatements(step.run.sql)))
  return play.data.lend(play.choice, [...play.statements, ...theirs], (database) => playSteps(check, play, database))
}

function playSteps(check: CheckOf<'interleave'>, play: Play, database: SqlDatabase): Outcome {
  const { exercise, answer, data, choice } = play
  const { rows: maxRows } = exercise.limits
  const story: string[] = []
  for (const [index, step] of check.steps.entries()) {
    const own = step.run === 'answer'
    const parameters = { ...exercise.parameters, ...step.parameters }
    let results: StatementResult[]
    try {
      results = database.run(step.run === 'answer' ? answer : step.run.sql, { maxRows, parameters, trusted: !own })
    } catch (error) {
      if (!(error instanceof SqlError) || error.kind === 'crash') throw error
      const evidence = [...story, `${index + 1}. ${step.says} ${step.client} got: ${error.message}`].join('\n')
      return own ? { ...failedToRun(error), evidence } : wrong(evidence)
    }
    const changes = results.reduce((sum, result) => sum + result.changes, 0)
    story.push(`${index + 1}. ${step.says} ${sightOf(step.client, results, changes)}`)
    if (step.changes !== undefined && changes !== step.changes) {
      return wrong([...story, `Step ${index + 1} should change ${countRows(step.changes)}, it changed ${countRows(changes)}.`].join('\n'))
    }
  }
  const actual = database.run(check.query, { maxRows, parameters: exercise.parameters, trusted: true }).at(-1)
  const [expected] = data.expected(choice, check)
  if (actual === undefined || expected === undefined) throw new Error(`Check ${check.id} of ${exercise.id} has an empty query.`)
  const difference = differenceOf(expected, actual, { ordered: false, columns: 'positions', tolerance: 1e-9 })
  return difference === null ? pass(story.join('\n')) : wrong([...story, `Afterwards: ${difference}`].join('\n'))
}

/** What a client saw: the first row that was returned, and how many rows changed. */
function sightOf(client: string, results: readonly StatementResult[], changes: number): string {
  const seen = results.findLast((result) => result.columns.length > 0)
  const sights = seen === undefined ? [] : [`saw ${formatRow(seen.rows[0])}`]
  if (changes > 0 || seen === undefined) sights.push(`changed ${countRows(changes)}`)
  return `(${client} ${sights.join(' and ')}.)`
}

function countRows(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`
}
