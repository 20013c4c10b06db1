import type { ReactNode } from 'react'
import { patienceS, pushFactor, pushFromS, pushToS, runStorm, stormCapacity, stormSeconds } from '../../../exercises/figures/retry-storm.ts'
import { Choice, Slider } from './kit/controls.tsx'
import { FigureFrame } from './kit/figure-frame.tsx'
import { countText, durationText, numberText } from './kit/number-text.ts'
import { Player, usePlayback } from './kit/player.tsx'
import { Plot } from './kit/plot.tsx'
import { roundUp } from './kit/scale.ts'
import type { FigureState } from './kit/use-figure.ts'

const stepS = 10

/** Retries that keep a system overloaded after the push that began it: a reinforcing loop with two steady states. */
export function RetryStorm({ figure }: { figure: FigureState<'feedback-loop'> }): ReactNode {
  const { load, tries, queue, pauseS } = figure.values
  const run = runStorm({ load, tries, queue, pauseS })
  const clock = usePlayback(`${figure.key}/storm`, stormSeconds / stepS, 100, stormSeconds / stepS)
  const shownS = clock.at * stepS
  const mean = (values: readonly number[], fromS: number): number => values.slice(fromS, fromS + stepS).reduce((sum, each) => sum + each, 0) / stepS
  const points = (values: readonly number[]): (readonly [number, number])[] => Array.from({ length: clock.at }, (_, index) => [index * stepS, mean(values, index * stepS)] as const)
  const sentAtEnd = mean(run.sent, stormSeconds - stepS)
  const inTimeAtEnd = mean(run.inTime, stormSeconds - stepS)
  return (
    <FigureFrame
      of={figure}
      onReset={() => clock.move(stormSeconds / stepS)}
      controls={
        <>
          <Choice of={figure} name="loop" />
          <Slider of={figure} name="load" />
          <Slider of={figure} name="tries" />
          <Slider of={figure} name="queue" />
          <Slider of={figure} name="pauseS" />
          <Player of={clock} time={`second ${shownS}`} />
        </>
      }
      readouts={[
        { label: 'Tries × load', value: `${numberText(tries * load)}/s of ${stormCapacity}` },
        { label: 'Sent at the end', value: `${numberText(sentAtEnd)}/s` },
        { label: 'Answered in time', value: `${numberText(inTimeAtEnd)}/s` },
        { label: 'Well again', value: run.ends ? (run.endsAfterS === 0 ? 'with the push' : `after ${durationText(run.endsAfterS * 1000)}`) : 'never', ...(run.ends ? {} : { tone: 'crit' as const, word: 'the fault stays' }) },
      ]}
      summary={`${numberText(load)} requests/s, ${countText(tries, 'try', 'tries')} each, pushed to ${numberText(load * pushFactor)}/s for one minute. ${run.ends ? `It is well again ${run.endsAfterS === 0 ? 'as soon as the push ends' : `${durationText(run.endsAfterS * 1000)} after the push`}.` : `The push is gone and the fault stays: at the end ${numberText(sentAtEnd)}/s are sent and ${numberText(inTimeAtEnd)} answered in time.`} The queue holds ${durationText((queue / stormCapacity) * 1000)} of work, and callers wait ${patienceS} s.`}
      readings={{ overshootPercent: 0, settleMinutes: 0, peak: run.peak, endsAfterS: run.endsAfterS }}
      note={`${stormCapacity} answers a second, first come, first served; callers wait ${patienceS} s and the answer is still worked out when they have gone. Whole requests, second by second. Tries × load above the capacity keeps the storm going where the queue holds more than callers wait for. Real servers also slow down under load.`}
    >
      <Plot
        label="Requests sent and answered in time over ten minutes"
        x={{ title: 'Seconds', from: 0, to: stormSeconds }}
        y={{ title: `Requests/s (dashed: the ${stormCapacity} it can answer)`, from: 0, to: roundUp(run.peak * 1.1) }}
        lines={[
          { name: 'sent', tone: 2, stepped: true, points: points(run.sent) },
          { name: 'answered in time', tone: 3, stepped: true, points: points(run.inTime) },
        ]}
        bands={[{ from: pushFromS, to: pushToS, label: 'push', tone: 'warn' }]}
        rules={[{ axis: 'y', at: stormCapacity, label: '' }]}
      />
    </FigureFrame>
  )
}
