import { everySchedule, expect, fake, outcome, test } from 'firedrill/test'
import { ClockTooFarError, HybridClock, compare } from './hybrid.ts'
import type { Stamp } from './hybrid.ts'

const show = ({ wallMs, counter }: Stamp): string => `(${wallMs}, ${counter})`

/** Three machines whose clocks differ by up to 40 ms, and may be set back by 100 ms. */
function machines() {
  const world = { trueMs: 100_000, fastestMs: 0 }
  const made = ['a', 'b', 'c'].map((name, index) => {
    const machine = { name, offsetMs: index * 20 - 20 }
    const nowMs = (): number => {
      const ms = world.trueMs + machine.offsetMs
      world.fastestMs = Math.max(world.fastestMs, ms)
      return ms
    }
    const clock = new HybridClock({ nowMs, maxAheadMs: 500 })
    const stamp = fake(`machine ${name}`, (what: 'tick' | 'receive', sent?: Stamp): Stamp => (sent === undefined ? clock.tick() : clock.receive(sent)))
    return { ...machine, nowMs, stamp, setBack: () => { machine.offsetMs -= 100 }, past: [] as Stamp[] }
  })
  return { world, made }
}

/** One event on a machine, and what must hold for its stamp. */
function event(world: { fastestMs: number }, machine: ReturnType<typeof machines>['made'][number], message?: Stamp[]): Stamp {
  const sent = message?.at(-1)
  machine.past.push(...(message ?? []))
  const nowMs = machine.nowMs()
  const stamp = sent === undefined ? machine.stamp('tick') : machine.stamp('receive', { ...sent })
  for (const cause of machine.past) expect(Math.sign(compare(cause, stamp)), `compare of ${show(cause)} and of what follows it on ${machine.name}, ${show(stamp)},`).toBe(-1)
  expect(stamp.wallMs, `time of a stamp on ${machine.name}, between its own clock and the fastest one so far`).toBeBetween(nowMs, world.fastestMs)
  machine.past.push(stamp)
  return stamp
}

test('cause-first', () => everySchedule({ most: 500 }, async ({ choose }) => {
  const { world, made } = machines()
  const under: { past: Stamp[]; to: number }[] = []
  for (let step = 0; step < 6; step += 1) {
    const what = choose('next', ['c sends to a', 'a sends to b', 'b works', 'a clock is set back', '1 ms passes', ...(under.length > 0 ? ['a message arrives'] : [])])
    const [a, b, c] = made
    if (a === undefined || b === undefined || c === undefined) return
    if (what === 'c sends to a') { event(world, c); under.push({ past: [...c.past], to: 0 }) }
    if (what === 'a sends to b') { event(world, a); under.push({ past: [...a.past], to: 1 }) }
    if (what === 'b works') event(world, b)
    if (what === 'a clock is set back') a.setBack()
    if (what === '1 ms passes') world.trueMs += 1
    const message = what === 'a message arrives' ? under.shift() : undefined
    const receiver = message === undefined ? undefined : made[message.to]
    if (message !== undefined && receiver !== undefined) event(world, receiver, message.past)
  }
}))

test('close', { seeds: 4 }, ({ random }) => {
  const { world, made } = machines()
  const [a, b] = made
  if (a === undefined || b === undefined) return
  for (let burst = 0; burst < 1_000; burst += 1) a.stamp('tick')
  expect(event(world, a).wallMs, 'time of the 1,001st event of one millisecond').toBe(a.nowMs())
  made.forEach((machine) => { machine.past = [] })
  let highest = 0
  for (let step = 0; step < 150; step += 1) {
    world.trueMs += Math.floor(random() * 10)
    const from = made[Math.floor(random() * 3)] ?? a
    const to = made[Math.floor(random() * 3)] ?? b
    from.past = from.past.slice(-3)
    event(world, from)
    highest = Math.max(highest, event(world, to, [...from.past]).counter)
  }
  expect(highest, 'highest counter in 300 events that are milliseconds apart, on clocks within 40 ms').toBeAtMost(60)
})

test('too-far', async () => {
  const wall = { ms: 100_000 }
  const clock = new HybridClock({ nowMs: () => wall.ms, maxAheadMs: 500 })
  expect(clock.receive({ wallMs: 100_500, counter: 0 }), 'a message that is 500 ms ahead').toEqual({ wallMs: 100_500, counter: 1 })
  const refused = await outcome((async () => clock.receive({ wallMs: 2_145_916_800_000, counter: 0 }))())
  expect(refused.error instanceof ClockTooFarError, 'a message from the year 2038 is refused with ClockTooFarError').toBeTrue()
  const near = await outcome((async () => clock.receive({ wallMs: 100_501, counter: 0 }))())
  expect(near.error instanceof ClockTooFarError, 'a message that is 501 ms ahead is refused').toBeTrue()
  expect(clock.tick(), 'the next event').toEqual({ wallMs: 100_500, counter: 2 })
  wall.ms = 100_600
  expect(clock.tick(), 'an event 600 ms later').toEqual({ wallMs: 100_600, counter: 0 })
})

test('old-message', () => {
  const clock = new HybridClock({ nowMs: () => 10_000_000, maxAheadMs: 500 })
  expect(clock.receive({ wallMs: 6_400_000, counter: 90 }), 'a message that lay in a queue for an hour').toEqual({ wallMs: 10_000_000, counter: 0 })
})

test('restart', () => {
  const before = new HybridClock({ nowMs: () => 50_000, maxAheadMs: 500 })
  before.tick()
  const last = before.tick()
  const after = new HybridClock({ nowMs: () => 49_000, maxAheadMs: 500, last })
  expect(after.tick(), `the first stamp after a restart on a clock that is 1 s behind; the last one was ${show(last)}`).toEqual({ wallMs: 50_000, counter: 2 })
})
