/** `firedrill validate`: everything that is wrong in a content folder, with file and line. */
import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { formatProblem } from '../../exercises/core/problem.ts'
import { validateContent } from '../validation/validate.ts'
import { parseArguments, UsageError } from './command.ts'
import type { Command } from './command.ts'

export const validateCommand: Command = {
  name: 'validate',
  usage: 'validate [DIR] [--only PREFIX] [--json] [--update]',
  summary: 'check all content; --update rewrites the outputs of code blocks that run; --only looks at files such as chapters/03-',
  async run({ args, workingDir, contentDir, print, progress }) {
    const { positional, flags, values } = parseArguments(args, { flags: ['json', 'update'], values: ['only'], mostPositional: 1 })
    const folder = positional[0] === undefined ? contentDir : resolve(workingDir, positional[0])
    if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new UsageError(`There is no folder ${folder}.`)
    const only = values.get('only')
    const { problems, counts, updated, notes } = await validateContent({ contentDir: folder, update: flags.has('update'), onProgress: progress, ...(only === undefined ? {} : { only }) })
    const errors = problems.filter((problem) => problem.severity === 'error').length
    const warnings = problems.length - errors
    if (flags.has('json')) print(JSON.stringify({ ok: errors === 0, errors, warnings, counts, updated, notes, problems }, null, 2))
    else {
      for (const problem of problems) print(formatProblem(problem))
      for (const file of updated) print(`${file}: outputs rewritten`)
      for (const note of notes) print(note)
      const checked = `${count(counts.chapters, 'chapter')}, ${count(counts.exercises, 'exercise')}, ${count(counts.diagrams, 'diagram')}, ${count(counts.blocks, 'code block')} run`
      print(`${count(errors, 'error')}, ${count(warnings, 'warning')} in ${checked}.`)
    }
    return errors === 0 ? 0 : 1
  },
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`
}
