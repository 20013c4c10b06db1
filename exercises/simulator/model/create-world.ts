import type { Topology } from '../topology/model.ts'
import { partKinds } from './registry.ts'
import { World } from './world.ts'
import type { BuildProblem, WorldOptions } from './world.ts'

/** Builds a world at time 0. @throws RangeError when the topology cannot be built; `readTopology` would have said so with a line */
export function createWorld(topology: Topology, options: WorldOptions = {}): World {
  const problems: BuildProblem[] = []
  const world = new World(partKinds, topology, options, problems)
  const [first] = problems
  if (first !== undefined) throw new RangeError(`${first.path.join('.')}: ${first.message}`)
  return world
}

