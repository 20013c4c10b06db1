import type { ReactNode } from 'react'
import { densityAt, mixtureMean, mixtureQuantile, shareBelow } from '../../../exercises/figures/percentiles.ts'
import type { FigureProps } from './index.ts'
import { Slider } from './kit/controls.tsx'
import { FigureFrame } from './kit/figure-frame.tsx'
import { durationText, percentText } from './kit/number-text.ts'
import { Plot } from './kit/plot.tsx'
import { valueAt } from './kit/scale.ts'
import { useFigure } from './kit/use-figure.ts'

/** The mean and the percentiles of one distribution. */
export default function Percentiles(props: FigureProps): ReactNode {
  const figure = useFigure('percentiles', props)
  const { values } = figure
  const mean = mixtureMean(values)
  const [p50, p95, p99] = [mixtureQuantile(values, 0.5), mixtureQuantile(values, 0.95), mixtureQuantile(values, 0.99)]
  const belowMean = shareBelow(values, mean) * 100
  const from = 10 ** Math.floor(Math.log10(Math.min(values.fastMs, values.slowMs) * Math.exp(-3 * values.spread)))
  const to = 10 ** Math.ceil(Math.log10(Math.max(values.fastMs, values.slowMs) * Math.exp(3 * values.spread)))
  const x = { title: 'Response time (logarithmic)', from, to, log: true, format: (value: number) => durationText(value) }
  const bins = 72
  const columns = Array.from({ length: bins }, (_, index) => {
    const low = valueAt(x, index / bins)
    const high = valueAt(x, (index + 1) / bins)
    return { from: low, to: high, y: densityAt(values, Math.sqrt(low * high)) * Math.log(high / low) * 100 }
  })
  const highest = Math.max(...columns.map(({ y }) => y))
  return (
    <FigureFrame
      of={figure}
      controls={
        <>
          <Slider of={figure} name="slowPercent" />
          <Slider of={figure} name="slowMs" />
          <Slider of={figure} name="fastMs" />
          <Slider of={figure} name="spread" />
        </>
      }
      readouts={[
        { label: 'Mean', value: durationText(mean) },
        { label: 'p50 (median)', value: durationText(p50) },
        { label: 'p95', value: durationText(p95) },
        { label: 'p99', value: durationText(p99) },
      ]}
      summary={`With ${percentText(values.slowPercent)} slow requests the mean is ${durationText(mean)}: ${percentText(belowMean)} of requests are faster than it. Half take at most ${durationText(p50)}, 95 of 100 at most ${durationText(p95)}, 99 of 100 at most ${durationText(p99)}.`}
      readings={{ meanMs: mean, p50Ms: p50, p95Ms: p95, p99Ms: p99, belowMeanPercent: belowMean }}
      note="Two log-normal groups, fast and slow. A mean of a log-normal is its median × exp(σ²/2). Real distributions have more humps; the mean of any skewed one lies where few requests are."
    >
      <Plot
        label="Distribution of response times"
        x={x}
        y={{ title: 'Share of requests, %', from: 0, to: highest * 1.35 }}
        columns={[{ name: 'requests', tone: 1, values: columns }]}
        rules={[
          { axis: 'x', at: p50, label: `p50 ${durationText(p50)}`, side: 'left' },
          { axis: 'x', at: mean, label: `mean ${durationText(mean)}`, strong: true, side: 'right' },
          { axis: 'x', at: p95, label: `p95 ${durationText(p95)}`, row: 1, side: 'right' },
          { axis: 'x', at: p99, label: `p99 ${durationText(p99)}`, row: 2 },
        ]}
      />
    </FigureFrame>
  )
}
