import type { ReactNode } from 'react'
import { lastWrite } from '../../../exercises/figures/clock-skew.ts'
import type { FigureProps } from './index.ts'
import { Choice, Slider } from './kit/controls.tsx'
import { FigureFrame } from './kit/figure-frame.tsx'
import { Lanes } from './kit/lanes.tsx'
import { durationText, numberText } from './kit/number-text.ts'
import { useFigure } from './kit/use-figure.ts'

/** Which of two writes survives when clocks differ. */
export default function ClockSkew(props: FigureProps): ReactNode {
  const figure = useFigure('clock-skew', props)
  const { skewMs, gapMs, rule } = figure.values
  const now = lastWrite({ skewMs, gapMs, rule })
  const clock = rule === 'clock'
  const margin = now.stampB - now.stampA
  const stampWords = rule === 'logical' ? { a: 'counter 1', b: 'counter 2' } : { a: 'stamp 0 ms', b: `stamp ${numberText(now.stampB, 6)} ms` }
  const skewWords = skewMs === 0 ? 'agrees with that of A' : `is ${durationText(Math.abs(skewMs))} ${skewMs < 0 ? 'behind' : 'ahead of'} that of A`
  return (
    <FigureFrame
      of={figure}
      controls={
        <>
          <Slider of={figure} name="skewMs" />
          <Slider of={figure} name="gapMs" />
          <Choice of={figure} name="rule" />
        </>
      }
      readouts={[
        { label: 'Stored in the end', value: now.survives === 'both' ? 'both values' : `the value of ${now.survives}`, tone: now.lost ? 'crit' : 'ok', word: now.lost ? 'the newer write is lost' : now.survives === 'both' ? 'the reader decides' : 'the newer write' },
        ...(clock ? [{ label: 'Stamp of B minus stamp of A', value: `${numberText(margin, 6)} ms` }] : []),
      ]}
      summary={`B writes ${durationText(gapMs)} after A; its clock ${skewWords}. ${
        clock ? (now.lost ? `B gets stamp ${numberText(margin, 6)} ms against 0 of A, so the highest stamp keeps the older value. The write of B is gone, and B was told that it succeeded.` : `B gets stamp ${numberText(margin, 6)} ms, higher than 0 of A: the newer write stays.`) : rule === 'logical' ? 'B had read what A wrote, so its counter is higher whatever the clocks say: the newer write stays.' : 'Both values are kept, and the next reader has to merge them.'
      }`}
      readings={{ lost: now.lost ? 1 : 0, marginMs: margin }}
      note="Time runs from the write of A, as a perfect clock sees it. A tie goes to A here. A logical clock (Lamport) orders a write after what its writer had read; two writes that did not know of each other it orders by rule, and one of them is still dropped. Clocks that are kept by NTP usually differ by milliseconds, and by far more when it has stopped."
    >
      <Lanes
        label="The two writes in true time"
        time={{ title: 'True time since the write of A, ms', from: -100, to: 1100, ticks: [0, 250, 500, 750, 1000] }}
        lanes={[
          { name: 'A', moments: [{ at: 0, label: `writes, ${stampWords.a}`, tone: now.survives === 'B' ? 'plain' : 'accent' }] },
          { name: 'B', moments: [{ at: gapMs, label: `writes, ${stampWords.b}`, tone: now.lost ? 'crit' : 'accent', before: gapMs > 550 }] },
        ]}
        marks={clock && skewMs < 0 && -skewMs <= 1100 ? [{ at: -skewMs, label: 'from here the clock of B is past the stamp of A' }] : []}
      />
    </FigureFrame>
  )
}
