import type { ReactNode } from 'react'
import { doublingMinutes, loopMinutes, runLoop, smoothGain, stableGain } from '../../../exercises/figures/feedback-loop.ts'
import type { FigureProps } from './index.ts'
import { Choice, Slider } from './kit/controls.tsx'
import { FigureFrame } from './kit/figure-frame.tsx'
import { countText, durationText, numberText, percentText, shortText } from './kit/number-text.ts'
import { Player, usePlayback } from './kit/player.tsx'
import { Plot } from './kit/plot.tsx'
import { roundUp } from './kit/scale.ts'
import { useFigure, type FigureState } from './kit/use-figure.ts'
import { RetryStorm } from './retry-storm.tsx'

/** A loop that corrects or reinforces, with a delay, or a retry storm. */
export default function FeedbackLoop(props: FigureProps): ReactNode {
  const figure = useFigure('feedback-loop', props)
  const { loop } = figure.values
  return loop === 'storm' ? <RetryStorm figure={figure} /> : <DelayedLoop figure={figure} loop={loop} />
}

function DelayedLoop({ figure, loop }: { figure: FigureState<'feedback-loop'>; loop: 'balancing' | 'reinforcing' }): ReactNode {
  const { gain, delay, target } = figure.values
  const run = runLoop({ loop, gain: gain / 100, delay, target })
  const clock = usePlayback(figure.key, loopMinutes, 80, loopMinutes)
  const now = run.values[clock.at] ?? 0
  const balancing = loop === 'balancing'
  const limit = stableGain(delay)
  const smooth = smoothGain(delay)
  const stable = gain / 100 < limit
  const swings = gain / 100 > smooth
  const most = balancing ? Math.min(run.peak, target * 3) : run.peak
  const summary = balancing
    ? `Each minute the loop adds ${percentText(gain)} of the gap that it saw ${delay === 0 ? 'at once' : `${countText(delay, 'minute')} ago`}. ${
        !stable ? `Above ${percentText(limit * 100)} it swings ever wider: at its highest ${numberText(run.peak)} servers where ${numberText(target)} are needed.` : swings ? `It swings to ${numberText(run.peak)}, ${percentText(run.overshoot * 100)} above the ${numberText(target)} needed, and ${run.settledAt < loopMinutes ? `is within 5% after ${countText(run.settledAt, 'minute')}` : 'is not within 5% after an hour'}.` : `It comes to ${numberText(target)} without a swing, within 5% after ${countText(run.settledAt, 'minute')}.`
      }`
    : `What is there adds ${percentText(gain)} of itself each minute${delay === 0 ? `: it doubles every ${durationText(doublingMinutes(gain / 100) * 60_000)}` : `, as it stood ${countText(delay, 'minute')} before`}. From 1 it is ${numberText(run.values[20] ?? 0)} after 20 minutes.`
  return (
    <FigureFrame
      of={figure}
      controls={
        <>
          <Choice of={figure} name="loop" />
          <Slider of={figure} name="target" disabled={!balancing} />
          <Slider of={figure} name="gain" />
          <Slider of={figure} name="delay" />
          <Player of={clock} time={`minute ${clock.at}`} />
        </>
      }
      readouts={[
        { label: `At minute ${clock.at}`, value: numberText(now) },
        ...(balancing
          ? [
              { label: 'Overshoot', value: percentText(run.overshoot * 100), ...(stable ? {} : { tone: 'crit' as const, word: 'swings wider' }) },
              { label: 'Within 5% after', value: run.settledAt < loopMinutes ? `${run.settledAt} min` : 'not in the hour' },
              { label: 'Smooth up to, stable below', value: `${percentText(smooth * 100)}, ${percentText(limit * 100)}` },
            ]
          : [{ label: 'Highest in the hour', value: shortText(run.peak) }]),
      ]}
      summary={summary}
      readings={{ overshootPercent: run.overshoot * 100, settleMinutes: run.settledAt, peak: run.peak, endsAfterS: 0 }}
      note={
        balancing
          ? 'x(t+1) = x(t) + k (target − x(t−d)), once a minute, from half the target. It is stable below k = 2 cos(dπ/(2d+1)) (Levin and May, 1976). Values stop at 0. A real autoscaler also has limits, steps and a cool-down.'
          : 'x(t+1) = x(t) + k x(t−d), from 1. Nothing grows for ever: something runs out, and a balancing loop takes over. The curve is stopped at 1,000 times the target.'
      }
      onReset={() => clock.move(loopMinutes)}
    >
      <Plot
        label={balancing ? 'Servers over an hour' : 'A quantity that feeds itself, over an hour'}
        x={{ title: 'Minutes', from: 0, to: loopMinutes }}
        y={{ title: balancing ? `Servers (dashed: the ${numberText(target)} needed)` : 'Amount', from: 0, to: roundUp(most * 1.15), format: shortText }}
        lines={[{ name: balancing ? 'servers' : 'amount', tone: 1, points: run.values.slice(0, clock.at + 1).map((value, minute) => [minute, value] as const) }]}
        marks={[{ x: clock.at, y: now, tone: 1 }]}
        rules={balancing ? [{ axis: 'y', at: target, label: '' }] : []}
      />
    </FigureFrame>
  )
}
