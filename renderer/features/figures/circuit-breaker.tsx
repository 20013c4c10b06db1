import type { ReactNode } from 'react'
import { breakerSeconds, runBreaker, usualToggles } from '../../../exercises/figures/circuit-breaker.ts'
import { Button } from '../../ui/index.ts'
import type { FigureProps } from './index.ts'
import { Slider } from './kit/controls.tsx'
import { FigureFrame } from './kit/figure-frame.tsx'
import { Lanes, type Lane, type LaneTone } from './kit/lanes.tsx'
import { countText, numberText } from './kit/number-text.ts'
import { Player, usePlayback } from './kit/player.tsx'
import { Plot } from './kit/plot.tsx'
import { useFigure, useKept } from './kit/use-figure.ts'
import kit from './kit/kit.module.css'

const tones: Readonly<Record<string, LaneTone>> = { closed: 'ok', open: 'crit', 'half-open': 'warn' }

/** A circuit breaker while the reader breaks and mends what it guards. */
export default function CircuitBreaker(props: FigureProps): ReactNode {
  const figure = useFigure('circuit-breaker', props)
  const [toggles, setToggles] = useKept<readonly number[]>(`${figure.key}/toggles`, usualToggles)
  const run = runBreaker({ ...figure.values, toggles })
  const clock = usePlayback(figure.key, breakerSeconds, 150, breakerSeconds)
  const seen = run.seconds.slice(0, clock.at)
  const now = seen.at(-1)
  const broken = toggles.filter((at) => at <= clock.at).length % 2 === 1
  /** From here on the dependency is the other way; what came after is forgotten. */
  const turn = (): void => {
    const kept = toggles.filter((at) => at < clock.at)
    setToggles(kept.length % 2 === (broken ? 1 : 0) ? [...kept, clock.at] : kept)
  }
  const touched = figure.touched || toggles !== usualToggles
  return (
    <FigureFrame
      of={figure}
      touched={touched}
      onReset={() => {
        setToggles(usualToggles)
        clock.move(breakerSeconds)
      }}
      controls={
        <>
          <Slider of={figure} name="rate" />
          <Slider of={figure} name="failPercent" />
          <Slider of={figure} name="threshold" />
          <Slider of={figure} name="window" />
          <Slider of={figure} name="openS" />
          <Slider of={figure} name="probes" />
          <Player of={clock} time={`second ${clock.at}`} />
          <div className={kit.toolbar}>
            <Button size="compact" disabled={clock.at >= breakerSeconds} onClick={turn}>
              {broken ? 'Mend the dependency from here' : 'Break the dependency from here'}
            </Button>
          </div>
        </>
      }
      readouts={[
        { label: clock.at === breakerSeconds ? 'State at the end' : `State at second ${clock.at}`, value: now?.state ?? 'closed' },
        { label: 'Opened', value: countText(run.opened, 'time') },
        { label: 'Failed at the dependency', value: numberText(run.failed) },
        { label: 'Refused unsent', value: numberText(run.rejected) },
      ]}
      summary={`Of ${numberText(figure.values.rate * breakerSeconds)} calls in ${breakerSeconds} s, ${numberText(run.failed)} fail at the dependency and ${numberText(run.rejected)} are refused without being sent; ${numberText(run.rejectedHealthy)} of those while it was well. The breaker opens ${countText(run.opened, 'time')}.${clock.at < breakerSeconds ? ` At second ${clock.at} it is ${now?.state ?? 'closed'}.` : ''}`}
      readings={{ failed: run.failed, rejected: run.rejected, opened: run.opened, rejectedHealthy: run.rejectedHealthy }}
      note="The simulator’s own breaker: a window of calls, then open, then some probes of which each must succeed. Move the time to a second, then break or mend the dependency from there on. Calls come evenly and answer at once; one caller: each instance of a service has a breaker of its own and opens at another moment."
    >
      <Lanes
        label="States of the breaker and of the dependency over time"
        time={{ title: 'Seconds', from: 0, to: breakerSeconds }}
        now={clock.at}
        lanes={[
          { name: 'Dependency', spans: spansOf(run.seconds.map((second) => (second.broken ? 'broken' : 'well')), { broken: 'crit', well: 'plain' }) },
          { name: 'Breaker', spans: spansOf(run.seconds.map(({ state }) => state), tones) },
        ]}
      />
      <Plot
        label="Calls each second"
        x={{ title: 'Seconds', from: 0, to: breakerSeconds }}
        y={{ title: 'Calls/s', from: 0, to: figure.values.rate * 1.1, format: (value) => numberText(value) }}
        lines={[
          { name: 'answered', tone: 3, stepped: true, points: seen.map(({ sent, failed }, second) => [second, sent - failed] as const) },
          { name: 'failed', tone: 2, stepped: true, points: seen.map(({ failed }, second) => [second, failed] as const) },
          { name: 'refused', tone: 1, stepped: true, dashed: true, points: seen.map(({ rejected }, second) => [second, rejected] as const) },
        ]}
        height={200}
      />
    </FigureFrame>
  )
}

/** Runs of equal words as spans. */
function spansOf(words: readonly string[], toneOf: Readonly<Record<string, LaneTone>>): NonNullable<Lane['spans']> {
  const spans: { from: number; to: number; label: string; tone: LaneTone }[] = []
  for (const [second, word] of words.entries()) {
    const last = spans.at(-1)
    if (last?.label === word) last.to = second + 1
    else spans.push({ from: second, to: second + 1, label: word, tone: toneOf[word] ?? 'plain' })
  }
  return spans
}
