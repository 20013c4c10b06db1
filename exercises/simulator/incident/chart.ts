/** A run as a chart for a terminal: a row of bars for each signal of each part, and what happened below. */
import type { PartSummary, RunSummary } from './summary.ts'

const bars = ' ▁▂▃▄▅▆▇█'

/** A time as `12m30s`. */
export function formatTime(us: number): string {
  const seconds = Math.round(us / 1e6)
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  return `${hours > 0 ? `${hours}h` : ''}${minutes > 0 ? `${minutes}m` : ''}${seconds % 60 > 0 || seconds === 0 ? `${seconds % 60}s` : ''}`
}

function formatSeconds(seconds: number): string {
  if (seconds < 0.001) return `${Math.round(seconds * 1e6)} us`
  return seconds < 1 ? `${digits(seconds * 1000)} ms` : `${digits(seconds)} s`
}

function digits(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
}

const formatShare = (share: number): string => `${digits(share * 100)} %`
const formatRate = (rate: number): string => `${digits(rate)} /s`

interface Row {
  readonly name: string
  readonly values: readonly number[]
  readonly format: (value: number) => string
  /** What a full bar stands for; absent: the highest value. */
  readonly full?: number
}

/** The chart. No line is wider than the intervals and about 60 characters. */
export function formatChart(summary: RunSummary): string {
  const lines = summary.parts.flatMap((part) => partLines(part))
  const columns = summary.parts[0]?.throughput.length ?? 0
  const marks = Array.from({ length: columns }, () => ' ')
  const told = summary.changes.map(({ atUs, summary: what, isFault }) => {
    const column = Math.min(columns - 1, Math.floor(atUs / summary.intervalUs))
    marks[column] = isFault ? '^' : 'o'
    return `  ${formatTime(atUs).padStart(8)} ${isFault ? '^ fault ' : 'o action'} ${what}`
  })
  const alerted = summary.alerts.map(({ atUs, name, state, summary: what }) => `  ${formatTime(atUs).padStart(8)} ! alert  ${name} ${state}${what === '' || state === 'resolved' ? '' : `: ${what}`}`)
  const axis = `${' '.repeat(26)}${marks.join('')}`
  const ends = `${' '.repeat(26)}0${formatTime(summary.toUs).padStart(Math.max(1, columns - 1))}   one column is ${formatTime(summary.intervalUs)}`
  return [...lines, ...(told.length > 0 ? [axis.trimEnd()] : []), ends, ...told, ...alerted].join('\n')
}

function partLines(part: PartSummary): string[] {
  const rows: Row[] = [
    { name: 'throughput', values: part.throughput, format: formatRate },
    { name: 'errors', values: part.errors, format: formatShare, full: 1 },
    { name: 'p99', values: part.p99, format: formatSeconds },
    { name: 'saturation', values: part.saturation, format: formatShare, full: 1 },
  ]
  return rows.filter(({ values }) => values.some((value) => !Number.isNaN(value))).map((row, index) => `${(index === 0 ? part.part : '').slice(0, 14).padEnd(14)} ${row.name.padEnd(10)} ${rowLine(row)}`)
}

function rowLine({ values, format, full }: Row): string {
  const known = values.filter((value) => !Number.isNaN(value))
  const most = Math.max(...known)
  const top = full ?? most
  const line = values.map((value) => (Number.isNaN(value) ? ' ' : (bars[value > 0 && top > 0 ? Math.max(1, Math.min(8, Math.round((value / top) * 8))) : 0] ?? ' '))).join('')
  const range = `${format(Math.min(...known))} .. ${format(most)}`
  return `${line} ${range}, now ${format(known.at(-1) ?? 0)}`
}
