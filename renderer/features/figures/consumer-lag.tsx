import type { ReactNode } from 'react'
import { before, runLag } from '../../../exercises/figures/consumer-lag.ts'
import type { FigureProps } from './index.ts'
import { Slider } from './kit/controls.tsx'
import { FigureFrame } from './kit/figure-frame.tsx'
import { countText, durationText, numberText, shortText } from './kit/number-text.ts'
import { Plot } from './kit/plot.tsx'
import { roundUp } from './kit/scale.ts'
import { useFigure } from './kit/use-figure.ts'

const minuteMs = 60_000

/** Lag that grows while consumers stand still, and how long it takes to go. */
export default function ConsumerLag(props: FigureProps): ReactNode {
  const figure = useFigure('consumer-lag', props)
  const { rate, consumers, partitions, stopMinutes } = figure.values
  const run = runLag(figure.values)
  const spare = run.capacity - rate
  const idle = consumers - run.working
  const ends = Number.isFinite(run.drainMinutes)
  const last = run.points.at(-1)?.minute ?? 60
  const summary = `${countText(run.working, 'working consumer')} handle ${numberText(run.capacity)}/s, ${numberText(rate)}/s arrive. ${
    ends
      ? run.peakLag === 0
        ? 'There is no lag.'
        : `The lag reaches ${numberText(run.peakLag)} messages and is gone ${durationText(run.drainMinutes * minuteMs)} after the restart: it drains at ${numberText(spare)}/s.`
      : spare < 0
        ? `The lag grows by ${numberText(-spare)} each second and never goes.`
        : spare === 0
          ? 'Nothing is to spare, so the lag stays.'
          : 'After eight hours it is not gone.'
  }${idle > 0 ? ` ${countText(idle, 'consumer')} ${idle === 1 ? 'stands' : 'stand'} idle: there are only ${partitions} partitions.` : ''}${run.lost > 0 ? ` ${numberText(run.lost)} messages are deleted unread.` : ''}`
  return (
    <FigureFrame
      of={figure}
      controls={
        <>
          <Slider of={figure} name="rate" />
          <Slider of={figure} name="perConsumer" />
          <Slider of={figure} name="consumers" />
          <Slider of={figure} name="partitions" />
          <Slider of={figure} name="stopMinutes" />
          <Slider of={figure} name="retentionMinutes" />
        </>
      }
      readouts={[
        { label: 'Highest lag', value: `${shortText(run.peakLag)} messages` },
        { label: 'Gone after', value: ends ? durationText(run.drainMinutes * minuteMs) : 'never', ...(ends ? {} : { tone: 'crit' as const, word: 'too little to spare' }) },
        { label: 'Oldest unread', value: durationText(run.oldestMinutes * minuteMs) },
        { label: 'Deleted unread', value: shortText(run.lost), ...(run.lost > 0 ? { tone: 'crit' as const, word: 'lost' } : {}) },
      ]}
      summary={summary}
      readings={{ peakLag: run.peakLag, drainMinutes: run.drainMinutes, oldestMinutes: run.oldestMinutes, lost: run.lost }}
      note="Lag as a fluid: even arrivals, spread evenly over partitions, each read by one consumer of the group. A partition with a hot key, a rebalance, or work that slows under load makes it last longer. Time to drain = lag / (capacity − arrivals)."
    >
      <Plot
        label="Consumer lag over time"
        x={{ title: 'Minutes', from: 0, to: last }}
        y={{ title: 'Unread messages', from: 0, to: roundUp(Math.max(1, run.peakLag) * 1.1), format: shortText }}
        lines={[{ name: 'lag', tone: 1, filled: true, points: run.points.map(({ minute, lag }) => [minute, lag] as const) }]}
        bands={stopMinutes > 0 ? [{ from: before, to: before + stopMinutes, label: 'consumers stand still', tone: 'crit' }] : []}
        height={240}
      />
    </FigureFrame>
  )
}
