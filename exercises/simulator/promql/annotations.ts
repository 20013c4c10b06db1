/** Warnings and remarks that come with an answer, in Prometheus' words. */
import { formatGeneral } from '../query/number-text.ts'
import { formatPlace } from '../query/place.ts'
import { quote } from './string-literal.ts'
import type { Span } from './position.ts'

/** What had to be changed in a classic histogram to make its buckets increase. */
export interface MonotonicityFix {
  leastBound: number
  greatestBound: number
  greatestDrop: number
}

interface MonotonicityNote extends MonotonicityFix {
  readonly span: Span
  samples: number
  firstMs: number
  lastMs: number
}

/** Collects annotations of one query; each text once. */
export class Annotations {
  private readonly query: string
  private readonly warningTexts = new Set<string>()
  private readonly infoTexts = new Set<string>()
  private readonly monotonicity = new Map<number, MonotonicityNote>()

  constructor(query: string) {
    this.query = query
  }

  private at(text: string, span: Span): string {
    return `${text} (${formatPlace(this.query, span.from)})`
  }

  private warn(text: string, span: Span): void {
    this.warningTexts.add(this.at(`PromQL warning: ${text}`, span))
  }

  invalidQuantile(quantile: number, span: Span): void {
    this.warn(`quantile value should be between 0 and 1, got ${formatGeneral(quantile)}`, span)
  }

  ineffectiveSort(span: Span): void {
    this.warn('sort is ineffective for range queries since results are always ordered by labels', span)
  }

  badBucketLabel(metricName: string, bound: string, span: Span): void {
    this.warn(`bucket label "le" is missing or has a malformed value of ${quote(bound)}${named(metricName)}`, span)
  }

  possibleNonCounter(metricName: string, span: Span): void {
    this.infoTexts.add(this.at(`PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: ${quote(metricName)}`, span))
  }

  /** One remark for all steps and groups of a call, with what they had in common. */
  forcedMonotonicity(fix: MonotonicityFix, timeMs: number, span: Span): void {
    const known = this.monotonicity.get(span.from)
    if (!known) {
      this.monotonicity.set(span.from, { ...fix, span, samples: 1, firstMs: timeMs, lastMs: timeMs })
      return
    }
    known.leastBound = Math.min(known.leastBound, fix.leastBound)
    known.greatestBound = Math.max(known.greatestBound, fix.greatestBound)
    known.greatestDrop = Math.max(known.greatestDrop, fix.greatestDrop)
    known.samples += 1
    known.firstMs = Math.min(known.firstMs, timeMs)
    known.lastMs = Math.max(known.lastMs, timeMs)
  }

  warnings(): string[] {
    return [...this.warningTexts]
  }

  infos(): string[] {
    const notes = [...this.monotonicity.values()].map((note) =>
      this.at(
        'PromQL info: input to histogram_quantile needed to be fixed for monotonicity ' +
          '(see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile), ' +
          `from buckets ${formatGeneral(note.leastBound)} to ${formatGeneral(note.greatestBound)}, with a max diff of ${formatGeneral(note.greatestDrop, 2)}, ` +
          `over ${note.samples} samples from ${formatTime(note.firstMs)} to ${formatTime(note.lastMs)}`,
        note.span,
      ),
    )
    return [...this.infoTexts, ...notes]
  }
}

function named(metricName: string): string {
  return metricName === '' ? '' : ` for metric name ${quote(metricName)}`
}

function formatTime(timeMs: number): string {
  const time = new Date(timeMs)
  return Number.isNaN(time.getTime()) ? `${timeMs} ms` : time.toISOString().replace(/\.\d+Z$/, 'Z')
}
