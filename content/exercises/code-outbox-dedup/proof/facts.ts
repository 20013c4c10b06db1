import type { Bus, Database, Message, Order } from './services.ts'

export class Orders {
  constructor(private readonly database: Database, private readonly bus: Bus) {}

  async place(order: Order) {
    await this.database.transaction((tables) => {
      if (tables.get('orders', String(order.number))) return
      const id = crypto.randomUUID()
      tables.put('orders', String(order.number), { customer: order.customer, points: order.points })
      tables.put('due', id, { id, customer: order.customer, order: order.number, points: order.points })
    })
  }

  /** One message after the other, until none is left. */
  async relay() {
    for (;;) {
      const [next] = await this.database.transaction((tables) => tables.all('due'))
      if (!next) return
      const { id, customer, order, points } = next.row
      await this.bus.send({ id: String(id), customer: String(customer), order: Number(order), points: Number(points) })
      await this.database.transaction((tables) => tables.delete('due', next.key))
    }
  }
}

/** Keeps each order as a fact under its number; what is asked for is computed from the facts, as often as they come. */
export class Customers {
  constructor(private readonly database: Database) {}

  async handle(message: Message) {
    await this.database.transaction((tables) => {
      tables.put('facts', String(message.order), { customer: message.customer, points: message.points, order: message.order })
      const facts = tables.all('facts').map(({ row }) => row).filter((row) => row.customer === message.customer)
      tables.put('customers', message.customer, {
        points: facts.reduce((sum, row) => sum + Number(row.points), 0),
        lastOrder: facts.reduce((most, row) => Math.max(most, Number(row.order)), 0),
      })
    })
  }
}
