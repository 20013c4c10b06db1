import type { ReactNode } from 'react'
import { littlesLaw, strips } from '../../../exercises/figures/littles-law.ts'
import type { FigureProps } from './index.ts'
import { Slider } from './kit/controls.tsx'
import { FigureFrame } from './kit/figure-frame.tsx'
import { countText, durationText, numberText, percentText } from './kit/number-text.ts'
import { Picture } from './kit/picture.tsx'
import { useWidth } from './kit/plot.tsx'
import { useFigure } from './kit/use-figure.ts'
import styles from './littles-law.module.css'

const mostStrips = 100
const stripPx = 3

/** Little's law as requests that a line through time crosses. */
export default function LittlesLaw(props: FigureProps): ReactNode {
  const figure = useFigure('littles-law', props)
  const { rate, timeMs, limit } = figure.values
  const { inside, use, highestRate } = littlesLaw({ rate, timeMs, limit })
  const [ref, width] = useWidth()
  const drawn = strips({ rate, timeMs, most: mostStrips })
  const first = Math.min(...drawn.strips.map(({ fromMs }) => fromMs))
  const span = Math.max(...drawn.strips.map(({ toMs }) => toMs)) - first
  const crossed = drawn.strips.filter(({ crosses }) => crosses).length
  const height = drawn.strips.length * stripPx + 40
  const placeOf = (ms: number): number => 4 + ((ms - first) / span) * (width - 8)
  const full = use > 1
  const summary = full
    ? `${numberText(rate)} requests/s that stay ${durationText(timeMs)} each need ${numberText(inside)} places, more than the ${numberText(limit)} there are. At most ${numberText(highestRate)}/s get through; the rest wait outside.`
    : `${numberText(rate)} requests/s × ${durationText(timeMs)} inside = ${numberText(inside)} inside at any moment, ${percentText(use * 100)} of the ${countText(limit, 'place')}.`
  return (
    <FigureFrame
      of={figure}
      controls={
        <>
          <Slider of={figure} name="rate" />
          <Slider of={figure} name="timeMs" />
          <Slider of={figure} name="limit" />
        </>
      }
      readouts={[
        { label: 'Inside on average', value: numberText(inside) },
        { label: 'Share of the places', value: percentText(use * 100), ...(full ? { tone: 'crit' as const, word: 'full' } : use > 0.8 ? { tone: 'warn' as const, word: 'little room for bursts' } : {}) },
        { label: 'Highest rate with these places', value: `${numberText(highestRate)}/s` },
      ]}
      summary={summary}
      readings={{ inside, usePercent: use * 100 }}
      note="Little’s law: mean number inside = rate × mean time inside. It holds for any distribution, as long as what comes in also goes out. The picture draws even arrivals that all stay as long. Averages: bursts go above them."
    >
      <div ref={ref}>
        <Picture width={width} height={height} label={`Each line is ${countText(drawn.each, 'request')}, from its arrival to its end. A line through one moment crosses ${crossed} of them.`}>
          {drawn.strips.map(({ fromMs, toMs, crosses }, index) => (
            <line key={fromMs} className={styles.strip} data-crosses={crosses || undefined} x1={placeOf(fromMs)} x2={Math.max(placeOf(fromMs) + 1, placeOf(toMs))} y1={20 + index * stripPx} y2={20 + index * stripPx} />
          ))}
          <line className={styles.now} x1={placeOf(0)} x2={placeOf(0)} y1={4} y2={height - 18} />
          <text className={styles.text} x={placeOf(0) + 6} y={12}>
            this moment
          </text>
          <text className={styles.text} x={4} y={height - 4}>
            Each line: {countText(drawn.each, 'request')} for {durationText(timeMs)}
          </text>
          <text className={styles.text} x={width - 4} y={height - 4} textAnchor="end">
            time →
          </text>
        </Picture>
      </div>
    </FigureFrame>
  )
}
