import type { Counter, Gauge, Histogram, LogTemplate } from '../../../telemetry/index.ts'
import { outcomes } from '../../outcome.ts'
import type { World } from '../../world.ts'
import { latencyBounds } from '../service/pod-signals.ts'
import type { Database } from './database.ts'

/** What a database tells about itself. */
export class DatabaseSignals {
  private readonly world: World
  private readonly database: Database
  private queries: (Counter | undefined)[] = []
  private durations: Histogram[] = []
  private rows: Counter[] = []
  private slow: LogTemplate | null = null
  private gauges: Record<'active' | 'waiting' | 'most' | 'disk' | 'diskMost' | 'up' | 'lag', Gauge> | null = null
  private cpu: Counter | null = null
  private tables: Gauge[] = []

  constructor(world: World, database: Database) {
    this.world = world
    this.database = database
  }

  /** Asks for all handles, at the start and after a load. */
  begin(): void {
    const { database, world } = this
    const target = world.telemetry.target({ job: database.name, service: database.name, pod: `${database.name}-0` }, 0)
    const names = database.operationNames()
    this.queries = []
    this.durations = names.map((query) => target.histogram('db_query_duration_seconds', 'Time of a query in the database.', { query }, latencyBounds))
    this.rows = names.map((query) => target.counter('db_rows_examined_total', 'Rows that were read.', { query }))
    this.cpu = target.counter('db_cpu_seconds_total', 'Time on cores.', {})
    this.gauges = {
      active: target.gauge('db_connections', 'Connections with a query, by state.', { state: 'active' }),
      waiting: target.gauge('db_connections', 'Connections with a query, by state.', { state: 'lock' }),
      most: target.gauge('db_connections_max', 'Connections that there may be.', {}),
      disk: target.gauge('db_disk_used_bytes', 'Disk in use.', {}),
      diskMost: target.gauge('db_disk_size_bytes', 'Size of the disk.', {}),
      up: target.gauge('db_up', 'Whether the primary takes queries.', {}),
      lag: target.gauge('db_replication_lag_seconds', 'How far replicas are behind.', {}),
    }
    this.tables = [...database.tables.keys()].map((table) => target.gauge('db_table_rows', 'Rows of a table.', { table }))
    this.slow = world.telemetry.logTemplate({
      labels: { service: database.name, pod: `${database.name}-0` },
      level: 'warn',
      message: 'duration: {duration_ms} ms  statement: {statement}',
      fields: [{ name: 'duration_ms', kind: 'milliseconds' }, { name: 'statement', kind: 'text' }, { name: 'rows_examined', kind: 'number' }],
    })
  }

  /** A query has ended. */
  ended(call: number, query: number, outcome: number, examined: number): void {
    const { calls, nowUs, telemetry } = this.world
    const tookUs = nowUs - (calls.arrivedUs[call] as number)
    const slot = query * outcomes.length + outcome
    const counter = this.queries[slot] ?? this.counter(slot, query, outcome)
    counter.add(1)
    const hi = calls.traceHi[call] as number
    const lo = calls.traceLo[call] as number
    this.durations[query]?.observeTraced(tookUs / 1e6, hi, lo)
    this.rows[query]?.add(examined)
    if (tookUs >= this.database.spec['slow-log']) this.slow?.write(nowUs, hi, lo, calls.parentSpan[call] as number, tookUs, telemetry.intern(this.database.sqlOf(query)), examined)
  }

  measure(): void {
    const { gauges, database } = this
    if (gauges === null) return
    gauges.active.set(database.live.length - database.locks.waiting)
    gauges.waiting.set(database.locks.waiting)
    gauges.most.set(database.settings.connections)
    gauges.disk.set(database.diskBytes())
    gauges.diskMost.set(database.settings.disk)
    gauges.up.set(database.settings.down ? 0 : 1)
    if (database.spec.replicas > 0) gauges.lag.set(database.replication.lagSeconds(this.world.nowUs))
    this.cpu?.add(database.processor.usedUs / 1e6 - this.cpu.value)
    for (const [index, { rows }] of [...database.tables.values()].entries()) this.tables[index]?.set(rows)
  }

  private counter(slot: number, query: number, outcome: number): Counter {
    const { database, world } = this
    const target = world.telemetry.target({ job: database.name, service: database.name, pod: `${database.name}-0` }, 0)
    const counter = target.counter('db_queries_total', 'Queries, by how they ended.', { query: database.operationNames()[query] ?? '', outcome: outcomes[outcome]?.name ?? '' })
    this.queries[slot] = counter
    return counter
  }
}
