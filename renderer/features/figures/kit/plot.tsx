/** A small chart: lines, columns, marks and bands on two axes, drawn at the size that it has, with its numbers as a table. */
import { useId, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { NumbersTable } from './numbers-table.tsx'
import { Picture } from './picture.tsx'
import { endLabels, linePath, type Placed } from './plot-geometry.ts'
import { shareAt, ticksOf, type Axis } from './scale.ts'
import styles from './plot.module.css'

export type Tone = 1 | 2 | 3 | 4 | 5 | 6
export type Point = readonly [x: number, y: number]

export interface Line {
  name: string
  points: readonly Point[]
  tone: Tone
  /** Values hold until the next point. */
  stepped?: boolean
  dashed?: boolean
  /** Filled down to the axis. */
  filled?: boolean
}
export interface Columns {
  name: string
  tone: Tone
  values: readonly { from: number; to: number; y: number }[]
}
/** A point worth naming; the present state is one. */
export interface Mark {
  x: number
  y: number
  tone: Tone
  label?: string
}
/** A straight line with words: a target, a limit, a moment. */
export interface Rule {
  axis: 'x' | 'y'
  at: number
  label: string
  strong?: boolean
  /** Which line of text its label stands on, so that near labels stay apart. */
  row?: number
  side?: 'left' | 'right'
}
export interface Band {
  from: number
  to: number
  label: string
  tone: 'crit' | 'warn' | 'accent'
}

interface PlotProps {
  /** What the picture shows, for those who cannot see it. */
  label: string
  x: Axis
  y: Axis
  lines?: readonly Line[]
  columns?: readonly Columns[]
  marks?: readonly Mark[]
  rules?: readonly Rule[]
  bands?: readonly Band[]
  height?: number
}

const top = 22
const foot = 38
const labelGap = 14

/** The width that an element has; a usual one until it is measured. */
export function useWidth(): [React.RefObject<HTMLDivElement | null>, number] {
  const ref = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(640)
  useLayoutEffect(() => {
    const element = ref.current
    if (element === null || typeof ResizeObserver === 'undefined') return
    const measure = (): void => setWidth(Math.max(240, element.clientWidth))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [ref, width]
}

/** Draws a chart. Series are named at their end, or above where there is no room. */
export function Plot({ label, x, y, lines = [], columns = [], marks = [], rules = [], bands = [], height = 260 }: PlotProps): ReactNode {
  const [ref, width] = useWidth()
  const clip = useId()
  const formatX = x.format ?? String
  const formatY = y.format ?? String
  const yTicks = ticksOf(y, 5)
  const left = Math.max(36, 12 + Math.max(...yTicks.map((tick) => formatY(tick).length)) * 7)
  const longest = Math.max(0, ...lines.map(({ name }) => name.length))
  const labelled = lines.length > 1 && width >= 520
  const right = labelled ? Math.min(150, 16 + longest * 6.6) : 12
  const placed: Placed = {
    x: (value) => left + shareAt(x, value) * (width - left - right),
    y: (value) => height - foot - shareAt(y, value) * (height - foot - top),
    left,
    right: width - right,
    top,
    bottom: height - foot,
  }
  const labels = labelled ? endLabels(lines, placed, labelGap) : []
  const xTicks = ticksOf(x, Math.max(3, Math.floor((width - left - right) / 84)))
  const inX = (value: number): boolean => value >= Math.min(x.from, x.to) && value <= Math.max(x.from, x.to)
  const inY = (value: number): boolean => value >= y.from && value <= y.to
  const shownRules = rules.filter((rule) => (rule.axis === 'y' ? inY(rule.at) : inX(rule.at))).map((rule) => ({ rule, at: rule.axis === 'y' ? placed.y(rule.at) : placed.x(rule.at) }))
  return (
    <div className={styles.plot} ref={ref}>
      {columns.length + lines.length > 1 && (!labelled || columns.length > 0) ? (
        <ul className={styles.legend}>
          {[...columns.map((each) => ({ ...each, dashed: false })), ...(labelled ? [] : lines)].map(({ name, tone, dashed = false }) => (
            <li key={name}>
              <svg width="20" height="8" aria-hidden="true">
                <line x1="0" x2="20" y1="4" y2="4" className={styles.line} data-tone={tone} data-dashed={dashed || undefined} />
              </svg>
              {name}
            </li>
          ))}
        </ul>
      ) : null}
      <Picture label={label} width={width} height={height}>
        <defs>
          <clipPath id={clip}>
            <rect x={placed.left} y={placed.top - 2} width={Math.max(0, placed.right - placed.left)} height={placed.bottom - placed.top + 4} />
          </clipPath>
        </defs>
        <text className={styles.axisTitle} x={2} y={11}>
          {y.title}
        </text>
        <text className={styles.axisTitle} x={placed.right} y={height - 4} textAnchor="end">
          {x.title}
        </text>
        {bands.map((band) => {
          const from = Math.max(placed.left, placed.x(band.from))
          const to = Math.min(placed.right, placed.x(band.to))
          return to <= from ? null : (
            <g key={`${band.label}${band.from}`}>
              <rect className={styles.band} data-tone={band.tone} x={from} y={placed.top} width={to - from} height={placed.bottom - placed.top} />
              <text className={styles.bandLabel} x={to - from > band.label.length * 6 ? from + 4 : to + 4} y={placed.top + 12}>
                {band.label}
              </text>
            </g>
          )
        })}
        {yTicks.map((tick) => (
          <g key={tick}>
            <line className={styles.grid} x1={placed.left} x2={placed.right} y1={placed.y(tick)} y2={placed.y(tick)} />
            <text className={styles.tick} x={placed.left - 6} y={placed.y(tick) + 4} textAnchor="end">
              {formatY(tick)}
            </text>
          </g>
        ))}
        {xTicks.map((tick) => (
          <g key={tick}>
            <line className={styles.axis} x1={placed.x(tick)} x2={placed.x(tick)} y1={placed.bottom} y2={placed.bottom + 4} />
            <text className={styles.tick} x={Math.min(placed.x(tick), width)} y={placed.bottom + 17} textAnchor={placed.x(tick) > width - 24 ? 'end' : 'middle'}>
              {formatX(tick)}
            </text>
          </g>
        ))}
        <line className={styles.axis} x1={placed.left} x2={placed.right} y1={placed.bottom} y2={placed.bottom} />
        <g clipPath={`url(#${clip})`}>
          {columns.map(({ name, tone, values }) =>
            values.map(({ from, to, y: value }) => (
              <rect key={`${name}${from}`} className={styles.column} data-tone={tone} x={placed.x(from) + 0.5} width={Math.max(1, placed.x(to) - placed.x(from) - 1)} y={placed.y(value)} height={Math.max(0, placed.bottom - placed.y(value))} />
            )),
          )}
          {lines.map((line) => (
            <g key={line.name}>
              {line.filled ? <path className={styles.area} data-tone={line.tone} d={linePath(line, placed, true)} /> : null}
              <path className={styles.line} data-tone={line.tone} data-dashed={line.dashed || undefined} d={linePath(line, placed)} />
            </g>
          ))}
        </g>
        {shownRules.map(({ rule, at }) => (
          <line key={`${rule.label}${rule.at}`} className={styles.rule} data-strong={rule.strong || undefined} {...(rule.axis === 'y' ? { x1: placed.left, x2: placed.right, y1: at, y2: at } : { x1: at, x2: at, y1: placed.top, y2: placed.bottom })} />
        ))}
        {shownRules.map(({ rule, at }) => {
          const left = rule.side === undefined ? at > (placed.left + placed.right) / 2 : rule.side === 'left'
          return (
            <text key={`${rule.label}${rule.at}`} className={styles.ruleLabel} {...(rule.axis === 'y' ? { x: placed.left + 6, y: at - 5 } : { x: at + (left ? -5 : 5), y: placed.top + 12 + (rule.row ?? 0) * labelGap, textAnchor: left ? 'end' : 'start' })}>
              {rule.label}
            </text>
          )
        })}
        {marks.map((mark) => {
          if (!inX(mark.x) || !inY(mark.y)) return null
          const late = placed.x(mark.x) > placed.left + (placed.right - placed.left) * 0.6
          return (
            <g key={`${mark.tone}${mark.label ?? ''}${mark.x}`}>
              <circle className={styles.mark} data-tone={mark.tone} cx={placed.x(mark.x)} cy={placed.y(mark.y)} r={5} />
              {mark.label === undefined ? null : (
                <text className={styles.markLabel} x={placed.x(mark.x) + (late ? -10 : 10)} y={Math.max(placed.top + 8, placed.y(mark.y) - 8)} textAnchor={late ? 'end' : 'start'}>
                  {mark.label}
                </text>
              )}
            </g>
          )
        })}
        {labels.map(({ name, tone, x: endX, y: endY, at }) => (
          <g key={name}>
            <line className={styles.leader} data-tone={tone} x1={endX + 2} y1={endY} x2={placed.right + 6} y2={at} />
            <text className={styles.endLabel} x={placed.right + 9} y={at + 4}>
              {name}
            </text>
          </g>
        ))}
      </Picture>
      <NumbersTable label={label} x={x} y={y} lines={lines} columns={columns} />
    </div>
  )
}
