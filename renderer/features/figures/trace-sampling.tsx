import type { ReactNode } from 'react'
import { sampleTraces } from '../../../exercises/figures/trace-sampling.ts'
import type { FigureProps } from './index.ts'
import { Slider } from './kit/controls.tsx'
import { FigureFrame } from './kit/figure-frame.tsx'
import { countText, durationText, numberText, percentText } from './kit/number-text.ts'
import { Plot } from './kit/plot.tsx'
import { sampled } from './kit/scale.ts'
import { useFigure } from './kit/use-figure.ts'

/** The chance to keep a rare error at the head and at the tail. */
export default function TraceSampling(props: FigureProps): ReactNode {
  const figure = useFigure('trace-sampling', props)
  const { rate, errors, headPercent, waitS, memory } = figure.values
  const now = sampleTraces(figure.values)
  const x = { title: 'Head sampling keeps, % (logarithmic)', from: 0.1, to: 100, log: true, format: (value: number) => `${value}` }
  const chance = sampled(x, 120).map((percent) => [percent, sampleTraces({ ...figure.values, headPercent: percent }).headKept * 100] as const)
  return (
    <FigureFrame
      of={figure}
      controls={
        <>
          <Slider of={figure} name="rate" />
          <Slider of={figure} name="errors" />
          <Slider of={figure} name="headPercent" />
          <Slider of={figure} name="basePercent" />
          <Slider of={figure} name="waitS" />
          <Slider of={figure} name="memory" />
        </>
      }
      readouts={[
        { label: 'Head keeps a failed trace', value: percentText(now.headKept * 100) },
        { label: 'Head stores', value: `${numberText(now.headStored)}/s` },
        { label: 'Tail keeps a failed trace', value: percentText(now.tailKept * 100), ...(now.tooSmall ? { tone: 'crit' as const, word: 'pushed out' } : {}) },
        { label: 'Tail stores', value: `${numberText(now.tailStored)}/s` },
      ]}
      summary={`Of ${countText(errors, 'failed trace')} in the hour, head sampling at ${percentText(headPercent)} keeps at least one with a chance of ${percentText(now.headKept * 100)}. ${now.tooSmall ? `Tail sampling keeps none: ${numberText(memory)} traces at ${numberText(rate)}/s stay ${durationText(now.heldS * 1000)}, less than the ${numberText(waitS)} s before it decides.` : `Tail sampling keeps all of them; its memory lasts ${durationText(now.heldS * 1000)}, longer than the ${numberText(waitS)} s before it decides.`}`}
      readings={{ headPercentKept: now.headKept * 100, tailPercentKept: now.tailKept * 100, headStored: now.headStored, tailStored: now.tailStored }}
      note="Head: 1 − (1 − p)ⁿ for n failed traces. Tail: keeps every trace with an error if all its spans reach one collector and it is still in memory when decided. Steady rate; a burst can push traces out for a while. Tail sampling still pays for sending every span to the collector."
    >
      <Plot
        label="Chance that head sampling keeps at least one failed trace"
        x={x}
        y={{ title: 'At least one failed trace kept, %', from: 0, to: 100 }}
        lines={[{ name: 'head sampling', tone: 1, points: chance }]}
        marks={[{ x: headPercent, y: now.headKept * 100, tone: 1, label: percentText(now.headKept * 100) }]}
        height={220}
      />
    </FigureFrame>
  )
}
