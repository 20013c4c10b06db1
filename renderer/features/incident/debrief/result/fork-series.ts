/** Three curves of the same world: nobody acting, the learner, the expert. */
import type { Comparison, Debrief } from '../../../../../exercises/simulator/incident/debrief/index.ts'
import type { AlignedSeries } from '../../charts/align.ts'

export const forkNames = ['Nobody acts', 'You', 'The expert'] as const
/** Places in the palette: far apart in hue and dash. */
export const forkColors = [1, 0, 2] as const

/** Failed requests since the shift opened, at each scrape; the three share what was before the page. */
export function forkSeries({ before, mine }: Debrief, { nobody, expert }: Comparison, epochMs: number): AlignedSeries {
  const atUs = [...before.atUs, ...mine.curve.atUs]
  return {
    timesSeconds: Float64Array.from(atUs, (us) => epochMs / 1000 + us / 1e6),
    columns: [nobody, mine, expert].map(({ curve }) => [...before.failed, ...curve.failed]),
  }
}

export interface ForkRow {
  /** Whole minutes after the page. */
  readonly minute: number
  readonly nobody: number
  readonly mine: number
  readonly expert: number
}

/** The curves at every minute after the page, for those who read numbers. */
export function forkRows({ pageUs, endUs, mine }: Debrief, { nobody, expert }: Comparison): readonly ForkRow[] {
  const at = ({ curve }: Debrief['mine'], us: number): number => {
    const index = curve.atUs.findLastIndex((one) => one <= us)
    return curve.failed[index] ?? 0
  }
  return Array.from({ length: Math.floor((endUs - pageUs) / 60e6) + 1 }, (_, minute) => {
    const us = pageUs + minute * 60e6
    return { minute, nobody: at(nobody, us), mine: at(mine, us), expert: at(expert, us) }
  })
}
