/** Runs statements of ours, which do not fail unless something is broken. */
import type { LabConnection } from './connection.ts'

/** The rows of the last query. @throws Error with the server's message */
export async function runTrusted(connection: LabConnection, sql: string): Promise<(string | number | null)[][]> {
  const { results, error } = await connection.run(sql, { maxRows: 100_000 })
  if (error !== null) throw new Error(`${error.message} (${error.sqlstate})`)
  return results.findLast((result) => result.columns.length > 0)?.rows ?? []
}
