import type { ReactNode } from 'react'
import { atThreshold, centres, cheapestThreshold, groupDensity } from '../../../exercises/figures/threshold.ts'
import type { FigureProps } from './index.ts'
import { Slider } from './kit/controls.tsx'
import { FigureFrame } from './kit/figure-frame.tsx'
import { numberText, percentText } from './kit/number-text.ts'
import { Plot } from './kit/plot.tsx'
import { useFigure } from './kit/use-figure.ts'

const scores = Array.from({ length: 101 }, (_, score) => score)
const x = { title: 'Score', from: 0, to: 100, ticks: [0, 20, 40, 60, 80, 100] }

/** Precision, recall and cost against a threshold. */
export default function ThresholdFigure(props: FigureProps): ReactNode {
  const figure = useFigure('threshold', props)
  const { values } = figure
  const { threshold, separation } = values
  const now = atThreshold(values)
  const best = cheapestThreshold(values)
  const inRange = Math.max(0, Math.min(100, best))
  const cheapest = atThreshold({ ...values, threshold: inRange }).cost
  const { good, real } = centres(separation)
  const curve = scores.map((score) => ({ score, ...atThreshold({ ...values, threshold: score }) }))
  return (
    <FigureFrame
      of={figure}
      controls={
        <>
          <Slider of={figure} name="threshold" />
          <Slider of={figure} name="separation" />
          <Slider of={figure} name="basePercent" />
          <Slider of={figure} name="perDay" />
          <Slider of={figure} name="missCost" />
          <Slider of={figure} name="falseCost" />
        </>
      }
      readouts={[
        { label: 'Precision', value: percentText(now.precision * 100) },
        { label: 'Recall', value: percentText(now.recall * 100) },
        { label: 'Alarms a day', value: numberText(now.alarms) },
        { label: 'Cost a day', value: numberText(now.cost) },
        { label: 'Least cost a day', value: `${numberText(cheapest)} at ${numberText(inRange)}` },
      ]}
      summary={`At a threshold of ${numberText(threshold)}, ${numberText(now.alarms)} alarms a day: ${percentText(now.precision * 100)} of them are real (precision), and ${percentText(now.recall * 100)} of what is real raises one (recall). ${numberText(now.missed)} are missed and ${numberText(now.falseAlarms)} are false, for a cost of ${numberText(now.cost)} a day.`}
      readings={{ precisionPercent: now.precision * 100, recallPercent: now.recall * 100, alarms: now.alarms, falseAlarms: now.falseAlarms, cost: now.cost }}
      note="Two groups with normal scores of one spread (10); the upper picture draws both at the same height, whatever the base rate. Precision = πr / (πr + (1 − π)f), π the base rate, r recall, f the rate of false alarms. Real scores are seldom normal, and costs seldom add up: the hundredth false alarm of a night costs more than the first."
    >
      <Plot
        label="Scores of good and of real cases"
        x={x}
        y={{ title: 'Within each group', from: 0, to: 1.25, ticks: [] }}
        lines={[
          { name: 'not real', tone: 1, filled: true, points: scores.map((score) => [score, groupDensity(good, score)] as const) },
          { name: 'real', tone: 2, filled: true, points: scores.map((score) => [score, groupDensity(real, score)] as const) },
        ]}
        rules={[{ axis: 'x', at: threshold, label: 'alarm from here →', strong: true, side: threshold > 70 ? 'left' : 'right' }]}
        height={150}
      />
      <Plot
        label="Precision and recall against the threshold"
        x={{ ...x, title: 'Threshold' }}
        y={{ title: 'Precision and recall, %', from: 0, to: 100 }}
        lines={[
          { name: 'recall', tone: 3, points: curve.map(({ score, recall }) => [score, recall * 100] as const) },
          { name: 'precision', tone: 4, dashed: true, points: curve.map(({ score, precision }) => [score, precision * 100] as const) },
        ]}
        marks={[
          { x: threshold, y: now.recall * 100, tone: 3 },
          { x: threshold, y: now.precision * 100, tone: 4 },
        ]}
        rules={[{ axis: 'x', at: inRange, label: 'least cost', side: inRange > threshold ? 'right' : 'left' }]}
        height={220}
      />
    </FigureFrame>
  )
}
