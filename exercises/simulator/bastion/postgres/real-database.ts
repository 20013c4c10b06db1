/** A database of the topology that holds real tables, and what its indexes mean to the simulated one. */
import type { RunReport } from '../../../kinds/postgres/session.ts'
import { splitStatements } from '../../../kinds/postgres/statements.ts'
import type { RealDatabaseSpec } from '../../incident/schema.ts'
import type { ShiftEntry } from '../../incident/shift/index.ts'
import type { Operated } from '../operated.ts'
import type { ActionRequest } from '../../model/index.ts'
import type { Database } from '../../model/parts/database/database.ts'
import { queryOfPid, wallUs } from '../../shell/index.ts'
import type { PostgresLink } from './link.ts'
import { planUses } from './plan-uses.ts'
import { redirected, searchPath, viewsRefresh, viewsSetup } from './system-views.ts'

/** An index of the real database, and by which name the simulated one knows it; null for one that it knows nothing of. */
interface KnownIndex {
  readonly table: string
  readonly simulated: string | null
}

/** Does an action; the refusal, or null. */
export type Act = (request: ActionRequest) => string | null

const indexesSql = "SELECT indexrelid::regclass::text, indrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_catalog.pg_index JOIN pg_catalog.pg_class c ON c.oid = indrelid WHERE c.relnamespace = 'public'::regnamespace"

/** The databases of an incident that hold real tables, and what was done in its shift so far. */
export interface RealTables {
  readonly specs: Readonly<Record<string, RealDatabaseSpec>>
  entries(): readonly ShiftEntry[]
  start(): PostgresLink
}

export class RealDatabase {
  private readonly world: Operated['world']
  readonly database: Database
  readonly spec: RealDatabaseSpec
  private readonly tables: RealTables
  private opening: Promise<PostgresLink> | null = null
  private link: PostgresLink | null = null
  private known = new Map<string, KnownIndex>()

  constructor(world: Operated['world'], database: Database, spec: RealDatabaseSpec, tables: RealTables) {
    this.world = world
    this.database = database
    this.spec = spec
    this.tables = tables
  }

  /** Starts it, if it is not there yet, with the indexes that were made in this shift. */
  async open(): Promise<PostgresLink> {
    this.opening ??= this.begin().catch((error: unknown) => {
      this.stop()
      throw error
    })
    return this.opening
  }

  /** Ends what it is doing; the next question begins with the tables as they were given. */
  stop(): void {
    this.link?.close()
    this.link = null
    this.opening = null
  }

  /** A new connection: nothing is left of the one before. */
  async connect(): Promise<void> {
    await this.ask(`ROLLBACK; DISCARD ALL; SET search_path = ${searchPath}; SET simulation.now = '${new Date(wallUs(this.world, this.world.nowUs) / 1000).toISOString()}'`)
    await this.takeFromWorld()
  }

  /** Runs one statement, and does to the simulated database what follows from it. Gives the refusal of an action, if there is one. */
  async run(statement: string, act: Act): Promise<{ readonly report: RunReport; readonly refused: string | null }> {
    const refresh = viewsRefresh(this.world, this.database, statement)
    if (refresh !== '') await this.ask(refresh)
    const report = await this.ask(redirected(statement))
    let refused: string | null = null
    if (/\bpg_(?:terminate|cancel)_backend\b/i.test(statement)) refused = await this.endQueries(act)
    const verb = splitStatements(statement)[0]?.verb ?? ''
    if (report.error === null && /^(?:CREATE|DROP|ALTER|REINDEX)\b/.test(verb)) refused ??= await this.compareIndexes(act)
    if (report.error === null && /^(?:ANALYZE|VACUUM)\b/.test(verb)) refused ??= act({ action: 'analyze', target: this.database.name, statement })
    return { report, refused }
  }

  private async begin(): Promise<PostgresLink> {
    const link = this.tables.start()
    this.link = link
    this.known.clear()
    await link.open(`${this.spec.setup};\n${viewsSetup(this.world, this.database)}`)
    this.opening = Promise.resolve(link)
    await this.nameIndexes()
    for (const entry of this.tables.entries()) {
      if (entry.type !== 'acted' || entry.refused !== null || entry.act.target !== this.database.name || typeof entry.act['statement'] !== 'string') continue
      const { error } = await this.ask(entry.act['statement'])
      if (error === null) await this.noteNewIndexes(String(entry.act['index'] ?? ''))
    }
    return link
  }

  private async ask(sql: string): Promise<RunReport> {
    const link = await this.open()
    return link.run(sql, wallUs(this.world, this.world.nowUs) / 1000)
  }

  private async rows(sql: string): Promise<readonly (readonly string[])[]> {
    const { results, error } = await this.ask(sql)
    if (error !== null) throw new Error(error.message)
    return (results.at(-1)?.rows ?? []).map((row) => row.map(String))
  }

  /** The indexes that the tables were given with, by the plans of the queries that they serve. */
  private async nameIndexes(): Promise<void> {
    for (const [name, table] of await this.rows(indexesSql)) this.known.set(name ?? '', { table: table ?? '', simulated: null })
    for (const query of Object.keys(this.spec.queries)) {
      const { table, index } = this.database.spec.queries[query] ?? {}
      if (table === undefined || index === undefined || !this.hasIndex(table, index)) continue
      const { indexes } = await this.planOf(query)
      for (const name of indexes) if (this.known.has(name)) this.known.set(name, { table, simulated: index })
    }
  }

  /** Indexes that the simulated database has by an action of the console are built here too; those it is building stay invalid, and the planner leaves them alone. */
  private async takeFromWorld(): Promise<void> {
    for (const [query, { 'served-by': statement }] of Object.entries(this.spec.queries)) {
      const { table, index } = this.database.spec.queries[query] ?? {}
      if (statement === undefined || table === undefined || index === undefined || !(this.hasIndex(table, index) || this.isBuilding(table, index))) continue
      if ([...this.known.values()].some(({ simulated }) => simulated === index)) continue
      const { error } = await this.ask(statement)
      if (error === null) await this.noteNewIndexes(index)
    }
    const invalid = [...this.known].filter(([, { table, simulated }]) => simulated !== null && !this.hasIndex(table, simulated)).map(([name]) => name)
    await this.setValid(invalid)
  }

  private async setValid(invalid: readonly string[]): Promise<void> {
    const list = invalid.map((name) => `'${name.replaceAll("'", "''")}'::regclass`).join(', ')
    await this.ask(`UPDATE pg_catalog.pg_index SET indisvalid = ${list === '' ? 'true' : `indexrelid NOT IN (${list})`} WHERE indrelid IN (SELECT oid FROM pg_catalog.pg_class WHERE relnamespace = 'public'::regnamespace)`)
  }

  private async noteNewIndexes(simulated: string): Promise<void> {
    for (const [name = '', table = ''] of await this.rows(indexesSql)) if (!this.known.has(name)) this.known.set(name, { table, simulated })
  }

  /** What came and went since the last look, done to the simulated database as the plans say. */
  private async compareIndexes(act: Act): Promise<string | null> {
    const found = await this.rows(indexesSql)
    let refused: string | null = null
    for (const [name = '', table = '', statement = ''] of found) {
      if (this.known.has(name)) continue
      const index = await this.servedBy(name, table)
      const isKnown = this.database.tables.has(table)
      refused ??= isKnown ? act({ action: 'add-index', target: this.database.name, table, index, statement }) : null
      if (refused === null) this.known.set(name, { table, simulated: isKnown ? index : null })
      else await this.ask(`DROP INDEX ${name}`)
    }
    for (const [name, { table, simulated }] of this.known) {
      if (found.some(([still]) => still === name)) continue
      this.known.delete(name)
      if (simulated !== null && this.hasIndex(table, simulated)) refused ??= act({ action: 'drop-index', target: this.database.name, table, index: simulated, statement: `DROP INDEX ${name}` })
    }
    await this.takeFromWorld()
    return refused
  }

  /** The name that the simulated database has for a new index: that of a query which is planned with it now and lacked one, else its own. */
  private async servedBy(name: string, table: string): Promise<string> {
    for (const query of Object.keys(this.spec.queries)) {
      const { table: asked, index } = this.database.spec.queries[query] ?? {}
      if (asked !== table || index === undefined || this.hasIndex(table, index) || this.isBuilding(table, index)) continue
      const { scans, indexes } = await this.planOf(query)
      if (indexes.includes(name) && !scans.includes(table)) return index
    }
    return name.replaceAll('"', '')
  }

  private async planOf(query: string): Promise<ReturnType<typeof planUses>> {
    const [[plan = '[]'] = []] = await this.rows(`EXPLAIN (FORMAT JSON) ${this.spec.queries[query]?.asks ?? 'SELECT 1'}`)
    return planUses(plan)
  }

  /** Ends what pg_terminate_backend was called for: one action for each query of the application. */
  private async endQueries(act: Act): Promise<string | null> {
    const longest = new Map<string, number>()
    for (const [pid] of await this.rows('SELECT DISTINCT pid FROM simulation.ended')) {
      const found = queryOfPid(this.world, this.database, Number(pid))
      if (found !== null) longest.set(found.query, Math.min(found.ranUs, longest.get(found.query) ?? Number.POSITIVE_INFINITY))
    }
    let refused: string | null = null
    for (const [query, ranUs] of longest) refused ??= act({ action: 'kill-query', target: this.database.name, query, longer: `${Math.floor(ranUs / 1000)}ms` })
    return refused
  }

  private hasIndex(table: string, index: string): boolean {
    return this.database.tables.get(table)?.indexes.includes(index) === true
  }

  private isBuilding(table: string, index: string): boolean {
    return this.database.settings.building.some((one) => one.table === table && one.index === index)
  }
}
