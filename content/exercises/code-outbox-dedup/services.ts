export interface Order {
  number: number
  customer: string
  points: number
}

/** What the bus carries. Messages with the same `id` are the same message. */
export interface Message {
  id: string
  customer: string
  order: number
  points: number
}

export type Row = Readonly<Record<string, string | number | boolean>>

/** The tables of a database, inside a transaction. Their names are yours; a table is there when it is used. */
export interface Tables {
  get(table: string, key: string): Row | undefined
  put(table: string, key: string, row: Row): void
  delete(table: string, key: string): void
  /** All rows, in the order in which their keys came. */
  all(table: string): { key: string; row: Row }[]
}

export interface Database {
  /**
   * Runs `work` on the tables: all its changes are committed, or none. Transactions do not see each other at work. A
   * rejection may come before the commit or after it. `work` is no async function: nothing can be awaited in it.
   */
  transaction<T>(work: (tables: Tables) => T): Promise<T>
}

/** Delivers at least once, in any order. A rejection may come although the message was taken. */
export interface Bus {
  send(message: Message): Promise<void>
}
