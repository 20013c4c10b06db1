import type { AttributeValue, Span, Trace, TraceSource } from '../traces/source.ts'
import { ByteReader } from './byte-writer.ts'
import { fieldValue, type Field } from './fields.ts'
import type { SpanCatalog } from './span-shapes.ts'
import type { SpanChunk, SpanStore } from './span-store.ts'
import type { StringTable } from './string-table.ts'
import { spanIdHex, traceIdHex, traceWords } from './trace-ids.ts'

/** Where the records of a trace, or some of them, are. */
interface Place {
  readonly chunk: SpanChunk
  readonly at: number
}

type SpanRecordEvent = Span['events'][number]
const statuses = ['unset', 'ok', 'error'] as const

/** Reads kept traces; spans and attributes are made only for the traces that are asked for. */
export class TraceReader implements TraceSource {
  private readonly store: SpanStore
  private readonly catalog: SpanCatalog
  private readonly strings: StringTable
  private readonly epochUs: number

  constructor(store: SpanStore, catalog: SpanCatalog, strings: StringTable, epochMs: number) {
    this.store = store
    this.catalog = catalog
    this.strings = strings
    this.epochUs = epochMs * 1000
  }

  /** Traces by their earliest span that was stored with the root, oldest first. */
  *traces(fromUs: number, toUs: number): Generator<Trace> {
    const from = fromUs - this.epochUs
    const to = toUs - this.epochUs
    const found: Place[] = []
    const late = new Map<string, Place[]>()
    for (const chunk of this.store.chunks()) {
      for (let at = 0; at < chunk.count; at += 1) {
        if (chunk.late[at] === 1) {
          const key = wordsKey(chunk, at)
          const places = late.get(key)
          if (places === undefined) late.set(key, [{ chunk, at }])
          else places.push({ chunk, at })
          continue
        }
        const start = chunk.startUs[at] ?? Infinity
        if (start >= from && start < to) found.push({ chunk, at })
      }
    }
    found.sort((left, right) => startOf(left) - startOf(right))
    for (const place of found) yield this.decode([place, ...(late.get(wordsKey(place.chunk, place.at)) ?? [])])
  }

  trace(traceId: string): Trace | null {
    const words = traceWords(traceId)
    if (words === null) return null
    const places: Place[] = []
    for (const chunk of this.store.chunks()) {
      for (let at = 0; at < chunk.count; at += 1) if (chunk.lo[at] === words.lo && chunk.hi[at] === words.hi) places.push({ chunk, at })
    }
    return places.length === 0 ? null : this.decode(places)
  }

  private decode(places: readonly Place[]): Trace {
    const first = places[0]
    const hi = first?.chunk.hi[first.at] ?? 0
    const lo = first?.chunk.lo[first.at] ?? 0
    const traceId = traceIdHex(hi, lo)
    const spans: Span[] = []
    const events = new Map<string, SpanRecordEvent[]>()
    for (const place of places) this.decodePlace(place, traceId, spans, events)
    // Parents are recorded after their children, so among equals the later record comes first.
    const order = new Map(spans.map((span, at) => [span, at]))
    spans.sort((left, right) => rank(left) - rank(right) || left.startUs - right.startUs || right.durationUs - left.durationUs || (order.get(right) ?? 0) - (order.get(left) ?? 0))
    let startUs = Infinity
    let endUs = -Infinity
    for (const span of spans) {
      startUs = Math.min(startUs, span.startUs)
      endUs = Math.max(endUs, span.startUs + span.durationUs)
    }
    return { traceId, startUs, durationUs: endUs - startUs, spans }
  }

  private decodePlace(place: Place, traceId: string, spans: Span[], events: Map<string, SpanRecordEvent[]>): void {
    const { chunk, at } = place
    const reader = new ByteReader(chunk.bytes, chunk.offsets[at] ?? 0)
    const hi = chunk.hi[at] ?? 0
    const lo = chunk.lo[at] ?? 0
    const originUs = this.epochUs + startOf(place)
    for (let left = reader.unsigned(); left > 0; left -= 1) {
      const kind = reader.signed()
      const spanId = spanIdHex(hi, lo, reader.unsigned())
      const startUs = originUs + reader.unsigned()
      let list = events.get(spanId)
      if (list === undefined) events.set(spanId, (list = []))
      if (kind < 0) {
        const shape = this.catalog.events[-1 - kind]?.shape
        list.push({ timeUs: startUs, name: shape?.name ?? '', attributes: this.variables(shape?.variables ?? [], reader, {}) })
        continue
      }
      const parent = reader.unsigned()
      const durationUs = reader.unsigned()
      const status = reader.unsigned()
      const shape = this.catalog.operations[kind]?.shape
      const message = Math.floor(status / 4)
      spans.push({
        traceId, spanId, parentSpanId: parent === 0 ? null : spanIdHex(hi, lo, parent), service: shape?.service ?? '', name: shape?.name ?? '', kind: shape?.kind ?? 'internal',
        startUs, durationUs, status: statuses[status % 4] ?? 'unset', statusMessage: message === 0 ? null : this.strings.text(message),
        attributes: this.variables(shape?.variables ?? [], reader, { ...shape?.resource, ...shape?.attributes }), events: list,
      })
    }
  }

  private variables(fields: readonly Field[], reader: ByteReader, attributes: Record<string, AttributeValue>): Readonly<Record<string, AttributeValue>> {
    for (const field of fields) {
      const value = fieldValue(field.kind, reader.value(), this.strings)
      if (value !== null) attributes[field.name] = value
    }
    return attributes
  }
}

function startOf(place: Place): number {
  return place.chunk.startUs[place.at] ?? 0
}

function wordsKey(chunk: SpanChunk, at: number): string {
  return `${chunk.hi[at] ?? 0}:${chunk.lo[at] ?? 0}`
}

/** The root goes before everything. */
function rank(span: Span): number {
  return span.parentSpanId === null ? 0 : 1
}
