/** Runs `sql run` blocks in sql.js, over datasets built once and copied for each section. */
import initSqlJs from 'sql.js'
import type { OpenDatabase, SqlDatabase, StatementResult } from '../../exercises/kinds/sql/engine.ts'
import { SqlError } from '../../exercises/kinds/sql/engine.ts'
import { openSqlJs } from '../../exercises/kinds/sql/sqljs.ts'
import { splitStatements } from '../../exercises/kinds/sql/statements.ts'
import { BlockFailure } from './run-engine.ts'
import { printRows, printTree } from './print-rows.ts'

const memoryMb = 1024
/** Enough to count; far fewer are shown. */
const mostRows = 1_000_000
/** What chapters see: docs/authoring.md. */
const datasetParameters = { ':seed': 1, ':scale': 100 }

/** A database that the blocks of one section share. */
export interface BlockDatabase {
  /** Runs the text and returns what is printed. @throws BlockFailure */
  run(text: string): Promise<string>
  /** Runs all statements but the last, and gives the plan of that one. @throws BlockFailure */
  plan(text: string): Promise<string>
  close(): Promise<void>
}

/** Opens databases for blocks; `datasetSql` gives the statements of a dataset, or null when there is none. */
export async function createSqliteRunner(datasetSql: (dataset: string) => string | null): Promise<{ open(dataset: string | null): BlockDatabase }> {
  const openDatabase: OpenDatabase = openSqlJs(await initSqlJs())
  const images = new Map<string, Uint8Array>()
  const imageOf = (dataset: string): Uint8Array => {
    const kept = images.get(dataset)
    if (kept) return kept
    const sql = datasetSql(dataset)
    if (sql === null) throw new BlockFailure(`There is no datasets/${dataset}.sql.`, 0)
    const database = openDatabase({ memoryMb })
    try {
      database.run(sql, { maxRows: 1, trusted: true, parameters: datasetParameters })
      const image = database.image()
      images.set(dataset, image)
      return image
    } catch (error) {
      throw new BlockFailure(`The dataset "${dataset}" cannot be built: ${messageOf(error)}.`, 0)
    } finally {
      database.close()
    }
  }
  return {
    open: (dataset) => {
      const database = openDatabase(dataset === null ? { memoryMb } : { memoryMb, image: imageOf(dataset) })
      const attempt = async (text: string, work: () => string): Promise<string> => {
        try {
          return work()
        } catch (error) {
          const start = error instanceof SqlError ? error.start : 0
          throw new BlockFailure(messageOf(error), text.slice(0, start).split('\n').length - 1)
        }
      }
      return {
        run: (text) => attempt(text, () => database.run(text, { maxRows: mostRows, trusted: true }).flatMap(printResult).join('\n')),
        plan: (text) => attempt(text, () => planOfLast(database, text)),
        close: async () => database.close(),
      }
    },
  }
}

/** One statement of a text, everything before it blanked, so that the places in errors stay those of the text. */
function padded(text: string, start: number, end: number): string {
  return text.slice(0, start).replaceAll(/[^\n]/g, ' ') + text.slice(start, end)
}

/** Runs all statements but the last, so that a plan can be shown after `ANALYZE` or a new index in one block. */
function planOfLast(database: SqlDatabase, text: string): string {
  const last = splitStatements(text).at(-1)
  if (!last) return ''
  database.run(text.slice(0, last.start), { maxRows: mostRows, trusted: true })
  return printTree(database.plan(padded(text, last.start, last.end)))
}

function printResult(result: StatementResult): string[] {
  if (result.columns.length === 0) return []
  if (result.columns.join(',') === 'id,parent,notused,detail') return [printTree(treeOf(result.rows))]
  return [printRows(result.columns, result.rows)]
}

interface Step {
  detail: string
  children: Step[]
}

function treeOf(rows: StatementResult['rows']): Step[] {
  const roots: Step[] = []
  const byId = new Map<unknown, Step>()
  for (const [id, parent, , detail] of rows) {
    const step: Step = { detail: String(detail), children: [] }
    byId.set(id, step)
    const above = byId.get(parent)
    if (above) above.children.push(step)
    else roots.push(step)
  }
  return roots
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '')
}
