/** The world of a shift as it would have been: with nobody acting, and with the expert. */
import type { World } from '../../model/index.ts'
import { isDue } from '../play.ts'
import type { Shift } from '../shift/index.ts'
import { outcomeOf } from './outcome.ts'
import type { Outcome } from './outcome.ts'

export interface ForkOutcomes {
  readonly nobody: Outcome
  readonly expert: Outcome
}

/**
 * Both worlds go on from the page of a shift, one scrape at a time, so that they can be run while the shift itself goes
 * on; the same seed gives the same two, whatever the learner does.
 */
export class Forks {
  private readonly shift: Shift
  private idle: World | null = null
  private expert: World | null = null
  /** Steps of the expert's play that are done. */
  private played = 0

  constructor(shift: Shift) {
    this.shift = shift
  }

  /** Makes one of the two worlds, or runs one to its next scrape. False when both have come to `endUs`. */
  step(endUs: number): boolean {
    if (this.idle === null) this.idle = this.shift.worldAtPage()
    else if (this.expert === null) this.expert = this.shift.worldAtPage()
    else {
      const world = this.idle.nowUs <= this.expert.nowUs ? this.idle : this.expert
      const { scrapeUs } = world.topology.telemetry
      if (world.nowUs >= Math.floor(endUs / scrapeUs) * scrapeUs) return false
      if (world === this.expert) this.play(world)
      world.runUntil((Math.floor(world.nowUs / scrapeUs) + 1) * scrapeUs)
    }
    return true
  }

  /** Runs both to a time. Each value is how far they are, 0..1. */
  *runTo(endUs: number): Generator<number, ForkOutcomes> {
    const { pageUs } = this.shift
    while (this.step(endUs)) yield Math.min(1, Math.max(0, ((this.expert?.nowUs ?? pageUs) - pageUs) / (endUs - pageUs)))
    const outcome = (world: World | null): Outcome => outcomeOf(world ?? this.shift.worldAtPage(), this.shift, endUs)
    return { nobody: outcome(this.idle), expert: outcome(this.expert) }
  }

  /** Does what the expert does now. */
  private play(world: World): void {
    const { expert: steps } = this.shift.incident.spec
    for (let step = steps[this.played]; step !== undefined && isDue(world, step, this.shift.pageUs); step = steps[(this.played += 1)]) if (step.act !== undefined) world.act(step.act)
  }
}
