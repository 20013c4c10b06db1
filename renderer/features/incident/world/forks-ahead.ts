/** Runs what a debrief compares a shift with while the shift goes on, so that its curves are there at the hand-over. */
import { Forks, comparedUntilUs } from '../../../../exercises/simulator/incident/debrief/index.ts'
import type { Shift } from '../../../../exercises/simulator/incident/shift/index.ts'

/** Scrapes that are run at most in one go, where the clock says that there is time without end. */
const mostScrapes = 8

const kept = new WeakMap<Shift, Forks>()

/** The two worlds beside a shift. */
export function forksOf(shift: Shift): Forks {
  const forks = kept.get(shift) ?? new Forks(shift)
  kept.set(shift, forks)
  return forks
}

/** Uses the time that is left. */
export function runAhead(shift: Shift, hasTime: () => boolean): void {
  const forks = forksOf(shift)
  const endUs = comparedUntilUs(shift)
  for (let scrapes = 0; scrapes < mostScrapes && hasTime() && forks.step(endUs); scrapes += 1);
}
