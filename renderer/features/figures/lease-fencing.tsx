import type { ReactNode } from 'react'
import { runLease } from '../../../exercises/figures/lease-fencing.ts'
import type { FigureProps } from './index.ts'
import { Choice, Slider } from './kit/controls.tsx'
import { FigureFrame } from './kit/figure-frame.tsx'
import { Lanes } from './kit/lanes.tsx'
import { countText, numberText } from './kit/number-text.ts'
import { Player, usePlayback } from './kit/player.tsx'
import { useFigure } from './kit/use-figure.ts'
import styles from './events.module.css'

const names = { A: 'A', B: 'B', lock: 'Lock service', storage: 'Storage' } as const

/** A lease holder that pauses past its lease. */
export default function LeaseFencing(props: FigureProps): ReactNode {
  const figure = useFigure('lease-fencing', props)
  const { leaseS, pauseS, fencing } = figure.values
  const run = runLease({ leaseS, pauseS, fencing: fencing === 'on' })
  const clock = usePlayback(figure.key, run.events.length, 1200, 99)
  const done = run.events.slice(0, clock.at)
  const nowS = clock.at >= run.events.length ? run.endS : (done.at(-1)?.atS ?? 0)
  const outcome =
    run.lostWrites > 0
      ? 'A writes after B, with a lease that has run out. The storage accepts it, and what B wrote is gone.'
      : run.refused > 0
        ? 'A writes after B, with a lease that has run out. The storage has seen a higher token and refuses it: what B wrote stays.'
        : run.takenS === null
          ? 'The pause ends within the lease: nothing goes wrong, this time.'
          : 'A writes without a lease, but before B: B’s write comes last and stays.'
  return (
    <FigureFrame
      of={figure}
      controls={
        <>
          <Slider of={figure} name="leaseS" />
          <Slider of={figure} name="pauseS" />
          <Choice of={figure} name="fencing" />
          <Player of={clock} time={clock.at === 0 ? 'before the first' : `event ${clock.at} of ${run.events.length}`} />
        </>
      }
      onReset={() => clock.move(99)}
      readouts={[
        { label: 'Writes lost', value: numberText(run.lostWrites), ...(run.lostWrites > 0 ? { tone: 'crit' as const, word: 'overwritten by an old holder' } : {}) },
        { label: 'Writes refused', value: numberText(run.refused), ...(run.refused > 0 ? { tone: 'ok' as const, word: 'by their token' } : {}) },
        { label: 'A resumes', value: run.takenS === null ? 'within its lease' : `${countText(run.resumeS - run.leaseEndS, 'second')} after its lease` },
      ]}
      summary={`The lease lasts ${numberText(leaseS)} s, A stands still for ${numberText(pauseS)} s. ${outcome}`}
      readings={{ lostWrites: run.lostWrites, refused: run.refused }}
      note="A checks its lease, is paused (by garbage collection, a stopped virtual machine, a slow disk), and writes. No check before the write helps, since the pause can come after it. The token helps only if the storage itself compares it, and only once a higher one has been seen."
    >
      <Lanes
        label="Leases, pause and writes over time"
        time={{ title: 'Seconds', from: 0, to: run.endS }}
        now={nowS}
        lanes={[
          {
            name: 'Lease',
            spans: [
              { from: 0, to: run.leaseEndS, label: 'A, token 33', tone: 'accent' },
              ...(run.takenS === null ? [] : [{ from: run.takenS, to: Math.min(run.endS, run.takenS + leaseS), label: 'B, token 34', tone: 'plain' as const }]),
            ],
          },
          {
            name: 'A',
            spans: pauseS > 0 ? [{ from: run.pauseFromS, to: run.resumeS, label: 'paused', tone: 'warn' }] : [],
            moments: [{ at: run.resumeS, label: run.refused > 0 ? 'writes: refused' : 'writes', tone: run.lostWrites > 0 ? 'crit' : run.refused > 0 ? 'warn' : 'ok', before: run.resumeS > run.endS * 0.6 }],
          },
          { name: 'B', moments: run.writtenS === null ? [] : [{ at: run.writtenS, label: run.lostWrites > 0 ? 'writes, and it is lost' : 'writes', tone: run.lostWrites > 0 ? 'crit' : 'ok', before: run.writtenS > run.endS * 0.6 }] },
        ]}
      />
      <ol className={styles.events}>
        {done.map(({ atS, who, text, kind }) => (
          <li key={`${atS}${text}`} data-kind={kind}>
            <span className={styles.time}>{numberText(atS)} s</span>
            <span className={styles.who}>{names[who]}</span>
            <span>{text}</span>
          </li>
        ))}
      </ol>
    </FigureFrame>
  )
}
