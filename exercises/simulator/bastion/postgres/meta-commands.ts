/** The commands of psql that begin with a backslash, as the questions to the catalogue that they stand for. */

const inPublic = "n.nspname = 'public'"

/** The statement behind a command; the text itself when it is none, null for a command that is not known. */
export function metaSql(text: string): string | null {
  if (!text.startsWith('\\')) return text
  const [word = '', name] = text.split(/\s+/)
  if (word === '\\l') return "SELECT datname AS \"Name\" FROM pg_database WHERE NOT datistemplate"
  if (word === '\\dt' || (word === '\\d' && name === undefined)) return `SELECT n.nspname AS "Schema", c.relname AS "Name", 'table' AS "Type", pg_size_pretty(pg_table_size(c.oid)) AS "Size" FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND ${inPublic} ORDER BY 2`
  if (word === '\\di') return `SELECT c.relname AS "Name", t.relname AS "Table", regexp_replace(pg_get_indexdef(c.oid), '^.* USING ', '') AS "Of", CASE WHEN i.indisvalid THEN '' ELSE 'INVALID' END AS "State" FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace WHERE ${inPublic} ORDER BY 2, 1`
  if (/^\\d\+?$/.test(word) && name !== undefined) {
    const table = `'public.${name.replaceAll(/[^\w$]/g, '')}'::regclass`
    return `SELECT a.attname AS "Column", format_type(a.atttypid, a.atttypmod) AS "Type", CASE WHEN a.attnotnull THEN 'not null' ELSE '' END AS "Nullable" FROM pg_attribute a WHERE a.attrelid = ${table} AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum; SELECT indexrelid::regclass || ' ' || regexp_replace(pg_get_indexdef(indexrelid), '^.* USING ', '') || CASE WHEN indisvalid THEN '' ELSE ' INVALID' END AS "Indexes" FROM pg_index WHERE indrelid = ${table}`
  }
  return null
}
