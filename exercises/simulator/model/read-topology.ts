import type { Problem } from '../../core/problem.ts'
import { fail, ok } from '../../core/result.ts'
import type { Result } from '../../core/result.ts'
import type { Topology } from '../topology/model.ts'
import { parseTopology } from '../topology/parse.ts'
import { partKinds } from './registry.ts'
import { World } from './world.ts'
import type { BuildProblem } from './world.ts'

/** Reads a topology file and tries to build it, so that names, steps and faults are checked too. @param change changes what the text says before it is read. Never throws for what a file says. */
export function readTopology(file: string, text: string, change?: (value: unknown) => unknown): Result<Topology, readonly Problem[]> {
  const parsed = parseTopology({ file, text, kinds: partKinds, ...(change === undefined ? {} : { change }) })
  if (!parsed.ok) return parsed
  const { topology, lineOf } = parsed.value
  const problems: BuildProblem[] = []
  new World(partKinds, topology, {}, problems)
  if (problems.length === 0) return ok(topology)
  return fail(problems.map(({ path, message }) => ({ file, line: lineOf(path), severity: 'error' as const, rule: 'topology.invalid', message })).toSorted((left, right) => left.line - right.line))
}
