/** The tables of a database with their columns and indexes, as the editor completes them and the workspace lists them. */
import { z } from 'zod'

export const tableSchema = z.object({
  name: z.string(),
  type: z.enum(['table', 'view']),
  /** As ANALYZE counted them; null before it did. */
  rows: z.number().nullable(),
  /** Empty for a table: PostgreSQL does not keep the statement that made it. */
  sql: z.string(),
  columns: z.array(z.object({ name: z.string(), type: z.string(), notNull: z.boolean(), primaryKey: z.boolean() })),
  indexes: z.array(z.object({ name: z.string(), unique: z.boolean(), partial: z.boolean(), columns: z.array(z.string()), sql: z.string().nullable() })),
})
export type Table = z.infer<typeof tableSchema>

/** One row with one value, which `parseTables` reads. */
export const tablesSql = `
  SELECT coalesce(json_agg(json_build_object(
    'name', c.relname,
    'type', CASE WHEN c.relkind IN ('v', 'm') THEN 'view' ELSE 'table' END,
    'rows', CASE WHEN c.relkind IN ('r', 'm') AND c.reltuples >= 0 THEN c.reltuples END,
    'sql', CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid, true) ELSE '' END,
    'columns', (SELECT coalesce(json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'notNull', a.attnotnull,
        'primaryKey', EXISTS (SELECT FROM pg_index AS p WHERE p.indrelid = c.oid AND p.indisprimary AND a.attnum = ANY (p.indkey))) ORDER BY a.attnum), '[]')
      FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
    'indexes', (SELECT coalesce(json_agg(json_build_object('name', ic.relname, 'unique', i.indisunique, 'partial', i.indpred IS NOT NULL,
        'columns', (SELECT json_agg(pg_get_indexdef(i.indexrelid, n::int, true) ORDER BY n) FROM generate_series(1, i.indnkeyatts) AS n),
        'sql', pg_get_indexdef(i.indexrelid)) ORDER BY ic.relname), '[]')
      FROM pg_index AS i JOIN pg_class AS ic ON ic.oid = i.indexrelid WHERE i.indrelid = c.oid AND i.indisvalid)
  ) ORDER BY c.relname), '[]')::text
  FROM pg_class AS c WHERE c.relkind IN ('r', 'v', 'm', 'p') AND c.relnamespace = 'public'::regnamespace`

/** @throws when it is not what the query returns */
export function parseTables(json: unknown): Table[] {
  return z.array(tableSchema).parse(JSON.parse(String(json)))
}
