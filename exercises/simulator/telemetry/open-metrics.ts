import type { Labels } from '../promql/source.ts'
import type { ExemplarStore } from './exemplars.ts'
import type { MetricStore } from './metric-store.ts'
import type { MetricFamily } from './registration.ts'
import { formatGeneral } from '../query/number-text.ts'
import type { SampleSeries } from './sample-series.ts'
import { inChunks } from './text-chunks.ts'
import { traceIdHex } from './trace-ids.ts'

/** What goes into an export. */
export interface OpenMetricsOptions {
  /** Adds `_created` samples; Prometheus would store them as series of their own. Default false. */
  readonly created?: boolean
  /** Adds trace ids to histogram buckets. Default true. */
  readonly exemplars?: boolean
}

/**
 * All samples as OpenMetrics 1.0 text in chunks, with a timestamp each, for
 * `promtool tsdb create-blocks-from openmetrics`. The format has no stale markers: they are left out.
 */
export function openMetrics(metrics: MetricStore, options: OpenMetricsOptions = {}): Generator<string> {
  return inChunks(pieces(metrics, options))
}

function* pieces(metrics: MetricStore, options: OpenMetricsOptions): Generator<string> {
  const exemplars = options.exemplars === false ? new Map<number, number[]>() : exemplarsBySeries(metrics.exemplars)
  const families = metrics.families().map((family) => ({ family, title: familyTitle(family) }))
  families.sort((left, right) => (left.title < right.title ? -1 : 1))
  for (const { family, title } of families) {
    const type = openMetricsType(family)
    yield `# HELP ${title} ${escaped(family.help)}\n# TYPE ${title} ${type}\n`
    for (const { labels, series, target } of metrics.exposed(family.name)) {
      const lines = series.map((one) => new SeriesLines(one, exemplars.get(one.id) ?? [], metrics.exemplars))
      const created = options.created === true && (type === 'counter' || type === 'histogram') && target !== null ? `${title}_created${labelText(labels)}` : null
      const length = series[0]?.length ?? 0
      // A point of a histogram is all of its series at one time, so times are the outer loop.
      for (let at = 0; at < length; at += 1) {
        for (const line of lines) yield line.at(at)
        const first = series[0]
        if (created === null || first === undefined || first.stale?.[at] === 1) continue
        const timeMs = first.timeMsAt(at)
        const startUs = target?.startsUs.findLast((start) => metrics.epochMs + start / 1000 <= timeMs) ?? 0
        yield `${created} ${seconds(metrics.epochMs + startUs / 1000)} ${seconds(timeMs)}\n`
      }
    }
  }
  yield '# EOF\n'
}

/** The lines of one series, asked for in order. */
class SeriesLines {
  private readonly series: SampleSeries
  private readonly prefix: string
  private readonly exemplarsAt: readonly number[]
  private readonly store: ExemplarStore
  private nextExemplar = 0

  constructor(series: SampleSeries, exemplarsAt: readonly number[], store: ExemplarStore) {
    this.series = series
    this.prefix = (series.labels['__name__'] ?? '') + labelText(series.labels)
    this.exemplarsAt = exemplarsAt
    this.store = store
  }

  at(index: number): string {
    const { series, store } = this
    if (index >= series.length || series.stale?.[index] === 1) return ''
    const timeMs = series.timeMsAt(index)
    const line = `${this.prefix} ${formatGeneral(series.values[index] ?? 0)} ${seconds(timeMs)}`
    let at = this.exemplarsAt[this.nextExemplar]
    while (at !== undefined && (store.timesMs[at] ?? 0) < timeMs) at = this.exemplarsAt[(this.nextExemplar += 1)]
    if (at === undefined || store.timesMs[at] !== timeMs) return `${line}\n`
    return `${line} # {trace_id="${traceIdHex(store.hi[at] ?? 0, store.lo[at] ?? 0)}"} ${formatGeneral(store.values[at] ?? 0)} ${seconds(timeMs)}\n`
  }
}

/** OpenMetrics names a counter without its `_total`. */
function familyTitle(family: MetricFamily): string {
  return openMetricsType(family) === 'counter' ? family.name.slice(0, -'_total'.length) : family.name
}

/** Counters that do not end in `_total`, as some exporters have, may not be called counters there. */
function openMetricsType(family: MetricFamily): string {
  if (family.kind === 'counter') return family.name.endsWith('_total') ? 'counter' : 'unknown'
  return family.kind === 'series' ? 'gauge' : family.kind
}

function exemplarsBySeries(store: ExemplarStore): Map<number, number[]> {
  const found = new Map<number, number[]>()
  for (let at = 0; at < store.length; at += 1) {
    const series = store.series[at] ?? 0
    const places = found.get(series)
    if (places === undefined) found.set(series, [at])
    else places.push(at)
  }
  return found
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).filter(([name]) => name !== '__name__').map(([name, value]) => `${name}="${escaped(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"')
}

function seconds(timeMs: number): string {
  return String(timeMs / 1000)
}
