import type { ReactNode } from 'react'
import { quorum } from '../../../exercises/figures/quorum.ts'
import type { FigureProps } from './index.ts'
import { Slider } from './kit/controls.tsx'
import { FigureFrame } from './kit/figure-frame.tsx'
import { countText, percentText } from './kit/number-text.ts'
import { useFigure } from './kit/use-figure.ts'
import styles from './quorum.module.css'

/** Which reads overlap which writes. */
export default function QuorumFigure(props: FigureProps): ReactNode {
  const figure = useFigure('quorum', props)
  const { copies, upPercent } = figure.values
  const writes = Math.min(figure.values.writes, copies)
  const reads = Math.min(figure.values.reads, copies)
  const now = quorum({ copies, writes, reads, up: upPercent / 100 })
  const sure = now.overlap > 0
  return (
    <FigureFrame
      of={figure}
      controls={
        <>
          <Slider of={figure} name="copies" />
          <Slider of={figure} name="upPercent" />
          <Slider of={figure} name="writes" max={copies} />
          <Slider of={figure} name="reads" max={copies} />
        </>
      }
      readouts={[
        { label: 'R + W against N', value: `${reads} + ${writes} ${reads + writes > copies ? '>' : reads + writes === copies ? '=' : '<'} ${copies}`, tone: sure ? 'ok' : 'warn', word: sure ? 'overlap' : 'may miss' },
        { label: 'Reads that can be answered', value: percentText(now.canRead * 100) },
        { label: 'Writes that can be acknowledged', value: percentText(now.canWrite * 100) },
      ]}
      summary={`${sure ? `Every read of ${reads} shares at least ${countText(now.overlap, 'copy', 'copies')} with every acknowledged write of ${writes}.` : `A read of ${reads} can meet only copies that the write has not reached: up to ${percentText(now.miss * 100)} of reads right after it.`} Reads go on with ${countText(now.readsSurvive, 'copy', 'copies')} out, writes with ${now.writesSurvive}.${now.writesOverlap ? '' : ' Two writes at once can both succeed on different copies and conflict.'}`}
      readings={{ overlap: now.overlap, missPercent: now.miss * 100, readPercent: now.canRead * 100, writePercent: now.canWrite * 100 }}
      note="R + W > N (Gifford, 1979). Misses right after the write, before the rest of the copies have it, for copies chosen at random: C(N−W, R) / C(N, R). Copies fail independently. Overlap alone is not linearizable: a write in progress or a failed one may be seen by one read and missed by the next, unless reads repair what they find; sloppy quorums give the overlap up."
    >
      <ul className={styles.picture} aria-label="Copies after a write, and the worst choice of copies for a read">
        {Array.from({ length: copies }, (_, index) => {
          const written = index < writes
          const read = index >= copies - reads
          return (
            <li key={index} className={styles.copy} data-written={written || undefined} data-read={read || undefined}>
              <span className={styles.name}>copy {index + 1}</span>
              <span>{written ? 'new value' : 'old value'}</span>
              <span className={styles.asked}>{read ? (written ? 'read: sees it' : 'read') : ''}</span>
            </li>
          )
        })}
      </ul>
    </FigureFrame>
  )
}
