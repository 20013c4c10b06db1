/** Series as Prometheus' test files write them: `name{label="value"} 1 2+1x3 _ stale`. */
import { unquote } from '../string-literal.ts'
import type { Labels } from '../source.ts'

/** A number, a point that is missing, a staleness marker, or a native histogram, which we do not read. */
export type Point = number | 'none' | 'stale' | 'native'

export interface SeriesLine {
  readonly labels: Labels
  readonly points: readonly Point[]
}

export type Notation<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string }

const mostPoints = 1_000_000
const float = String.raw`[+-]?(?:\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|inf|nan)`
const repeated = new RegExp(`^(${float})(?:([+-])(${float}))?x(\\d+)$`, 'i')
const single = new RegExp(`^${float}$`, 'i')

/** Whether a text is one number. */
export function isNumber(text: string): boolean {
  return single.test(text)
}

export function readNumber(text: string): number {
  if (/inf$/i.test(text)) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return Number(text)
}

/** Reads `name{...} points`. */
export function parseSeriesLine(line: string): Notation<SeriesLine> {
  const metric = parseMetric(line)
  if (!metric.ok) return metric
  const points = parsePoints(line.slice(metric.value.end))
  return points.ok ? { ok: true, value: { labels: metric.value.labels, points: points.value } } : points
}

function parseMetric(line: string): Notation<{ labels: Labels; end: number }> {
  const labels: Record<string, string> = {}
  const name = /^\s*([A-Za-z_:][\w:]*)?/.exec(line)
  let at = name?.[0].length ?? 0
  if (name?.[1] !== undefined) labels['__name__'] = name[1]
  at += /^\s*(?=\{)/.exec(line.slice(at))?.[0].length ?? 0
  if (line[at] !== '{' || line[at + 1] === '{') return { ok: true, value: { labels, end: at } }
  at += 1
  for (;;) {
    const pair = /^\s*(?:([A-Za-z_][\w.]*)\s*=\s*)?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)\s*,?|^\s*,/.exec(line.slice(at))
    if (!pair || pair[0] === '') break
    at += pair[0].length
    if (pair[2] !== undefined) labels[pair[1] ?? '__name__'] = unquote(pair[2]) ?? ''
  }
  const close = /^\s*\}/.exec(line.slice(at))
  return close ? { ok: true, value: { labels, end: at + close[0].length } } : { ok: false, message: `cannot read the labels of ${line.trim()}` }
}

/** Reads points; a native histogram, however it repeats, counts with its repetitions. */
export function parsePoints(text: string): Notation<Point[]> {
  const points: Point[] = []
  const push = (point: Point, count: number): void => {
    for (let index = 0; index < count && points.length < mostPoints; index += 1) points.push(point)
  }
  const tokens = text.match(/\{\{.*?\}\}(?:[+-]\{\{.*?\}\})?(?:x\d+)?|\S+/g) ?? []
  for (const token of tokens) {
    if (token.startsWith('{{')) {
      const times = /x(\d+)$/.exec(token)
      push('native', times ? Number(times[1]) + 1 : 1)
      continue
    }
    const blank = /^_(?:x(\d+))?$/.exec(token)
    if (blank) push('none', Number(blank[1] ?? 1))
    else if (token === 'stale') points.push('stale')
    else if (single.test(token)) points.push(readNumber(token))
    else {
      const found = repeated.exec(token)
      if (!found) return { ok: false, message: `cannot read the point "${token}"` }
      const first = readNumber(found[1] ?? '')
      const step = found[3] === undefined ? 0 : readNumber(found[3]) * (found[2] === '-' ? -1 : 1)
      const count = Number(found[4])
      // Added up one by one, as Prometheus does, so that rounding is the same.
      let value = first
      for (let index = 0; index <= count && points.length < mostPoints; index += 1) {
        points.push(value)
        value += step
      }
    }
  }
  return { ok: true, value: points }
}
