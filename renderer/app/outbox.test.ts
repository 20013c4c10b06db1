import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ApiClient, ApiResult, CallOutput } from '../../main/api/index.ts'
import type { LearningEvent, LearningFact } from '../../exercises/progress/events.ts'
import { createOutbox } from './outbox.ts'

const fact: LearningFact = { type: 'chapter.opened', chapter: 'ch07' }
const snapshot = { chapters: {}, exercises: {}, skills: {}, resume: null, changesSeen: [], resets: [], events: 1 }
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

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('facts are sent in order, with ids that sort by time, and the snapshot comes back', async () => {
  const { api, sent } = apiThat(accept)
  const seen = vi.fn()
  let at = 1_000
  const outbox = createOutbox(api, { snapshot: seen, refused: vi.fn() }, () => (at += 1))
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
  const outbox = createOutbox(api, { snapshot: vi.fn(), refused: vi.fn() })
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
  const outbox = createOutbox(api, { snapshot: vi.fn(), refused })
  expect(await outbox.record([fact])).toEqual({ durable: false })
  expect(refused).toHaveBeenCalledTimes(1)
  expect(await outbox.record([{ type: 'changes.seen', change: 'x' }])).toEqual({ durable: true })
})

test('no call carries more than 500 events', async () => {
  const { api, sent } = apiThat(accept)
  const outbox = createOutbox(api, { snapshot: vi.fn(), refused: vi.fn() })
  await outbox.record(Array.from({ length: 1_201 }, () => fact))
  expect(sent.map((events) => events.length)).toEqual([500, 500, 201])
})
