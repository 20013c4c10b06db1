import type { ReactNode } from 'react'
import { poolFigures } from '../../../exercises/figures/pool-hold-time.ts'
import type { FigureProps } from './index.ts'
import { Choice, Slider } from './kit/controls.tsx'
import { FigureFrame } from './kit/figure-frame.tsx'
import { durationText, numberText } from './kit/number-text.ts'
import { Plot } from './kit/plot.tsx'
import { roundUp, sampled } from './kit/scale.ts'
import { useFigure } from './kit/use-figure.ts'

/** What a pool can serve against how long a connection is held. */
export default function PoolHoldTime(props: FigureProps): ReactNode {
  const figure = useFigure('pool-hold-time', props)
  const { pool, rate, ownMs, remoteMs } = figure.values
  const now = poolFigures(figure.values)
  const overloaded = now.needed >= pool
  const x = { title: 'A connection is held for (logarithmic)', from: 1, to: 100_000, log: true, format: (value: number) => durationText(value) }
  const through = sampled(x, 160).map((holdMs) => [holdMs, Math.min(rate, (pool * 1000) / holdMs)] as const)
  // The mark's own label stands low then, and near the boundary.
  const isLow = now.throughput < rate / 2
  const held = `A request holds its connection for ${durationText(now.holdMs, 4)}.`
  const summary = overloaded
    ? `${held} ${numberText(rate)}/s would need ${numberText(now.needed)} connections; ${numberText(pool)} let ${numberText(now.throughput)}/s through. The queue grows by ${numberText(now.growth)} a second${now.growth > 0 ? `: after one minute whoever needs a connection, for whatever work, waits ${durationText(now.waitMs)}.` : ' on average nothing, and still never settles.'}`
    : `${held} ${numberText(rate)}/s keep ${numberText(now.inUse)} of ${numberText(pool)} connections busy; the mean wait for one is ${durationText(now.waitMs)}.`
  return (
    <FigureFrame
      of={figure}
      controls={
        <>
          <Slider of={figure} name="pool" />
          <Slider of={figure} name="rate" />
          <Slider of={figure} name="ownMs" />
          <Slider of={figure} name="remoteMs" />
          <Choice of={figure} name="call" />
        </>
      }
      readouts={[
        { label: 'Served', value: `${numberText(now.throughput)}/s`, ...(overloaded ? { tone: 'crit' as const, word: `of ${numberText(rate)}/s` } : {}) },
        { label: 'Connections in use', value: `${numberText(now.inUse)} of ${numberText(pool)}` },
        { label: overloaded ? 'Queue after 1 min' : 'In the queue', value: now.queue < 0.01 ? 'under 0.01' : numberText(now.queue) },
        { label: overloaded ? 'Wait after 1 min' : 'Mean wait for one', value: durationText(now.waitMs) },
      ]}
      summary={summary}
      readings={{ throughput: now.throughput, inUse: now.inUse, waitMs: now.waitMs, queueGrowth: now.growth }}
      note={`Connections in use = rate × time held; most served = pool / time held (Little’s law). Waits in the settled case by Erlang C: random arrivals, exponential hold times. Without a limit on the wait; a pool timeout turns the wait into errors. Own queries ${durationText(ownMs)}, remote call ${durationText(remoteMs)}.`}
    >
      <Plot
        label="Requests served against the time that a connection is held"
        x={x}
        y={{ title: 'Served, requests/s', from: 0, to: roundUp(rate * 1.15) }}
        lines={[{ name: 'served', tone: 1, points: through, filled: true }]}
        marks={[{ x: now.holdMs, y: now.throughput, tone: overloaded ? 2 : 1, ...(overloaded ? { label: `${numberText(now.throughput)}/s` } : {}) }]}
        rules={[
          { axis: 'y', at: rate, label: `asked for: ${numberText(rate)}/s` },
          { axis: 'x', at: (pool * 1000) / rate, label: `pool / rate = ${durationText((pool * 1000) / rate)}`, row: isLow ? 4 : 9 },
        ]}
        height={230}
      />
    </FigureFrame>
  )
}
