import { outcomeCode } from '../../outcome.ts'
import type { World } from '../../world.ts'
import type { Database } from './database.ts'

/** Building an index takes this many times as long as reading the table once, and at least a second. */
const buildFactor = 4
const leastBuildUs = 1_000_000

/** What administrators and accidents do to a database. */
export class DatabaseOperations {
  private readonly database: Database
  private readonly world: World

  constructor(database: Database, world: World) {
    this.database = database
    this.world = world
  }

  /** Ends running queries: all of a name, or those that have run for longer than a time. Returns how many. */
  kill(name: string | undefined, longerUs: number): number {
    const { calls, nowUs } = this.world
    const operation = name === undefined ? -1 : this.database.operation(name)
    const found = this.database.live.list().filter((call) => (operation < 0 || calls.operation[call] === operation) && nowUs - (calls.arrivedUs[call] as number) >= longerUs)
    for (const call of found) this.database.stop(call, outcomeCode.cancelled)
    return found.length
  }

  /** The primary is gone for a time; 0: until somebody fails over. */
  goDown(us: number): void {
    const { database } = this
    database.settings.down = true
    for (const call of database.live.list()) database.stop(call, outcomeCode.reset)
    if (us > 0) database.reopenAfter(us)
  }

  /** What fills the disk beside the tables: at once, and a second from now on. Bytes. */
  fill(by: number, perSecond: number): void {
    const { settings } = this.database
    const { nowUs } = this.world
    settings.extraBytes += by + (settings.fillRate * (nowUs - settings.fillSinceUs)) / 1e6
    settings.fillSinceUs = nowUs
    settings.fillRate = perSecond
  }

  /** Locks a table as a whole for a time, as a migration does. */
  lockTable(table: string, us: number): void {
    const { settings } = this.database
    settings.locked = [...settings.locked, table]
    this.database.unlockAfter(us)
  }

  /** How long an index of a table takes to build, in microseconds. */
  buildUs(table: string): number {
    const { database } = this
    return Math.round((database.tables.get(table)?.rows ?? 0) * database.spec['row-cost'] * buildFactor) + leastBuildUs
  }

  /** Starts to build an index; reads go on, the building takes a core. Returns how long it takes, in microseconds. */
  buildIndex(table: string, index: string): number {
    const { database } = this
    const us = this.buildUs(table)
    database.processor.cores = Math.max(1, database.processor.cores - 1)
    database.settings.building = [...database.settings.building, { table, index }]
    database.builtAfter(us)
    return us
  }

  /** An index is ready; in the order in which their building began. */
  built(): void {
    const { database } = this
    const [first, ...others] = database.settings.building
    database.settings.building = others
    const { table = '', index = '' } = first ?? {}
    const indexes = database.tables.get(table)?.indexes ?? []
    if (!indexes.includes(index)) indexes.push(index)
    if (others.length === 0) database.processor.cores = database.spec.cores
    database.processor.next()
  }
}
