import type { ReactNode } from 'react'
import { chainAvailability, downMinutes } from '../../../exercises/figures/availability-chain.ts'
import type { FigureProps } from './index.ts'
import { Slider } from './kit/controls.tsx'
import { FigureFrame } from './kit/figure-frame.tsx'
import { countText, durationText, numberText, percentText } from './kit/number-text.ts'
import { Plot } from './kit/plot.tsx'
import { roundUp } from './kit/scale.ts'
import { useFigure } from './kit/use-figure.ts'

const days = 30

/** Availability of parts that are all needed, each with copies. */
export default function AvailabilityChain(props: FigureProps): ReactNode {
  const figure = useFigure('availability-chain', props)
  const { parts, partPercent, copies, commonPercent } = figure.values
  const at = (count: number, copyCount: number): ReturnType<typeof chainAvailability> => chainAvailability({ parts: count, part: partPercent / 100, copies: copyCount, common: commonPercent / 100 })
  const now = at(parts, copies)
  const down = downMinutes(now.whole, days)
  const range = Array.from({ length: Math.max(10, parts) }, (_, index) => index + 1)
  const minutes = (copyCount: number): (readonly [number, number])[] => range.map((count) => [count, downMinutes(at(count, copyCount).whole, days)] as const)
  const most = Math.max(...minutes(1).map(([, each]) => each))
  const unit = most > 180 ? { minutes: 60, name: 'h' } : most < 3 ? { minutes: 1 / 60, name: 's' } : { minutes: 1, name: 'min' }
  const inUnit = (points: (readonly [number, number])[]): (readonly [number, number])[] => points.map(([count, each]) => [count, each / unit.minutes] as const)
  return (
    <FigureFrame
      of={figure}
      controls={
        <>
          <Slider of={figure} name="parts" />
          <Slider of={figure} name="partPercent" />
          <Slider of={figure} name="copies" />
          <Slider of={figure} name="commonPercent" disabled={copies === 1} />
        </>
      }
      readouts={[
        { label: 'One part', value: percentText(now.one * 100) },
        { label: 'The whole', value: percentText(now.whole * 100) },
        { label: 'Down in 30 days', value: durationText(down * 60_000) },
      ]}
      summary={`${countText(parts, 'part')} that are all needed, each ${copies === 1 ? `${percentText(partPercent)} available` : `with ${copies} copies at ${percentText(partPercent)}`}: the whole is ${percentText(now.whole * 100)} available, down ${durationText(down * 60_000)} in 30 days.${copies > 1 && commonPercent > 0 ? ` ${percentText(commonPercent)} of the downtime hits all copies at once, and no further copy helps against it.` : ''}`}
      readings={{ availabilityPercent: now.whole * 100, downMinutes: down }}
      note="In series availabilities multiply; copies in parallel multiply their downtimes, except for the share with a common cause (one deploy, one certificate, one region: the beta factor model). Parts fail independently, and switching to a copy takes no time: real switching takes some and can fail."
    >
      <Plot
        label="Downtime in 30 days against the number of parts"
        x={{ title: 'Parts that are all needed', from: 1, to: Math.max(10, parts), ticks: range.filter((count) => range.length <= 12 || count % 5 === 0 || count === 1) }}
        y={{ title: `Down in 30 days, ${unit.name}`, from: 0, to: roundUp((most / unit.minutes) * 1.1), format: (value) => numberText(value) }}
        lines={[{ name: '1 copy', tone: 2, points: inUnit(minutes(1)) }, ...(copies > 1 ? [{ name: `${copies} copies`, tone: 1 as const, points: inUnit(minutes(copies)) }] : [])]}
        marks={[{ x: parts, y: down / unit.minutes, tone: copies > 1 ? 1 : 2, label: durationText(down * 60_000) }]}
        height={230}
      />
    </FigureFrame>
  )
}
