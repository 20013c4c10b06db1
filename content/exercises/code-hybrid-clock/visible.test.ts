import { expect, test } from 'firedrill/test'
import { HybridClock } from './hybrid.ts'
import type { Stamp } from './hybrid.ts'

/** A clock whose wall clock the test moves. */
function at(startMs: number, last?: Stamp) {
  const wall = { ms: startMs }
  return { wall, clock: new HybridClock({ nowMs: () => wall.ms, maxAheadMs: 500, ...(last === undefined ? {} : { last }) }) }
}

test('follows-wall', () => {
  const { wall, clock } = at(1_000)
  expect(clock.tick()).toEqual({ wallMs: 1_000, counter: 0 })
  wall.ms = 1_007
  expect(clock.tick(), '7 ms later').toEqual({ wallMs: 1_007, counter: 0 })
})

test('one-millisecond', () => {
  const { clock } = at(1_000)
  const stamps = [clock.tick(), clock.tick(), clock.tick()]
  expect(stamps, 'three events in one millisecond').toEqual([0, 1, 2].map((counter) => ({ wallMs: 1_000, counter })))
})

test('set-back', () => {
  const { wall, clock } = at(10_000)
  clock.tick()
  wall.ms = 5_000
  expect(clock.tick(), 'after the wall clock was set back from 10,000 to 5,000').toEqual({ wallMs: 10_000, counter: 1 })
  wall.ms = 9_999
  expect(clock.tick(), 'when it shows 9,999').toEqual({ wallMs: 10_000, counter: 2 })
  wall.ms = 10_001
  expect(clock.tick(), 'when it has caught up').toEqual({ wallMs: 10_001, counter: 0 })
})

test('receipt', () => {
  const table: [string, { own: Stamp; nowMs: number; sent: Stamp; stamp: Stamp }][] = [
    ['the wall clock is ahead of both', { own: { wallMs: 90, counter: 7 }, nowMs: 100, sent: { wallMs: 95, counter: 3 }, stamp: { wallMs: 100, counter: 0 } }],
    ['the message is ahead', { own: { wallMs: 90, counter: 7 }, nowMs: 100, sent: { wallMs: 120, counter: 3 }, stamp: { wallMs: 120, counter: 4 } }],
    ['the own last stamp is ahead', { own: { wallMs: 130, counter: 7 }, nowMs: 100, sent: { wallMs: 120, counter: 30 }, stamp: { wallMs: 130, counter: 8 } }],
    ['message and last stamp are equal, the message has the higher counter', { own: { wallMs: 120, counter: 2 }, nowMs: 100, sent: { wallMs: 120, counter: 9 }, stamp: { wallMs: 120, counter: 10 } }],
    ['message and last stamp are equal, the last stamp has the higher counter', { own: { wallMs: 120, counter: 9 }, nowMs: 120, sent: { wallMs: 120, counter: 2 }, stamp: { wallMs: 120, counter: 10 } }],
    ['message and wall clock are equal', { own: { wallMs: 90, counter: 7 }, nowMs: 100, sent: { wallMs: 100, counter: 0 }, stamp: { wallMs: 100, counter: 1 } }],
  ]
  for (const [when, { own, nowMs, sent, stamp }] of table) {
    const { clock } = at(nowMs, own)
    expect(clock.receive(sent), when).toEqual(stamp)
    expect(clock.tick(), `${when}, and the next event`).toEqual({ wallMs: stamp.wallMs, counter: stamp.counter + 1 })
  }
})
