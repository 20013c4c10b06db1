import { expect, fake, test } from 'firedrill/test'
import { LamportClock, compare, verdict } from './lamport.ts'
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

test('restart', () => {
  const before = new LamportClock('a')
  const other = new LamportClock('b', 40)
  const last = before.receive(other.tick())
  const after = new LamportClock('a', last.time)
  expect(after.tick().time, `the first time after a restart; the last one before was ${last.time}`).toBeAtLeast(last.time + 1)
})

test('total-order', { seeds: 6 }, ({ random }) => {
  const events = play(40, byChance(random))
  const orderOf = (list: Event[]): string => list.map(({ stamp }) => stamp).sort(compare).map(({ node, time }) => `${node}${time}`).join(' ')
  const first = orderOf(events)
  for (let replica = 0; replica < 5; replica += 1) {
    const shuffled = events.map((event) => ({ event, draw: random() })).sort((x, y) => x.draw - y.draw).map(({ event }) => event)
    expect(orderOf(shuffled), 'the order on a replica that heard of the events in another order').toBe(first)
  }
  for (const event of events) {
    for (const cause of event.past) expect(Math.sign(compare(cause.stamp, event.stamp)), `compare of ${name(cause)} and its effect ${name(event)}`).toBe(-1)
  }
  expect(compare({ time: 3, node: 'a' }, { time: 3, node: 'b' }) !== 0, 'equal times of two nodes are told apart').toBeTrue()
  expect(compare({ time: 3, node: 'a' }, { time: 3, node: 'a' }), 'an event and itself').toBe(0)
  expect(Math.sign(compare({ time: 9, node: 'z' }, { time: 10, node: 'a' })), 'times are numbers: 9 comes before 10').toBe(-1)
})

test('verdict-true', { seeds: 6 }, ({ random }) => {
  const events = play(40, byChance(random))
  for (const a of events) {
    for (const b of events) {
      const truth = a === b ? 'same' : b.past.has(a) ? 'before' : a.past.has(b) ? 'after' : 'concurrent'
      const said = verdict(a.stamp, b.stamp)
      const allows = said === 'maybe-before' ? ['before', 'concurrent'] : said === 'maybe-after' ? ['after', 'concurrent'] : [said]
      expect(allows, `verdict(${name(a)}, ${name(b)}), where the truth is "${truth}", allows`).toContain(truth)
    }
  }
})

test('verdict-strong', () => {
  const at = (node: string, time: number): Stamp => ({ node, time })
  expect(verdict(at('a', 3), at('a', 4)), 'a 3 and a 4').toBe('before')
  expect(verdict(at('a', 4), at('a', 3)), 'a 4 and a 3').toBe('after')
  expect(verdict(at('a', 4), at('a', 4)), 'a 4 and a 4').toBe('same')
  expect(verdict(at('a', 4), at('b', 4)), 'a 4 and b 4').toBe('concurrent')
  expect(verdict(at('a', 3), at('b', 4)), 'a 3 and b 4').toBe('maybe-before')
  expect(verdict(at('a', 5), at('b', 4)), 'a 5 and b 4').toBe('maybe-after')
})
