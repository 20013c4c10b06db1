/** Runs `pgsql run` blocks in PGlite, a real PostgreSQL in WASM. It is a development dependency: shipped apps have none. */
import { splitStatements } from '../../exercises/kinds/sql/statements.ts'
import { printRows } from './print-rows.ts'
import type { Cell } from './print-rows.ts'
import { BlockFailure } from './run-engine.ts'
import type { BlockEngine, BlockSession } from './run-engine.ts'

/** The types whose text is a number, by PostgreSQL's ids: int8, int2, int4, float4, float8, numeric. */
const numberTypes = new Set([20, 21, 23, 700, 701, 1700])

/** Opens an empty PostgreSQL for each group; null where PGlite is not installed. */
export const postgresEngine: BlockEngine = { open: openPostgres, close: async () => undefined }

async function openPostgres(): Promise<BlockSession | null> {
  const modules = await Promise.all([import('@electric-sql/pglite'), import('@electric-sql/pglite/contrib/pg_trgm')]).catch(() => null)
  if (!modules) return null
  const [{ PGlite }, { pg_trgm }] = modules
  const database = await PGlite.create({ extensions: { pg_trgm } })
  const attempt = async (text: string, explainLast: boolean): Promise<string> => {
    const printed: string[] = []
    const statements = splitStatements(text)
    for (const [index, statement] of statements.entries()) {
      const isPlan = explainLast && index === statements.length - 1
      try {
        // Every value as the server writes it: no dates or numbers of JavaScript in between.
        const results = await database.exec(isPlan ? `EXPLAIN ${statement.text}` : statement.text, { rowMode: 'array', parsers: rawParsers })
        for (const { fields, rows } of results) if (fields.length > 0 && (isPlan || !explainLast)) printed.push(printResult(fields, rows as unknown as (string | null)[][]))
      } catch (error) {
        throw new BlockFailure((error instanceof Error ? error.message : String(error)).replace(/\.$/, ''), text.slice(0, statement.start).split('\n').length - 1)
      }
    }
    return printed.join('\n')
  }
  return {
    run: ({ run, text }) => attempt(text, run.engine === 'postgres' && run.plan === true),
    close: async () => database.close(),
  }
}

const rawParsers = new Proxy<Record<number, (value: string) => string>>({}, { get: () => (value: string) => value })

function printResult(fields: readonly { name: string; dataTypeID: number }[], rows: readonly (readonly (string | null)[])[]): string {
  if (fields.length === 1 && fields[0]?.name === 'QUERY PLAN') return rows.map(([line]) => line ?? '').join('\n')
  const numeric = fields.map((field) => numberTypes.has(field.dataTypeID))
  const cells = rows.map((row) => row.map((value, index): Cell => (value !== null && numeric[index] === true ? alignedNumber(value) : value)))
  return printRows(fields.map((field) => field.name), cells)
}

/** A number only where its text survives the trip: `1.50` and big integers stay text. */
function alignedNumber(text: string): Cell {
  const value = Number(text)
  return String(value) === text ? value : text
}
