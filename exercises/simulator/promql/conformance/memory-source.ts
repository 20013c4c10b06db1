/** A store of series in memory, for tests. It also knows where native histograms would be, which the evaluator does not read. */
import { labelsTest } from '../../query/matcher.ts'
import type { Labels, Matcher, Samples, SeriesSource } from '../source.ts'
import type { Point } from './series-notation.ts'

interface Stored {
  readonly labels: Labels
  readonly points: Map<number, Exclude<Point, 'none'>>
  samples: Samples | null
  nativeTimesMs: readonly number[]
}

export class MemorySource implements SeriesSource {
  private readonly series = new Map<string, Stored>()
  /** Whether a selection since the last `forgetNative()` met a native histogram. */
  touchedNative = false

  forgetNative(): void {
    this.touchedNative = false
  }

  /** Adds points; a later point of the same time replaces the earlier. */
  add(labels: Labels, points: readonly { readonly timeMs: number; readonly point: Point }[]): void {
    const key = JSON.stringify(Object.entries(labels).sort(([left], [right]) => (left < right ? -1 : 1)))
    let stored = this.series.get(key)
    if (!stored) {
      stored = { labels, points: new Map(), samples: null, nativeTimesMs: [] }
      this.series.set(key, stored)
    }
    stored.samples = null
    for (const { timeMs, point } of points) if (point !== 'none') stored.points.set(timeMs, point)
  }

  private samplesOf(stored: Stored): Samples {
    if (stored.samples) return stored.samples
    const entries = [...stored.points].sort(([left], [right]) => left - right)
    const readable = entries.filter(([, point]) => point !== 'native')
    stored.nativeTimesMs = entries.filter(([, point]) => point === 'native').map(([timeMs]) => timeMs)
    stored.samples = {
      labels: stored.labels,
      timesMs: Float64Array.from(readable, ([timeMs]) => timeMs),
      values: Float64Array.from(readable, ([, point]) => (typeof point === 'number' ? point : Number.NaN)),
      length: readable.length,
      stale: Uint8Array.from(readable, ([, point]) => (point === 'stale' ? 1 : 0)),
    }
    return stored.samples
  }

  select(matchers: readonly Matcher[], fromMs: number, toMs: number): readonly Samples[] {
    const matching = labelsTest(matchers)
    const found: Samples[] = []
    for (const stored of this.series.values()) {
      if (!matching(stored.labels)) continue
      found.push(this.samplesOf(stored))
      if (stored.nativeTimesMs.some((timeMs) => timeMs > fromMs && timeMs <= toMs)) this.touchedNative = true
    }
    return found
  }

  labelNames(): readonly string[] {
    return [...new Set([...this.series.values()].flatMap(({ labels }) => Object.keys(labels)))].sort()
  }

  labelValues(name: string): readonly string[] {
    const values = [...this.series.values()].flatMap(({ labels }) => (Object.hasOwn(labels, name) ? [labels[name] ?? ''] : []))
    return [...new Set(values)].sort()
  }

  metricNames(): readonly string[] {
    return this.labelValues('__name__')
  }
}
