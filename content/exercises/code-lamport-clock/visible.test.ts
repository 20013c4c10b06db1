import { clock, everySchedule, expect, fake, test } from 'firedrill/test'
import { LamportClock } from './lamport.ts'
import type { Stamp } from './lamport.ts'

/** An event, with everything that happened before it: what the stamps are measured against. */
interface Event {
  stamp: Stamp
  node: string
  past: Set<Event>
}
/** Plays events on three nodes; `pick` says what happens next. Messages arrive late, in any order, and some never. */
function play(steps: number, pick: (what: string, options: readonly string[]) => string): Event[] {
  const names = ['a', 'b', 'c']
  const nodes = new Map(names.map((name) => {
    const clock = new LamportClock(name)
    const node = fake(`node ${name}`, (what: 'tick' | 'receive', sent?: Stamp): Stamp => (what === 'receive' && sent !== undefined ? clock.receive(sent) : clock.tick()))
    return [name, { node, past: new Set<Event>() }]
  }))
  const events: Event[] = []
  const under: { sent: Event; to: string }[] = []
  for (let step = 0; step < steps; step += 1) {
    const deliveries = under.map(({ sent, to }) => `${to} receives ${sent.node} ${sent.stamp.time}`)
    const action = pick('next', ['a works', 'b works', 'a sends to b', 'b sends to a', 'c sends to a', ...new Set(deliveries)])
    const [name = '', verb = ''] = action.split(' ')
    const here = nodes.get(name)
    if (here === undefined) throw new Error(`There is no node ${name}.`)
    const index = deliveries.indexOf(action)
    const sent = under[index]?.sent
    if (index >= 0) under.splice(index, 1)
    if (sent !== undefined) for (const event of [sent, ...sent.past]) here.past.add(event)
    const event: Event = { stamp: sent === undefined ? here.node('tick') : here.node('receive', { ...sent.stamp }), node: name, past: new Set(here.past) }
    here.past.add(event)
    events.push(event)
    if (verb === 'sends') under.push({ sent: event, to: action.slice(-1) })
  }
  return events
}
/** Steps that chance chooses, a delivery every second time where one is due. */
const byChance = (random: () => number) => (_: string, options: readonly string[]): string => {
  const from = options.length > 5 && random() < 0.5 ? 5 : 0
  return options[from + Math.floor(random() * (options.length - from))] ?? ''
}
const name = (event: Event): string => `${event.node} ${event.stamp.time}`

test('counts', () => {
  const a = new LamportClock('a')
  expect([a.tick(), a.tick(), a.tick()]).toEqual([{ time: 1, node: 'a' }, { time: 2, node: 'a' }, { time: 3, node: 'a' }])
})

test('receives', () => {
  const a = new LamportClock('a', 7)
  const b = new LamportClock('b', 2)
  const sent = a.tick()
  expect(sent, 'the sending on a, which had counted to 7').toEqual({ time: 8, node: 'a' })
  expect(b.receive(sent), 'the receipt on b, which had counted to 2').toEqual({ time: 9, node: 'b' })
  expect(b.tick()).toEqual({ time: 10, node: 'b' })
  const early = new LamportClock('c').tick()
  expect(b.receive(early), 'the receipt on b of a message with time 1').toEqual({ time: 11, node: 'b' })
})

test('cause-first', () => everySchedule({ most: 600 }, async ({ choose }) => {
  for (const event of play(7, choose)) {
    for (const cause of event.past) expect(event.stamp.time, `time of ${name(event)}, which comes after ${name(cause)}`).toBeAtLeast(cause.stamp.time + 1)
  }
}))

test('wall-clock', () => {
  const a = new LamportClock('a')
  const before = a.tick()
  clock.jump(-5_000)
  const after = a.tick()
  expect(after.time, 'the time of the next event, after the wall clock was set back by 5 s').toBe(before.time + 1)
})
