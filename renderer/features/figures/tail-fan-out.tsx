import type { ReactNode } from 'react'
import { allowedSlow, fanOut } from '../../../exercises/figures/tail-fan-out.ts'
import type { FigureProps } from './index.ts'
import { Choice, Slider } from './kit/controls.tsx'
import { FigureFrame } from './kit/figure-frame.tsx'
import { countText, numberText, percentText } from './kit/number-text.ts'
import { Plot } from './kit/plot.tsx'
import { sampled } from './kit/scale.ts'
import { useFigure } from './kit/use-figure.ts'

/** The chance that one of many parallel calls is slow. */
export default function TailFanOut(props: FigureProps): ReactNode {
  const figure = useFigure('tail-fan-out', props)
  const { calls, slowPercent, hedge } = figure.values
  const slow = slowPercent / 100
  const hedged = hedge === 'on'
  const now = fanOut({ calls, slow, hedged })
  const needed = allowedSlow({ calls, fastAnswers: 0.5 })
  const x = { title: 'Parallel calls (logarithmic)', from: 1, to: 1000, log: true, ticks: [1, 3, 10, 30, 100, 300, 1000] }
  const curve = (on: boolean): (readonly [number, number])[] => sampled(x, 120).map((count) => [count, fanOut({ calls: count, slow, hedged: on }).slowAnswers * 100] as const)
  return (
    <FigureFrame
      of={figure}
      controls={
        <>
          <Slider of={figure} name="calls" />
          <Slider of={figure} name="slowPercent" />
          <Choice of={figure} name="hedge" />
        </>
      }
      readouts={[
        { label: 'Slow answers', value: percentText(now.slowAnswers * 100), ...(now.slowAnswers > 0.5 ? { tone: 'warn' as const, word: 'more than half' } : {}) },
        { label: 'Slow calls', value: percentText(now.slowCalls * 100) },
        { label: 'Half of the answers fast if at most', value: `${percentText(needed * 100)} slow` },
        ...(hedged ? [{ label: 'Extra calls', value: percentText(now.extraCalls * 100) }] : []),
      ]}
      summary={`An answer waits for ${countText(calls, 'parallel call')}, each slow with a chance of ${percentText(now.slowCalls * 100)}${hedged ? ' after the second try' : ''}: ${percentText(now.slowAnswers * 100)} of the answers are slow. For half of them to be fast, at most ${percentText(needed * 100)} of the calls may be.`}
      readings={{ slowAnswersPercent: now.slowAnswers * 100, neededPercent: needed * 100 }}
      note="1 − (1 − p)ⁿ (Dean and Barroso, “The tail at scale”, 2013). Calls are slow independently of each other; a shared cause, such as one overloaded database, makes all slow at once, and then neither the formula nor a second try helps. A second try goes out when the first has passed the slow mark: p² stay slow."
    >
      <Plot
        label="Share of slow answers against parallel calls"
        x={x}
        y={{ title: 'Slow answers, %', from: 0, to: 100 }}
        lines={hedged ? [{ name: 'with second try', tone: 1, points: curve(true) }, { name: 'without', tone: 2, points: curve(false), dashed: true }] : [{ name: 'slow answers', tone: 1, points: curve(false) }]}
        marks={[{ x: calls, y: now.slowAnswers * 100, tone: 1, label: `${numberText(now.slowAnswers * 100)}%` }]}
        height={230}
      />
    </FigureFrame>
  )
}
