import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EventQueue, mostPendingEvents, noTimer } from './event-queue.ts'

type Command = { do: 'schedule'; delay: number } | { do: 'cancel'; which: number } | { do: 'take'; until: number } | { do: 'next' } | { do: 'reload' }

const commands = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('schedule' as const), delay: fc.integer({ min: 0, max: 20 }) }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('cancel' as const), which: fc.nat() }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('take' as const), until: fc.integer({ min: 0, max: 25 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('next' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('reload' as const) }) },
  ),
  { maxLength: 400, size: 'max' },
)

/** What the queue must do, in the plainest way. */
class NaiveQueue {
  waiting: { timeUs: number; sequence: number; label: number }[] = []
  private sequence = 0
  schedule(timeUs: number, label: number): void {
    this.waiting.push({ timeUs, sequence: this.sequence++, label })
    this.waiting.sort((a, b) => a.timeUs - b.timeUs || a.sequence - b.sequence)
  }
  cancel(label: number): boolean {
    const before = this.waiting.length
    this.waiting = this.waiting.filter((event) => event.label !== label)
    return this.waiting.length < before
  }
  take(untilUs: number): { timeUs: number; label: number } | null {
    const first = this.waiting[0]
    if (first === undefined || first.timeUs > untilUs) return null
    this.waiting.shift()
    return first
  }
}

describe('the event queue', () => {
  it('does what a sorted list does, whatever is scheduled, cancelled and restored', () => {
    fc.assert(
      fc.property(commands, (list: Command[]) => {
        let queue = new EventQueue()
        const naive = new NaiveQueue()
        const handles: number[] = []
        let nowUs = 0
        for (const command of list) {
          if (command.do === 'schedule') {
            const label = handles.length
            handles.push(queue.schedule(nowUs + command.delay, 65_535, 65_534, label, -label / 2))
            naive.schedule(nowUs + command.delay, label)
          } else if (command.do === 'cancel' && handles.length > 0) {
            const label = command.which % handles.length
            const expected = naive.waiting.some((event) => event.label === label)
            expect(queue.isPending(handles[label]!)).toBe(expected)
            expect(queue.cancel(handles[label]!)).toBe(naive.cancel(label))
          } else if (command.do === 'take') {
            const expected = naive.take(nowUs + command.until)
            expect(queue.take(nowUs + command.until)).toBe(expected !== null)
            if (expected === null) continue
            const { timeUs, target, kind, a, b } = queue
            expect({ timeUs, target, kind, a, b }).toEqual({ timeUs: expected.timeUs, target: 65_535, kind: 65_534, a: expected.label, b: -expected.label / 2 })
            nowUs = timeUs
          } else if (command.do === 'next') expect(queue.nextTimeUs()).toBe(naive.waiting[0]?.timeUs ?? Number.POSITIVE_INFINITY)
          else if (command.do === 'reload') {
            const state = queue.save()
            queue = new EventQueue()
            queue.load(state)
            expect(queue.save()).toEqual(state)
          }
          expect(queue.size).toBe(naive.waiting.length)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('sweeps dead entries: a million cancelled timers leave a small queue', () => {
    const queue = new EventQueue()
    queue.schedule(5, 0, 0, 0, 0)
    let cancelled = 0
    for (let index = 0; index < 1_000_000; index += 1) if (queue.cancel(queue.schedule(1e9 + index, 0, 0, 0, 0))) cancelled += 1
    expect(cancelled).toBe(1_000_000)
    expect(queue.size).toBe(1)
    expect(queue.save().heap.length).toBeLessThan(300)
  })

  it('a handle is never another event, though its place is used again', () => {
    const queue = new EventQueue()
    const first = queue.schedule(1, 0, 0, 0, 0)
    queue.cancel(first)
    const second = queue.schedule(1, 0, 0, 0, 0)
    expect(queue.cancel(first)).toBe(false)
    expect(queue.isPending(second)).toBe(true)
    expect(queue.cancel(noTimer)).toBe(false)
    expect(queue.cancel(Number.NaN)).toBe(false)
  })

  it('refuses more events than it can tell apart', () => {
    const queue = new EventQueue()
    for (let index = 0; index < mostPendingEvents; index += 1) queue.schedule(index, 0, 0, 0, 0)
    expect(() => queue.schedule(1, 0, 0, 0, 0)).toThrow(/holds 1048576 events at once/)
  })
})
