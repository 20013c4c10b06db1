/** `firedrill coverage`: which items of the catalogue of teachable things the content covers. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { formatProblem } from '../../exercises/core/problem.ts'
import type { Problem } from '../../exercises/core/problem.ts'
import { createCompileCache } from '../services/library/compile-cache.ts'
import { loadExercise } from '../services/library/exercise-files.ts'
import { loadContent } from '../services/library/load-content.ts'
import type { LoadedContent } from '../services/library/load-content.ts'
import { parseArguments, UsageError } from './command.ts'
import type { Command } from './command.ts'

const catalogSchema = z.array(z.object({ id: z.string(), kind: z.string() }))
type Catalog = z.output<typeof catalogSchema>

interface KindCoverage {
  total: number
  covered: number
  missing: string[]
}

/** Counts the catalogue's items by kind, in the catalogue's order. */
export function coverageOf(catalog: Catalog, covered: ReadonlySet<string>): Record<string, KindCoverage> {
  const kinds = new Map<string, KindCoverage>()
  for (const { id, kind } of catalog) {
    const counts = kinds.get(kind) ?? { total: 0, covered: 0, missing: [] }
    kinds.set(kind, counts)
    counts.total += 1
    if (covered.has(id)) counts.covered += 1
    else counts.missing.push(id)
  }
  return Object.fromEntries(kinds)
}

/** Ids that content claims to cover and that the catalogue does not have. */
export function unknownCovers(catalog: Catalog, references: LoadedContent['references']): Problem[] {
  const known = new Set(catalog.map((item) => item.id))
  return references.flatMap((reference): Problem[] => {
    if (reference.kind !== 'cover' || known.has(reference.id)) return []
    return [{ file: reference.file, line: reference.line, severity: 'error', rule: 'cover.unknown', message: `The catalogue has no item "${reference.id}".` }]
  })
}

function readCatalog(path: string): Catalog {
  let parsed: unknown
  try {
    parsed = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new UsageError(`The catalogue ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`)
  }
  const checked = catalogSchema.safeParse(parsed)
  if (!checked.success) throw new UsageError(`The catalogue ${path} should be a JSON array of objects with "id" and "kind".`)
  return checked.data
}

export const coverageCommand: Command = {
  name: 'coverage',
  usage: 'coverage --catalog FILE [--json]',
  summary: 'say which items of a catalogue the content covers, and which are missing',
  async run({ args, workingDir, contentDir, print, complain, progress }) {
    const { flags, values } = parseArguments(args, { flags: ['json'], values: ['catalog'], mostPositional: 0 })
    const file = values.get('catalog')
    if (file === undefined) throw new UsageError('Name the catalogue: --catalog FILE.')
    const catalog = readCatalog(resolve(workingDir, file))
    progress('compiling')
    const { references } = await loadContent(contentDir, createCompileCache(null), loadExercise)
    const covered = new Set(references.flatMap((reference) => (reference.kind === 'cover' ? [reference.id] : [])))
    const kinds = coverageOf(catalog, covered)
    const problems = unknownCovers(catalog, references)
    // With --json the shape on stdout is fixed; what is wrong goes where people look for it.
    for (const problem of problems) complain(formatProblem(problem))
    if (flags.has('json')) print(JSON.stringify({ kinds }, null, 2))
    else {
      for (const [kind, counts] of Object.entries(kinds)) print(`${kind}: ${counts.covered} of ${counts.total}`)
      const missing = Object.values(kinds).reduce((sum, counts) => sum + counts.missing.length, 0)
      print(`${catalog.length - missing} of ${catalog.length} items covered. --json lists the missing ones.`)
    }
    return problems.length === 0 ? 0 : 1
  },
}
