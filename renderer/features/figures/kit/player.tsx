/** The clock of figures that run: play, step and a slider over a time that was computed beforehand. */
import { useEffect, useState, type ReactNode } from 'react'
import { Button } from '../../../ui/index.ts'
import { filledTo } from './controls.tsx'
import { useKept } from './use-figure.ts'
import styles from './kit.module.css'

export interface Playback {
  /** Steps done, 0..length. */
  at: number
  length: number
  playing: boolean
  play(): void
  pause(): void
  move(at: number): void
}

function wantsLessMotion(): boolean {
  const chosen = document.documentElement.dataset['motion']
  return chosen === 'reduced' || (chosen !== 'full' && typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches)
}

/** Plays `length` steps. Where motion is unwanted, "Play" goes to the end at once; steps remain. */
export function usePlayback(key: string, length: number, stepMs: number, start = 0): Playback {
  const [kept, setAt] = useKept(`${key}/at`, start)
  const [playing, setPlaying] = useState(false)
  const at = Math.min(kept, length)
  const running = playing && at < length
  useEffect(() => {
    if (!running) return
    const timer = setTimeout(() => setAt(at + 1), stepMs)
    return () => clearTimeout(timer)
  })
  return {
    at,
    length,
    playing: running,
    play: () => {
      if (wantsLessMotion()) {
        setAt(length)
        return
      }
      if (at >= length) setAt(0)
      setPlaying(true)
    },
    pause: () => setPlaying(false),
    move: (next) => {
      setPlaying(false)
      setAt(Math.max(0, Math.min(length, next)))
    },
  }
}

/** The controls of a clock. `time` says where it stands. */
export function Player({ of, time, stepWord = 'Step' }: { of: Playback; time: string; stepWord?: string }): ReactNode {
  return (
    <div className={styles.player}>
      <Button size="compact" onClick={() => (of.playing ? of.pause() : of.play())}>
        {of.playing ? 'Pause' : of.at >= of.length ? 'Play again' : 'Play'}
      </Button>
      <Button size="compact" disabled={of.at <= 0} onClick={() => of.move(of.at - 1)}>
        Back
      </Button>
      <Button size="compact" disabled={of.at >= of.length} onClick={() => of.move(of.at + 1)}>
        {stepWord}
      </Button>
      <input className={`${styles.range} ${styles.playerRange}`} type="range" min={0} max={of.length} step={1} value={of.at} style={filledTo(of.at / Math.max(1, of.length))} aria-label="Time" aria-valuetext={time} onChange={(event) => of.move(Number(event.currentTarget.value))} />
      <span className={styles.playerTime}>{time}</span>
    </div>
  )
}
