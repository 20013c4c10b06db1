/** `firedrill verify`: every exercise keeps its promises. */
import { availableParallelism } from 'node:os'
import { verifyExercise } from '../services/grading/verify-exercise.ts'
import type { SharedLab } from '../services/postgres-lab/shared-lab.ts'
import { withSharedLab } from '../services/postgres-lab/shared-lab.ts'
import { loadExercise } from '../services/library/exercise-files.ts'
import { listFolder } from '../services/library/source-files.ts'
import { parseArguments, UsageError } from './command.ts'
import type { Command } from './command.ts'

/** Each exercise holds up to three data sets in memory, about 150 MB. */
const mostAtOnce = 4

export const verifyCommand: Command = {
  name: 'verify',
  usage: 'verify [EXERCISE...] [--json]',
  summary: 'prove exercises: reference and alternatives pass; wrong, empty, starter and copied answers fail',
  async run({ args, contentDir, print, complain, progress }) {
    const { flags, positional } = parseArguments(args, { flags: ['json'], mostPositional: Infinity })
    const known = listFolder(contentDir, 'exercises').folders
    const unknown = positional.find((id) => !known.includes(id))
    if (unknown !== undefined) throw new UsageError(`There is no exercise "${unknown}". Known: ${known.join(', ')}.`)
    const ids = positional.length > 0 ? positional : known
    const faults = new Map<string, string[]>()
    const serverIds = new Set(ids.filter((id) => loadExercise(contentDir, id).exercise?.kind === 'postgres'))
    // Exercises that share the one PostgreSQL are taken from the front by one worker while the others begin at the back.
    const waiting = ids.toSorted((one, other) => Number(serverIds.has(other)) - Number(serverIds.has(one)))
    const work = async (lab: SharedLab, take: () => string | undefined): Promise<void> => {
      for (let id = take(); id !== undefined; id = take()) {
        progress(`${ids.length - waiting.length} of ${ids.length}: ${id}`)
        faults.set(id, await verifyExercise(loadExercise(contentDir, id), lab))
      }
    }
    await withSharedLab((lab) => Promise.all(Array.from({ length: Math.min(availableParallelism(), mostAtOnce) }, (_, worker) => work(lab, () => (worker === 0 ? waiting.shift() : waiting.pop())))))
    // In the order asked for, whichever was done first.
    const failed = ids.flatMap((id) => (faults.get(id) ?? []).map((why) => ({ id, why })))
    if (flags.has('json')) print(JSON.stringify({ exercises: ids.length, failed }, null, 2))
    else {
      for (const { id, why } of failed) complain(`${id}: ${why}`)
      const broken = new Set(failed.map(({ id }) => id)).size
      print(broken === 0 ? `${ids.length} exercises proven.` : `${broken} of ${ids.length} exercises do not keep their promises.`)
    }
    return failed.length === 0 ? 0 : 1
  },
}
