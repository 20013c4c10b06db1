import type { ReactNode } from 'react'
import { batching } from '../../../exercises/figures/gpu-batching.ts'
import type { FigureProps } from './index.ts'
import { Slider } from './kit/controls.tsx'
import { FigureFrame } from './kit/figure-frame.tsx'
import { durationText, numberText, percentText } from './kit/number-text.ts'
import { Plot } from './kit/plot.tsx'
import { roundUp, sampled, type Axis } from './kit/scale.ts'
import { useFigure } from './kit/use-figure.ts'

const x: Axis = { title: 'Batch size (logarithmic)', from: 1, to: 256, log: true, ticks: [1, 2, 4, 8, 16, 32, 64, 128, 256] }

/** Throughput and latency against batch size. */
export default function GpuBatching(props: FigureProps): ReactNode {
  const figure = useFigure('gpu-batching', props)
  const { batch, fixedMs, itemMs, rate } = figure.values
  const at = (size: number): ReturnType<typeof batching> => batching({ batch: size, fixedMs, itemMs, rate })
  const now = at(batch)
  const sizes = Array.from({ length: 256 }, (_, index) => index + 1)
  const best = sizes.reduce((least, size) => (at(size).latencyMs < at(least).latencyMs ? size : least), 256)
  const bestMs = at(best).latencyMs
  const keepsUp = now.use < 1
  const grid = sampled(x, 120)
  const anyKeepsUp = Number.isFinite(bestMs)
  return (
    <FigureFrame
      of={figure}
      controls={
        <>
          <Slider of={figure} name="batch" />
          <Slider of={figure} name="rate" />
          <Slider of={figure} name="fixedMs" />
          <Slider of={figure} name="itemMs" />
        </>
      }
      readouts={[
        { label: 'Capacity', value: `${numberText(now.capacity)}/s`, ...(keepsUp ? {} : { tone: 'crit' as const, word: `of ${numberText(rate)}/s` }) },
        { label: 'Mean latency', value: durationText(now.latencyMs) },
        { label: 'of it filling the batch', value: durationText(now.fillMs) },
        { label: 'One step', value: durationText(now.stepMs) },
      ]}
      summary={`Batches of ${numberText(batch)} take ${durationText(now.stepMs)} each and serve at most ${numberText(now.capacity)} requests/s. ${keepsUp ? `At ${numberText(rate)}/s the server is busy ${percentText(now.use * 100)} of the time and a request takes ${durationText(now.latencyMs)}, ${durationText(now.fillMs)} of it waiting for the batch to fill.` : `${numberText(rate)}/s are more: the queue grows without end.`} ${anyKeepsUp ? `The mean latency is least, ${durationText(bestMs)}, at ${numberText(best)}.` : 'No batch size up to 256 keeps up.'}`}
      readings={{ throughput: now.capacity, latencyMs: now.latencyMs, stepMs: now.stepMs, usePercent: now.use * 100 }}
      note="Step = fixed + added × batch; the server waits until a batch is full and runs one at a time. Queueing by Kingman’s approximation. Real servers send a batch off after a time limit, admit new requests between steps (continuous batching), and slow down beyond the point where the processor and not memory sets the pace; memory bounds the batch."
    >
      <Plot
        label="Capacity against batch size"
        x={x}
        y={{ title: 'Capacity, requests/s', from: 0, to: roundUp(Math.max(at(256).capacity, rate) * 1.1), format: (value) => numberText(value) }}
        lines={[{ name: 'capacity', tone: 3, points: grid.map((size) => [size, at(size).capacity] as const) }]}
        marks={[{ x: batch, y: now.capacity, tone: 3, label: `${numberText(now.capacity)}/s` }]}
        rules={[{ axis: 'y', at: rate, label: `arriving: ${numberText(rate)}/s` }]}
        height={180}
      />
      <Plot
        label="Mean latency against batch size"
        x={x}
        y={{ title: 'Mean latency', from: 0, to: anyKeepsUp ? roundUp(Math.max(bestMs * 5, keepsUp ? Math.min(now.latencyMs * 1.2, bestMs * 40) : 0)) : 1000, format: (value) => durationText(value) }}
        lines={[
          { name: 'latency', tone: 1, points: grid.map((size) => [size, at(size).latencyMs] as const) },
          { name: 'step alone', tone: 2, dashed: true, points: grid.map((size) => [size, at(size).stepMs] as const) },
        ]}
        marks={keepsUp ? [{ x: batch, y: now.latencyMs, tone: 1, label: durationText(now.latencyMs) }] : []}
        height={200}
      />
    </FigureFrame>
  )
}
