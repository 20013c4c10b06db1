import { Button, IconButton } from '../../../../ui/index.ts'
import { clockTime, sinceText } from '../../room/sim-time.ts'
import { useDebriefed, wallMsOf } from '../debrief-context.ts'
import styles from './replay.module.css'

interface ScrubberProps {
  fromUs: number
  toUs: number
  nowUs: number
  stepUs: number
  isPlaying: boolean
  /** Moments at which something is in the timeline, in order. */
  moments: readonly number[]
  onMove(us: number): void
  onPlay(isPlaying: boolean): void
}

/** A moment of the shift, to be dragged, stepped or played. */
export function Scrubber({ fromUs, toUs, nowUs, stepUs, isPlaying, moments, onMove, onPlay }: ScrubberProps) {
  const { debrief, opened } = useDebriefed()
  const before = moments.findLast((us) => us < nowUs)
  const after = moments.find((us) => us > nowUs)
  const words = `${clockTime(wallMsOf(opened, nowUs))} UTC, ${sinceText(nowUs - debrief.pageUs)}`
  return (
    <div className={styles.scrubber}>
      <Button variant="main" icon={isPlaying ? 'pause' : 'play'} onClick={() => onPlay(!isPlaying)}>
        {isPlaying ? 'Pause' : 'Play at 10x'}
      </Button>
      <IconButton label="To what happened before" icon="chevron-left" disabled={before === undefined} onClick={() => before !== undefined && onMove(before)} />
      <input type="range" className={styles.range} aria-label="Moment of the shift" aria-valuetext={words} min={fromUs} max={toUs} step={stepUs} value={nowUs} onChange={(event) => onMove(Number(event.target.value))} />
      <IconButton label="To what happened next" icon="chevron-right" disabled={after === undefined} onClick={() => after !== undefined && onMove(after)} />
      <span className={styles.clock}>{words}</span>
    </div>
  )
}
