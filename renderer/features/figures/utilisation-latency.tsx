import type { ReactNode } from 'react'
import { utilisationLatency } from '../../../exercises/figures/utilisation-latency.ts'
import type { FigureProps } from './index.ts'
import { Slider } from './kit/controls.tsx'
import { FigureFrame } from './kit/figure-frame.tsx'
import { durationText, numberText, percentText } from './kit/number-text.ts'
import { Plot } from './kit/plot.tsx'
import { roundUp } from './kit/scale.ts'
import { useFigure } from './kit/use-figure.ts'

/** Response time against utilisation of servers that share one queue. */
export default function UtilisationLatency(props: FigureProps): ReactNode {
  const figure = useFigure('utilisation-latency', props)
  const { rate, servers, serviceMs } = figure.values
  const now = utilisationLatency({ rate, servers, serviceMs })
  const capacity = (servers * 1000) / serviceMs
  const settles = now.growth === 0 && Number.isFinite(now.meanMs)
  const curve = Array.from({ length: 100 }, (_, index) => (index < 60 ? index / 75 : 0.8 + (index - 60) / 202)).map((share) => ({ share, ...utilisationLatency({ rate: Math.max(1e-6, share * capacity), servers, serviceMs }) }))
  const top = roundUp(Math.max(serviceMs * 12, settles ? Math.min(now.p99Ms * 1.2, serviceMs * 400) : 0))
  const percent = now.utilisation * 100
  const summary = settles
    ? `At ${percentText(percent)} use a request takes ${durationText(now.meanMs)} on average and ${durationText(now.p99Ms)} at p99, against ${durationText(serviceMs)} of work; ${percentText(now.waitProbability * 100)} of requests wait.`
    : now.growth > 0
      ? `${numberText(rate)} requests/s are more than the ${numberText(capacity)} that ${servers === 1 ? 'the server' : `${servers} servers`} can do. The queue grows by ${numberText(now.growth)} requests each second, so there is no lasting response time.`
      : 'At exactly 100% use the queue never settles: there is no lasting response time.'
  return (
    <FigureFrame
      of={figure}
      controls={
        <>
          <Slider of={figure} name="rate" />
          <Slider of={figure} name="servers" />
          <Slider of={figure} name="serviceMs" />
        </>
      }
      readouts={[
        { label: 'Utilisation', value: percentText(percent), ...(settles ? {} : { tone: 'crit' as const, word: 'overloaded' }) },
        { label: 'Mean response', value: durationText(now.meanMs) },
        { label: 'p99 response', value: durationText(now.p99Ms) },
        { label: 'Requests that wait', value: percentText(now.waitProbability * 100) },
      ]}
      summary={summary}
      readings={{ utilisationPercent: percent, meanMs: now.meanMs, p99Ms: now.p99Ms, waitPercent: now.waitProbability * 100 }}
      note="M/M/c (Erlang C): assumes that requests arrive at random and independently of each other, that service times are exponential, and that all servers take from one queue. Bursts and retries make it worse; fixed service times make it better."
    >
      <Plot
        label="Response time against utilisation"
        x={{ title: 'Utilisation, %', from: 0, to: 100, format: (value) => numberText(value) }}
        y={{ title: 'Response time', from: 0, to: top, format: (value) => durationText(value) }}
        lines={[
          { name: 'mean', tone: 1, points: curve.map(({ share, meanMs }) => [share * 100, meanMs] as const) },
          { name: 'p99', tone: 2, points: curve.map(({ share, p99Ms }) => [share * 100, p99Ms] as const) },
        ]}
        marks={
          settles
            ? [
                { x: percent, y: now.meanMs, tone: 1, label: durationText(now.meanMs) },
                { x: percent, y: now.p99Ms, tone: 2, label: durationText(now.p99Ms) },
              ]
            : []
        }
        rules={settles ? [{ axis: 'x', at: percent, label: `now ${percentText(percent)}` }] : []}
      />
    </FigureFrame>
  )
}
