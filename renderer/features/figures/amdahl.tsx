import type { ReactNode } from 'react'
import { speedup } from '../../../exercises/figures/amdahl.ts'
import type { FigureProps } from './index.ts'
import { Slider } from './kit/controls.tsx'
import { FigureFrame } from './kit/figure-frame.tsx'
import { countText, numberText, percentText } from './kit/number-text.ts'
import { Plot } from './kit/plot.tsx'
import { roundUp, sampled } from './kit/scale.ts'
import { useFigure } from './kit/use-figure.ts'

/** Speed-up against workers when part of the work cannot be divided. */
export default function Amdahl(props: FigureProps): ReactNode {
  const figure = useFigure('amdahl', props)
  const { parallelPercent, workers, crosstalk } = figure.values
  const of = { parallelShare: parallelPercent / 100, crosstalk: crosstalk / 100 }
  const now = speedup({ ...of, workers })
  const x = { title: 'Workers (logarithmic)', from: 1, to: 1024, log: true, ticks: [1, 4, 16, 64, 256, 1024] }
  const grid = sampled(x, 100)
  const amdahl = grid.map((count) => [count, speedup({ ...of, crosstalk: 0, workers: count }).speedup] as const)
  const scaled = grid.map((count) => [count, speedup({ ...of, workers: count }).speedup] as const)
  const highest = Math.max(...amdahl.map(([, gain]) => gain))
  const limitWords = Number.isFinite(now.limit) ? `No number of workers makes it more than ${numberText(now.limit)} times as fast.` : 'Without a serial part nothing bounds it.'
  return (
    <FigureFrame
      of={figure}
      controls={
        <>
          <Slider of={figure} name="parallelPercent" />
          <Slider of={figure} name="workers" />
          <Slider of={figure} name="crosstalk" label="Coordination of each two workers" />
        </>
      }
      readouts={[
        { label: 'Speed-up', value: `${numberText(now.speedup)} ×` },
        { label: 'For each worker', value: percentText(now.efficiency * 100) },
        { label: 'Limit', value: Number.isFinite(now.limit) ? `${numberText(now.limit)} ×` : 'none' },
        ...(crosstalk > 0 ? [{ label: 'Best number of workers', value: numberText(Math.round(now.best)), ...(workers > now.best ? { tone: 'warn' as const, word: 'past it' } : {}) }] : []),
      ]}
      summary={`${countText(workers, 'worker')} make the work ${numberText(now.speedup)} times as fast; ${percentText(100 - parallelPercent)} of it runs alone. ${limitWords}${crosstalk > 0 ? ` With coordination the best is ${numberText(Math.round(now.best))} workers; more make it slower.` : ''}`}
      readings={{ speedup: now.speedup, limit: now.limit, efficiencyPercent: now.efficiency * 100, best: now.best }}
      note="Amdahl: 1 / ((1 − p) + p / N), for work of a fixed size. With coordination, Gunther’s Universal Scalability Law: N / (1 + σ(N − 1) + κN(N − 1)). If the work grows with the machine (Gustafson), the serial share shrinks."
    >
      <Plot
        label="Speed-up against workers"
        x={x}
        y={{ title: 'Speed-up, ×', from: 0, to: roundUp(Math.max(2, Number.isFinite(now.limit) ? Math.min(highest * 1.3, now.limit * 1.15) : highest)) }}
        lines={crosstalk > 0 ? [{ name: 'with coordination', tone: 2, points: scaled }, { name: 'Amdahl', tone: 1, points: amdahl, dashed: true }] : [{ name: 'Amdahl', tone: 1, points: amdahl }]}
        marks={[{ x: workers, y: now.speedup, tone: crosstalk > 0 ? 2 : 1, label: `${numberText(now.speedup)} ×` }]}
        rules={Number.isFinite(now.limit) ? [{ axis: 'y', at: now.limit, label: `limit 1 / ${percentText(100 - parallelPercent)} = ${numberText(now.limit)}` }] : []}
      />
    </FigureFrame>
  )
}
