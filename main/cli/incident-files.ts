/** Incidents of the content folder, from disk. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Problem } from '../../exercises/core/problem.ts'
import type { Result } from '../../exercises/core/result.ts'
import { readIncident } from '../../exercises/simulator/incident/index.ts'
import type { Incident, ReadOptions } from '../../exercises/simulator/incident/index.ts'

/** Ids of all incidents, sorted. */
export function incidentIds(contentDir: string): readonly string[] {
  const folder = join(contentDir, 'incidents')
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort()
}

/** Reads one incident, as the seed has it that it is to be run with. */
export function loadIncident(contentDir: string, id: string, options: ReadOptions = {}): Result<Incident, readonly Problem[]> {
  return readIncident(`incidents/${id}`, (name) => {
    const path = join(contentDir, 'incidents', id, name)
    return existsSync(path) ? readFileSync(path, 'utf8') : null
  }, options)
}
