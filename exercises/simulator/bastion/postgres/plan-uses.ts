/** What a plan reads: tables from end to end, and indexes. */
export interface PlanUses {
  readonly scans: readonly string[]
  readonly indexes: readonly string[]
}

/** Reads the answer of EXPLAIN (FORMAT JSON). */
export function planUses(json: string): PlanUses {
  const scans: string[] = []
  const indexes: string[] = []
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) visit(one)
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return
    const found = node as Readonly<Record<string, unknown>>
    if (String(found['Node Type']).endsWith('Seq Scan') && typeof found['Relation Name'] === 'string') scans.push(found['Relation Name'])
    if (typeof found['Index Name'] === 'string') indexes.push(quoted(found['Index Name']))
    for (const part of Object.values(found)) if (typeof part === 'object') visit(part)
  }
  visit(JSON.parse(json))
  return { scans, indexes }
}

/** A name as PostgreSQL prints it among identifiers. */
function quoted(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name}"`
}
