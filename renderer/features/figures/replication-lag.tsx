import type { ReactNode } from 'react'
import { lagP99, pinMs, staleRead } from '../../../exercises/figures/replication-lag.ts'
import type { FigureProps } from './index.ts'
import { Choice, Slider } from './kit/controls.tsx'
import { FigureFrame } from './kit/figure-frame.tsx'
import { durationText, percentText } from './kit/number-text.ts'
import { Plot } from './kit/plot.tsx'
import { roundUp } from './kit/scale.ts'
import { useFigure } from './kit/use-figure.ts'

/** The chance that a read after a write misses it. */
export default function ReplicationLag(props: FigureProps): ReactNode {
  const figure = useFigure('replication-lag', props)
  const { lagMs, spread, delayMs, guard } = figure.values
  const now = staleRead(figure.values)
  const p99 = lagP99({ lagMs, spread })
  const to = roundUp(Math.min(5000, Math.max(delayMs * 1.25, lagMs * 4, guard === 'pin' ? pinMs * 1.5 : 0)))
  const points = Array.from({ length: 161 }, (_, index) => (index / 160) * to).map((ms) => [ms, staleRead({ ...figure.values, delayMs: ms }).stale * 100] as const)
  const guardWords = { none: '', pin: delayMs < pinMs ? ' The guard sends it to the primary.' : ' The second on the primary is over: the guard does not cover it.', position: ` The guard waits until the replica has the write, ${durationText(now.waitMs)} on average.` }[guard]
  return (
    <FigureFrame
      of={figure}
      controls={
        <>
          <Slider of={figure} name="lagMs" />
          <Slider of={figure} name="spread" />
          <Slider of={figure} name="delayMs" />
          <Slider of={figure} name="replicaPercent" />
          <Choice of={figure} name="guard" />
        </>
      }
      readouts={[
        { label: 'Reads that miss the write', value: percentText(now.stale * 100), ...(now.stale > 0 ? {} : { tone: 'ok' as const, word: 'none' }) },
        { label: 'p99 of the lag', value: durationText(p99) },
        { label: 'Wait added', value: durationText(now.waitMs) },
      ]}
      summary={`A user who reads ${delayMs === 0 ? 'at once' : `${durationText(delayMs)} after`} their write misses it in ${percentText(now.stale * 100)} of cases.${guardWords} The lag is ${durationText(lagMs)} at the median and ${durationText(p99)} at p99.`}
      readings={{ stalePercent: now.stale * 100, waitMs: now.waitMs, lagP99Ms: p99 }}
      note="Lag is drawn from a log-normal distribution, each read anew. Real lag comes in stretches: during a long transaction or a backup every read misses for a while, and a guard of fixed length does not cover that. Waiting for a position needs a time limit, and falls back to the primary after it."
    >
      <Plot
        label="Reads that miss the write against the time since it"
        x={{ title: 'Time from the write to the read', from: 0, to, format: (value) => durationText(value) }}
        y={{ title: 'Reads that miss the write, %', from: 0, to: 100 }}
        lines={[{ name: 'miss', tone: 1, points }]}
        marks={[{ x: delayMs, y: now.stale * 100, tone: 1, label: percentText(now.stale * 100) }]}
        rules={[{ axis: 'x', at: lagMs, label: 'median lag' }]}
        height={230}
      />
    </FigureFrame>
  )
}
