import { everySchedule, expect, fake, note, test } from 'firedrill/test'
import type { CallFault, Schedule } from 'firedrill/test'
import { Customers, Orders } from './orders.ts'
import type { Bus, Database, Message, Order, Row, Tables } from './services.ts'

type Faults = readonly CallFault[]

/** A database whose transactions are calls of the schedule. */
function databaseOf(schedule: Schedule, name: string, faults: Faults = []) {
  let committed = new Map<string, Map<string, Row>>()
  const commit = fake(name, (changes: (tables: Tables) => unknown) => schedule.call(`transaction on ${name}`, () => {
    const next = new Map([...committed].map(([table, rows]) => [table, new Map(rows)]))
    const rowsOf = (table: string): Map<string, Row> => {
      const rows = next.get(table) ?? new Map<string, Row>()
      next.set(table, rows)
      return rows
    }
    const value = changes({
      get: (table, key) => rowsOf(table).get(key),
      put: (table, key, row) => { rowsOf(table).set(key, { ...row }) },
      delete: (table, key) => { rowsOf(table).delete(key) },
      all: (table) => [...rowsOf(table)].map(([key, row]) => ({ key, row })),
    })
    if (value instanceof Promise) throw new TypeError('work must not be an async function')
    committed = next
    return value
  }, faults))
  const database: Database = { transaction: (work) => commit(work) as Promise<never> }
  return { database, rows: (table: string): Map<string, Row> => committed.get(table) ?? new Map<string, Row>() }
}

/** The shop, the bus and the customers' service. */
function world(schedule: Schedule, { shopFaults = [], busFaults = [], customerFaults = [] }: { shopFaults?: Faults; busFaults?: Faults; customerFaults?: Faults } = {}) {
  const shop = databaseOf(schedule, 'shop database', shopFaults)
  const service = databaseOf(schedule, 'customer database', customerFaults)
  const queue: Message[] = []
  let busDown = false
  const send = fake('bus', (message: Message) => schedule.call('send', () => {
    if (busDown) throw new Error('503')
    queue.push({ ...message })
  }, busFaults))
  const bus: Bus = { send: async (message) => { await send(message) } }
  const orders = (): Orders => new Orders(shop.database, bus)
  const customers = (): Customers => new Customers(service.database)
  /** The relay's turns, in one process after the other. */
  const relay = async (turns = 4): Promise<void> => {
    for (let turn = 0; turn < turns; turn += 1) await schedule.life(() => orders().relay())
  }
  /** Delivers until every message was taken: `next` says which one of those that wait. */
  const deliver = async (next: (waiting: number) => number = () => 0): Promise<void> => {
    for (let tries = 0; tries < 30 && queue.length > 0; tries += 1) {
      const index = next(queue.length)
      const message = queue[index]
      if (message === undefined) return
      const end = await schedule.life(() => customers().handle({ ...message }))
      if (end.state === 'fulfilled') queue.splice(index, 1)
      else note(end.state === 'crashed' ? 'the message will be delivered again' : `handle rejected (${String(end.error)}), so the message will be delivered again`)
    }
  }
  /** What the customers' service must know: every order that the shop has committed, once. */
  const expectCounted = () => {
    const expected = new Map<string, { points: number; lastOrder: number }>()
    for (const [number, { customer, points }] of shop.rows('orders')) {
      const before = expected.get(String(customer)) ?? { points: 0, lastOrder: 0 }
      expected.set(String(customer), { points: before.points + Number(points), lastOrder: Math.max(before.lastOrder, Number(number)) })
    }
    const counted = new Map([...service.rows('customers')].map(([customer, { points, lastOrder }]) => [customer, { points, lastOrder }]))
    expect(Object.fromEntries(counted), `what was counted for ${shop.rows('orders').size} committed orders`).toEqual(Object.fromEntries(expected))
  }
  return { shop, queue, orders, customers, relay, deliver, expectCounted, send, setBusDown: (down: boolean) => { busDown = down } }
}
const first: Order = { number: 1, customer: 'ana', points: 10 }
const second: Order = { number: 2, customer: 'ana', points: 5 }

test('delivered', () => everySchedule({}, async (schedule) => {
  const { orders, shop, relay, deliver, expectCounted } = world(schedule)
  await orders().place(first)
  await orders().place(second)
  expect(shop.rows('orders').size, 'rows in the table orders').toBe(2)
  await relay()
  await deliver()
  expectCounted()
}))

test('redelivered', () => everySchedule({}, async (schedule) => {
  const { orders, queue, relay, deliver, expectCounted } = world(schedule)
  await orders().place(first)
  await relay()
  expect(queue.length, 'messages on the bus').toBeAtLeast(1)
  queue.push(...queue.map((message) => ({ ...message })))
  note('the bus delivers each message twice, to two processes')
  await deliver()
  expectCounted()
}))

test('place-crash', () => everySchedule({}, async (schedule) => {
  const faults: CallFault[] = ['dies before', 'dies after']
  const { orders, relay, deliver, expectCounted } = world(schedule, { shopFaults: faults, busFaults: faults })
  await schedule.life(() => orders().place(first))
  faults.length = 0
  note('from here on nothing fails')
  await relay()
  await deliver()
  expectCounted()
}))
