import type { Bus, Database, Message, Order } from './services.ts'

export class Orders {
  constructor(
    private readonly database: Database,
    private readonly bus: Bus,
  ) {}

  async place({ number, customer, points }: Order): Promise<void> {
    await this.database.transaction((tables) => {
      const key = String(number)
      if (tables.get('orders', key) !== undefined) return
      tables.put('orders', key, { customer, points })
      tables.put('outbox', key, { customer, points })
    })
  }

  async relay(): Promise<void> {
    const waiting = await this.database.transaction((tables) => tables.all('outbox'))
    for (const { key, row } of waiting) {
      await this.bus.send({ id: `order-${key}`, customer: String(row.customer), order: Number(key), points: Number(row.points) })
      await this.database.transaction((tables) => tables.delete('outbox', key))
    }
  }
}

export class Customers {
  readonly #seen = new Set<string>()

  constructor(private readonly database: Database) {}

  async handle({ id, customer, order, points }: Message): Promise<void> {
    if (this.#seen.has(id)) return
    await this.database.transaction((tables) => {
      const before = tables.get('customers', customer)
      tables.put('customers', customer, {
        points: Number(before?.points ?? 0) + points,
        lastOrder: Math.max(Number(before?.lastOrder ?? 0), order),
      })
    })
    this.#seen.add(id)
  }
}
