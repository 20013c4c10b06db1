import type { ReactNode } from 'react'
import { runStampede, stampedeRounds } from '../../../exercises/figures/cache-stampede.ts'
import type { FigureProps } from './index.ts'
import { Choice, Slider } from './kit/controls.tsx'
import { FigureFrame } from './kit/figure-frame.tsx'
import { countText, durationText, numberText, percentText, shortText } from './kit/number-text.ts'
import { Player, usePlayback } from './kit/player.tsx'
import { Plot } from './kit/plot.tsx'
import { roundUp } from './kit/scale.ts'
import { useFigure } from './kit/use-figure.ts'

/** Loads that reach the database when keys expire together. */
export default function CacheStampede(props: FigureProps): ReactNode {
  const figure = useFigure('cache-stampede', props)
  const { keys, rate, ttlS, loadMs, jitterPercent, flight } = figure.values
  const run = runStampede({ keys, rate, ttlS, loadMs, jitterPercent, single: flight === 'single' })
  const horizonS = run.perSecond.length
  const clock = usePlayback(figure.key, stampedeRounds * 20, 60, stampedeRounds * 20)
  const shownS = Math.round((clock.at / clock.length) * horizonS)
  const meanLoads = run.loads / horizonS
  // Two hundred columns at most: wider ones show the most of their seconds.
  const width = Math.ceil(horizonS / 200)
  const columns = Array.from({ length: Math.ceil(shownS / width) }, (_, index) => ({ from: index * width, to: (index + 1) * width, y: Math.max(0, ...run.perSecond.slice(index * width, Math.min(shownS, (index + 1) * width))) }))
  return (
    <FigureFrame
      of={figure}
      controls={
        <>
          <Slider of={figure} name="keys" />
          <Slider of={figure} name="rate" />
          <Slider of={figure} name="ttlS" />
          <Slider of={figure} name="loadMs" />
          <Slider of={figure} name="jitterPercent" />
          <Choice of={figure} name="flight" />
          <Player of={clock} time={`${durationText(shownS * 1000)}`} />
        </>
      }
      onReset={() => clock.move(clock.length)}
      readouts={[
        { label: 'Most loads in one second', value: numberText(run.peak) },
        { label: 'Loads on average', value: `${numberText(meanLoads)}/s` },
        { label: 'Loads in all', value: numberText(run.loads) },
        { label: 'Hit ratio', value: percentText(run.hit * 100) },
      ]}
      summary={`${countText(keys, 'key')} filled at once, TTL ${numberText(ttlS)} s${jitterPercent > 0 ? ` ± ${numberText(jitterPercent)}%` : ' for all'}, ${flight === 'single' ? 'one load of a key at a time' : 'every reader that misses loads'}: up to ${numberText(run.peak)} loads in one second against ${numberText(meanLoads)} on average, at a hit ratio of ${percentText(run.hit * 100)}.`}
      readings={{ peakLoads: run.peak, loads: run.loads, hitPercent: run.hit * 100 }}
      note="Reads at random (Poisson), from a fixed seed; one load takes the same time however many run. In truth the database slows under the peak, loads take longer, and more readers miss: that loop makes a stampede last. Single flight within one process still lets each process load once."
    >
      <Plot
        label="Loads that begin in each second"
        x={{ title: 'Seconds since the keys were filled', from: 0, to: horizonS, ticks: Array.from({ length: stampedeRounds + 1 }, (_, index) => index * ttlS) }}
        y={{ title: width > 1 ? `Loads/s (the most in ${width} s)` : 'Loads/s', from: 0, to: roundUp(run.peak * 1.1), format: shortText }}
        columns={[{ name: 'loads', tone: flight === 'single' ? 3 : 1, values: columns }]}
      />
    </FigureFrame>
  )
}
