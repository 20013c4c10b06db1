import type { Bus, Database, Message, Order } from './services.ts'

/** The shop: takes orders and announces them. */
export class Orders {
  constructor(
    private readonly database: Database,
    private readonly bus: Bus,
  ) {}

  /** Stores the order in the table `orders`, under its number, with `customer` and `points`. May be called again for one order. */
  async place({ number, customer, points }: Order): Promise<void> {
    await this.database.transaction((tables) => tables.put('orders', String(number), { customer, points }))
    await this.bus.send({ id: crypto.randomUUID(), customer, order: number, points })
  }

  /** Called every second, in some process. */
  async relay(): Promise<void> {}
}

/** Another service, with its own database. */
export class Customers {
  constructor(private readonly database: Database) {}

  /**
   * Keeps the table `customers`: for each one the sum of the `points` and the highest order number as `lastOrder`.
   * When it resolves the bus forgets the message; else it delivers it again.
   */
  async handle(message: Message): Promise<void> {
    await this.database.transaction((tables) => {
      const before = Number(tables.get('customers', message.customer)?.points ?? 0)
      tables.put('customers', message.customer, { points: before + message.points, lastOrder: message.order })
    })
  }
}
