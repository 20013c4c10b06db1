/** Things that happen side by side in time: a lane for each actor, with spans, moments and arrows between lanes. */
import type { ReactNode } from 'react'
import { Picture } from './picture.tsx'
import { useWidth } from './plot.tsx'
import { shareAt, ticksOf, type Axis } from './scale.ts'
import styles from './lanes.module.css'

export type LaneTone = 'plain' | 'accent' | 'warn' | 'crit' | 'ok'

export interface Lane {
  name: string
  spans?: readonly { from: number; to: number; label: string; tone: LaneTone }[]
  moments?: readonly { at: number; label: string; tone: LaneTone; /** The label stands before the moment. */ before?: boolean }[]
}

const laneHeight = 52
const barHeight = 20

/** Draws lanes over one time axis. `now` hides what has not happened yet. */
export function Lanes({ label, time, lanes, now = time.to, marks = [] }: { label: string; time: Axis; lanes: readonly Lane[]; now?: number; marks?: readonly { at: number; label: string }[] }): ReactNode {
  const [ref, width] = useWidth()
  const left = Math.max(...lanes.map(({ name }) => name.length)) * 7 + 12
  const right = width - 10
  const bottom = 20 + lanes.length * laneHeight
  const placeOf = (value: number): number => left + Math.max(0, Math.min(1, shareAt(time, value))) * (right - left)
  return (
    <div ref={ref}>
      <Picture label={label} width={width} height={bottom + 36}>
        {ticksOf(time, Math.max(3, Math.floor((right - left) / 80))).map((tick) => (
          <g key={tick}>
            <line className={styles.grid} x1={placeOf(tick)} x2={placeOf(tick)} y1={16} y2={bottom} />
            <text className={styles.text} x={placeOf(tick)} y={bottom + 14} textAnchor="middle">
              {time.format?.(tick) ?? tick}
            </text>
          </g>
        ))}
        <text className={styles.text} x={right} y={bottom + 30} textAnchor="end">
          {time.title}
        </text>
        {lanes.map((lane, row) => {
          const top = 20 + row * laneHeight
          return (
            <g key={lane.name}>
              <line className={styles.base} x1={left} x2={right} y1={top + 26} y2={top + 26} />
              <text className={styles.name} x={0} y={top + 30}>
                {lane.name}
              </text>
              {(lane.spans ?? []).map(({ from, to, label: words, tone }) => {
                if (from > now) return null
                const start = placeOf(from)
                const end = placeOf(Math.min(to, now))
                return (
                  <g key={`${words}${from}`}>
                    <rect className={styles.span} data-tone={tone} x={start} width={Math.max(1, end - start)} y={top + 26 - barHeight / 2} height={barHeight} rx={3} />
                    {end - start > words.length * 6.4 + 8 ? (
                      <text className={styles.spanText} x={start + 5} y={top + 30}>
                        {words}
                      </text>
                    ) : null}
                  </g>
                )
              })}
              {(lane.moments ?? []).map(({ at, label: words, tone, before = false }) =>
                at > now ? null : (
                  <g key={`${words}${at}`}>
                    <circle className={styles.moment} data-tone={tone} cx={placeOf(at)} cy={top + 26} r={6} />
                    <text className={styles.momentText} x={placeOf(at) + (before ? 6 : -6)} y={top + 10} textAnchor={before ? 'end' : 'start'}>
                      {words}
                    </text>
                  </g>
                ),
              )}
            </g>
          )
        })}
        {marks.map(({ at, label: words }) => (
          <g key={words}>
            <line className={styles.mark} x1={placeOf(at)} x2={placeOf(at)} y1={14} y2={bottom} />
            <text className={styles.text} x={placeOf(at)} y={10} textAnchor={placeOf(at) > (left + right) / 2 ? 'end' : 'start'}>
              {words}
            </text>
          </g>
        ))}
      </Picture>
    </div>
  )
}
