import type { ReactNode } from 'react'
import { staleness } from '../../../exercises/figures/ttl-staleness.ts'
import type { FigureProps } from './index.ts'
import { Slider } from './kit/controls.tsx'
import { FigureFrame } from './kit/figure-frame.tsx'
import { durationText, numberText, percentText } from './kit/number-text.ts'
import { Plot } from './kit/plot.tsx'
import { sampled } from './kit/scale.ts'
import { useFigure } from './kit/use-figure.ts'

/** Hit ratio and stale reads against the TTL. */
export default function TtlStaleness(props: FigureProps): ReactNode {
  const figure = useFigure('ttl-staleness', props)
  const { ttlS, readRate, changesPerHour } = figure.values
  const now = staleness({ ttlS, readRate, changesPerHour })
  const x = { title: 'TTL (logarithmic)', from: 1, to: 86_400, log: true, ticks: [1, 10, 60, 600, 3600, 36_000], format: (value: number) => durationText(value * 1000) }
  const curve = sampled(x, 140).map((ttl) => ({ ttl, ...staleness({ ttlS: ttl, readRate, changesPerHour }) }))
  return (
    <FigureFrame
      of={figure}
      controls={
        <>
          <Slider of={figure} name="ttlS" />
          <Slider of={figure} name="readRate" />
          <Slider of={figure} name="changesPerHour" />
        </>
      }
      readouts={[
        { label: 'Hit ratio', value: percentText(now.hit * 100) },
        { label: 'Stale reads', value: percentText(now.stale * 100) },
        { label: 'Loads from the origin', value: `${numberText(now.loadsPerHour)}/h` },
        { label: 'Oldest value served', value: durationText(ttlS * 1000) },
      ]}
      summary={`With a TTL of ${durationText(ttlS * 1000)}, ${percentText(now.hit * 100)} of reads are hits and ${percentText(now.stale * 100)} return a value that has changed since. The origin gets ${numberText(now.loadsPerHour)} loads an hour instead of ${numberText(readRate * 3600)}.`}
      readings={{ hitPercent: now.hit * 100, stalePercent: now.stale * 100, loadsPerHour: now.loadsPerHour }}
      note="One key; reads and changes at random. Hit ratio λT / (1 + λT); a hit is stale with 1 − (1 − e^(−μT)) / (μT) on average. Nothing clears the key when its value changes: an invalidation on write would leave only the time that it takes to arrive, and a race between load and write."
    >
      <Plot
        label="Hit ratio and stale reads against the TTL"
        x={x}
        y={{ title: 'Share of reads, %', from: 0, to: 100 }}
        lines={[
          { name: 'hits', tone: 1, points: curve.map(({ ttl, hit }) => [ttl, hit * 100] as const) },
          { name: 'stale', tone: 2, dashed: true, points: curve.map(({ ttl, stale }) => [ttl, stale * 100] as const) },
        ]}
        marks={[
          { x: ttlS, y: now.hit * 100, tone: 1 },
          { x: ttlS, y: now.stale * 100, tone: 2 },
        ]}
        height={240}
      />
    </FigureFrame>
  )
}
