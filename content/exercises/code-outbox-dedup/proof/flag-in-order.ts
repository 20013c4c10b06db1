import type { Bus, Database, Message, Order, Row, Tables } from './services.ts'

/** The order's own row says that its message is due. */
export class Orders {
  #database: Database
  #bus: Bus
  constructor(database: Database, bus: Bus) {
    this.#database = database
    this.#bus = bus
  }

  place(order: Order): Promise<void> {
    return this.#database.transaction((tables) => {
      const there = tables.get('orders', `${order.number}`)
      if (!there) tables.put('orders', `${order.number}`, { customer: order.customer, points: order.points, announced: false })
    })
  }

  async relay(): Promise<void> {
    const due = await this.#database.transaction((tables) => tables.all('orders').filter(({ row }) => row.announced === false))
    const sent = await Promise.allSettled(due.map(async ({ key, row }) => {
      await this.#bus.send({ id: key, customer: `${row.customer}`, order: +key, points: row.points as number })
      return { key, row }
    }))
    await this.#database.transaction((tables) => {
      for (const result of sent) if (result.status === 'fulfilled') tables.put('orders', result.value.key, { ...result.value.row, announced: true })
    })
  }
}

const empty: Row = { points: 0, lastOrder: 0 }

export class Customers {
  constructor(private database: Database) {}
  handle = (message: Message): Promise<void> => this.database.transaction((tables) => count(tables, message))
}

function count(tables: Tables, { id, customer, order, points }: Message): void {
  const seen = `${tables.get('seen', customer)?.ids ?? ' '}`
  if (seen.includes(` ${id} `)) return
  const row = tables.get('customers', customer) ?? empty
  tables.put('seen', customer, { ids: `${seen}${id} ` })
  tables.put('customers', customer, { points: Number(row.points) + points, lastOrder: order > Number(row.lastOrder) ? order : Number(row.lastOrder) })
}
