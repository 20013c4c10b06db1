import { Simulation } from './simulation.ts'
import type { SimulationState } from './simulation.ts'

/** How a world is made. The same seed must build the same components in the same order. */
export interface RunOptions<World> {
  readonly seed: number | string
  /** Makes components, registers them and schedules their first events. Keeps nothing outside of what it returns. */
  build(simulation: Simulation): World
}

/** A simulation and the components in it, which can be doubled at any moment between events. */
export interface Run<World> {
  readonly simulation: Simulation
  /** What `build` returned. */
  readonly world: World
  /** Another run in exactly this state. The two share nothing and go their own ways. */
  fork(): Run<World>
}

/** Builds a world at time 0, or in the state of a snapshot of the same world. */
export function startRun<World>(options: RunOptions<World>, snapshot?: SimulationState): Run<World> {
  const simulation = new Simulation(options.seed)
  const world = options.build(simulation)
  if (snapshot !== undefined) simulation.load(snapshot)
  return { simulation, world, fork: () => startRun(options, simulation.save()) }
}
