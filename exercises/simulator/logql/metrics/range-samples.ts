import { queryFailure } from '../errors.ts'
import type { Budget } from '../options.ts'
import { compileLabelFilter } from '../pipeline/label-filter.ts'
import { ERROR_LABEL, LabelsBuilder, StreamStates } from '../pipeline/labels-builder.ts'
import { LineCursor } from '../pipeline/line-cursor.ts'
import { ALL_LABELS, type NeededLabels } from '../pipeline/needed-labels.ts'
import { Pipeline } from '../pipeline/pipeline.ts'
import { looksAtErrors, referencedLabels } from '../pipeline/stages.ts'
import type { Labels, LogSource } from '../source.ts'
import type { Grouping, RangeAggregation, Unwrap } from '../syntax.ts'
import { parseBytes, parseGoDurationSeconds, parseNumber } from '../../query/units.ts'

export const SAMPLE_ERROR = 'SampleExtractionErr'

/** The samples of one series, oldest first. */
export class SampleSeries {
  readonly labels: Labels
  timesUs: Float64Array = new Float64Array(64)
  /** Null where every sample counts 1. */
  values: Float64Array | null
  length = 0

  constructor(labels: Labels, hasValues: boolean) {
    this.labels = labels
    this.values = hasValues ? new Float64Array(64) : null
  }

  push(timeUs: number, value: number): void {
    if (this.length === this.timesUs.length) {
      this.timesUs = grown(this.timesUs)
      if (this.values !== null) this.values = grown(this.values)
    }
    this.timesUs[this.length] = timeUs
    if (this.values !== null) this.values[this.length] = value
    this.length += 1
  }
}

function grown(array: Float64Array): Float64Array {
  const larger = new Float64Array(array.length * 2)
  larger.set(array)
  return larger
}

/**
 * Reads the lines of a range aggregation and makes samples of them, by series. `outerGrouping` is that of a sum around it:
 * grouping while reading saves the parsing of labels that the sum drops anyway.
 */
export function readSamples(source: LogSource, range: RangeAggregation, outerGrouping: Grouping | null, fromUs: number, toUs: number, budget: Budget): SampleSeries[] {
  const grouping = range.grouping ?? outerGrouping
  const { stages } = range.logs
  const keepsErrors = looksAtErrors(stages, range.unwrap)
  const pipeline = new Pipeline(stages, neededLabels(range, grouping), budget.query)
  const value = valueReader(range)
  const grouper = makeGrouper(grouping, range.unwrap)
  const streams = new StreamStates()
  const builder = new LabelsBuilder()
  const line = new LineCursor()
  const byKey = new Map<string, SampleSeries>()
  const hasValues = value !== null
  for (const entry of source.select(range.logs.matchers, fromUs, toUs)) {
    budget.countLine()
    const stream = streams.of(entry.labels)
    builder.reset(stream)
    line.reset(entry)
    if (!pipeline.run(line, builder)) continue
    const sample = value === null ? 1 : value(line, builder)
    if (sample === null) continue
    if (builder.error !== '' && !keepsErrors) throw pipelineFailure(builder)
    const key = grouper.key(builder)
    let series = byKey.get(key)
    if (series === undefined) {
      series = new SampleSeries(grouper.labels(builder), hasValues)
      byKey.set(key, series)
      budget.checkInnerSeries(byKey.size)
    }
    series.push(entry.timeUs, sample)
  }
  return [...byKey.values()]
}

/** Labels that the series have, and those that the pipeline reads. All of them unless the query groups by some. */
function neededLabels(range: RangeAggregation, grouping: Grouping | null): NeededLabels {
  if (range.operation === 'absent_over_time') return { names: referencedLabels(range.logs.stages, range.unwrap) }
  if (grouping === null || grouping.without) return ALL_LABELS
  const names = referencedLabels(range.logs.stages, range.unwrap)
  for (const label of grouping.labels) names.add(label)
  return { names }
}

/** Gives the value of a line, null for a line without one; null in its place where every line counts 1. */
function valueReader({ operation, unwrap }: RangeAggregation): ((line: LineCursor, builder: LabelsBuilder) => number | null) | null {
  if (unwrap === null) return operation === 'bytes_rate' || operation === 'bytes_over_time' ? (line) => utf8Length(line.text) : null
  const parse = unwrap.conversion === 'duration' ? parseGoDurationSeconds : unwrap.conversion === 'bytes' ? parseBytes : parseNumber
  const filters = unwrap.filters.map(compileLabelFilter)
  return (_, builder) => {
    const text = builder.get(unwrap.label)
    if (text === undefined || text === '') return null
    const value = parse(text)
    if (value === null) builder.setError(SAMPLE_ERROR, `invalid ${unwrap.conversion} ${JSON.stringify(text)} in label ${unwrap.label}`)
    return filters.every((filter) => filter(builder)) ? (value ?? 0) : null
  }
}

/** Bytes of a text in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    if (code < 0x80) continue
    // A surrogate pair is four bytes, two for each half.
    bytes += code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 1 : 2
  }
  return bytes
}

interface Grouper {
  readonly key: (builder: LabelsBuilder) => string
  readonly labels: (builder: LabelsBuilder) => Labels
}

function makeGrouper(grouping: Grouping | null, unwrap: Unwrap | null): Grouper {
  if (grouping !== null && !grouping.without) {
    const names = [...new Set(grouping.labels)].sort()
    const [only] = names
    const key = names.length === 1 && only !== undefined
      ? (builder: LabelsBuilder): string => builder.get(only) ?? ''
      : (builder: LabelsBuilder): string => names.map((name) => builder.get(name) ?? '').join('\u0001')
    return {
      // Lines with an error keep their own series, so that grouping does not hide it.
      key: (builder) => (builder.error === '' ? key(builder) : `${key(builder)}\u0002${builder.error}`),
      labels: (builder) => builder.labelsOf(builder.error === '' ? names : [...names, ERROR_LABEL]),
    }
  }
  const dropped = new Set([...(grouping?.labels ?? []), ...(unwrap === null ? [] : [unwrap.label])])
  const namesOf = (builder: LabelsBuilder): string[] => builder.currentNames().filter((name) => !dropped.has(name)).sort()
  return {
    key: (builder) => {
      if (dropped.size === 0 && builder.isUnchanged) return builder.streamState.key
      let key = ''
      for (const name of namesOf(builder)) key += `${name}\u0001${builder.get(name) ?? ''}\u0002`
      return key
    },
    labels: (builder) => builder.labelsOf(namesOf(builder)),
  }
}

function pipelineFailure(builder: LabelsBuilder): Error {
  const labels = Object.entries(builder.toLabels()).map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(', ')
  const { error } = builder
  return queryFailure(`pipeline error: '${error}' for series: '{${labels}}'. Use a label filter to intentionally skip this error. (e.g | __error__!="${error}"). To skip all potential errors you can match empty errors (e.g __error__=""). The label filter can also be specified after unwrap. (e.g | unwrap latency | __error__="")`,
    `Some lines could not be read: add | __error__="" to leave them out.`)
}
