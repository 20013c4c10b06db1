import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ApiClient, ApiResult, CallOutput } from '../../main/api/index.ts'
import type { LearningEvent, LearningFact } from '../../exercises/progress/events.ts'
import { createOutbox } from './outbox.ts'
import type { OutboxOptions } from './outbox.ts'
import { unsentFacts } from './unsent-facts.ts'

const fact: LearningFact = { type: 'chapter.opened', chapter: 'ch07' }
const snapshot = { chapters: {}, exercises: {}, incidents: {}, skills: {}, placed: {}, known: [], resume: null, changesSeen: [], notes: [], resets: [], events: 1 }
const away = { ok: false, error: { code: 'disconnected', message: 'away' } } as const

function apiThat(answer: (events: LearningEvent[]) => ApiResult<CallOutput<'progress.record'>>): { api: ApiClient; sent: LearningEvent[][] } {
  const sent: LearningEvent[][] = []
  const api = {
    state: 'open',
    on: () => () => undefined,
    onState: () => () => undefined,
    call: (_name: string, input: { events: LearningEvent[] }) => {
      sent.push(input.events)
      return Promise.resolve(answer(input.events))
    },
  } as unknown as ApiClient
  return { api, sent }
}
const accept = (events: LearningEvent[]): ApiResult<CallOutput<'progress.record'>> => ({ ok: true, value: { acknowledged: events.map((event) => event.id), durable: true, snapshot } })

/** A `Storage` in memory, as one origin has it. */
function memoryStorage(): Storage {
  const entries = new Map<string, string>()
  return {
    get length() {
      return entries.size
    },
    key: (index) => [...entries.keys()][index] ?? null,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
    clear: () => entries.clear(),
  }
}
let options: OutboxOptions

beforeEach(() => {
  options = { snapshot: vi.fn(), refused: vi.fn(), profile: () => 'ada', kept: unsentFacts(memoryStorage()) }
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

test('facts are sent in order, with ids that sort by time, and the snapshot comes back', async () => {
  const { api, sent } = apiThat(accept)
  const seen = vi.fn()
  const at = 1_000
  const outbox = createOutbox(api, { ...options, snapshot: seen, now: () => at })
  const result = await outbox.record([fact, { type: 'section.read', chapter: 'ch07', section: 'locks' }])
  expect(result).toEqual({ durable: true })
  expect(seen).toHaveBeenCalledWith(snapshot)
  const events = sent.flat()
  expect(events.map((event) => event.fact.type)).toEqual(['chapter.opened', 'section.read'])
  expect(events.map((event) => event.id)).toEqual(events.map((event) => event.id).toSorted())
  expect(outbox.waiting).toBe(0)
})

test('while the core is away facts are kept, and re-sent with the same ids', async () => {
  let up = false
  const { api, sent } = apiThat((events) => (up ? accept(events) : away))
  const outbox = createOutbox(api, options)
  expect(await outbox.record([fact])).toEqual({ durable: false })
  expect(outbox.waiting).toBe(1)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(outbox.waiting).toBe(1)
  up = true
  outbox.flush()
  await vi.advanceTimersByTimeAsync(0)
  expect(outbox.waiting).toBe(0)
  expect(new Set(sent.map((events) => events[0]!.id)).size).toBe(1)
})

test('what the core refuses is told and does not block what follows', async () => {
  const refused = vi.fn()
  const { api } = apiThat((events) => (events.some((event) => event.fact.type === 'chapter.opened') ? { ok: false, error: { code: 'bad-input', message: 'no' } } : accept(events)))
  const outbox = createOutbox(api, { ...options, refused })
  expect(await outbox.record([fact])).toEqual({ durable: false })
  expect(refused).toHaveBeenCalledTimes(1)
  expect(await outbox.record([{ type: 'changes.seen', change: 'x' }])).toEqual({ durable: true })
})

test('no call carries more than 500 events', async () => {
  const { api, sent } = apiThat(accept)
  const outbox = createOutbox(api, options)
  await outbox.record(Array.from({ length: 1_201 }, () => fact))
  expect(sent.map((events) => events.length)).toEqual([500, 500, 201])
})

test('what the core never heard is sent by the next window, once', async () => {
  const storage = memoryStorage()
  const gone = apiThat(() => away)
  await createOutbox(gone.api, { ...options, kept: unsentFacts(storage) }).record([fact, { type: 'section.read', chapter: 'ch07', section: 'locks' }])

  const { api, sent } = apiThat(accept)
  createOutbox(api, { ...options, kept: unsentFacts(storage) }).flush()
  await vi.advanceTimersByTimeAsync(0)
  expect(sent.flat().map((event) => event.fact.type)).toEqual(['chapter.opened', 'section.read'])
  expect(sent.flat().map((event) => event.id)).toEqual(gone.sent.flat().map((event) => event.id))

  const third = apiThat(accept)
  createOutbox(third.api, { ...options, kept: unsentFacts(storage) }).flush()
  expect(third.sent).toEqual([])
})

test('facts wait for their own learner', async () => {
  let active = 'ada'
  let up = false
  const { api, sent } = apiThat((events) => (up ? accept(events) : away))
  const outbox = createOutbox(api, { ...options, profile: () => active })
  await outbox.record([fact])
  active = 'ben'
  up = true
  await outbox.record([{ type: 'changes.seen', change: 'x' }])
  expect(sent.at(-1)?.map((event) => event.fact.type)).toEqual(['changes.seen'])
  active = 'ada'
  outbox.flush()
  await vi.advanceTimersByTimeAsync(0)
  expect(sent.at(-1)?.map((event) => event.fact.type)).toEqual(['chapter.opened'])
  expect(outbox.waiting).toBe(0)
})

test('what is only in the core’s memory is kept until it is on disk', async () => {
  let durable = false
  const { api, sent } = apiThat((events) => ({ ok: true, value: { acknowledged: events.map((event) => event.id), durable, snapshot } }))
  const outbox = createOutbox(api, options)
  await outbox.record([fact])
  expect(options.kept.of('ada')).toHaveLength(1)
  durable = true
  outbox.flush()
  await vi.advanceTimersByTimeAsync(0)
  expect(options.kept.of('ada')).toEqual([])
  expect(new Set(sent.flat().map((event) => event.id)).size).toBe(1)
})

test('a damaged or foreign entry is not sent, and a full store stops nothing', async () => {
  const storage = memoryStorage()
  storage.setItem('firedrill.unsent/ada/1', '{')
  storage.setItem('firedrill.unsent/ada/2', '{"id":"x"}')
  storage.setItem('firedrill.unsent/adam/3', JSON.stringify({ id: '0190a0b0-0000-7000-8000-000000000000', at: 1, fact }))
  expect(unsentFacts(storage).of('ada')).toEqual([])
  const { api } = apiThat(accept)
  const full: Storage = { ...memoryStorage(), setItem: () => { throw new Error('QuotaExceededError') } }
  expect(await createOutbox(api, { ...options, kept: unsentFacts(full) }).record([fact])).toEqual({ durable: true })
})
