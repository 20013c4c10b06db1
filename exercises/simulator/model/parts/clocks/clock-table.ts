import type { World } from '../../world.ts'
import { Clock } from './clock.ts'

/** Clocks of all nodes: those that the topology names, and true time for the others. Made when all parts exist. */
export class ClockTable {
  private readonly world: World
  private readonly clocks: readonly Clock[]

  constructor(world: World) {
    this.world = world
    this.clocks = world.parts.filter((part) => part instanceof Clock)
  }

  /** How far the clock of a replica is ahead of true time, in microseconds. */
  offsetUs(part: number, replica: number): number {
    for (const clock of this.clocks) if (clock.covers(this.world.parts[part]?.name ?? '', replica)) return clock.offsetUs()
    return 0
  }
}
