/** A PostgreSQL plan as lines of a table, with what is worth a look. Pure. */
import type { Plan, PlanNode } from '../../../../../exercises/kinds/postgres/plan.ts'

export interface PlanFlag {
  weight: 'crit' | 'warn' | 'ok'
  words: string
}

export interface PlanLine {
  depth: number
  node: PlanNode
  /** `Index Scan on orders using orders_user_id_idx`. */
  title: string
  /** Rows of one loop, as the estimate counts them; null when it was not run. */
  rowsPerLoop: number | null
  /** Time in this step alone, all loops together. */
  ownMs: number | null
  flags: PlanFlag[]
}

/** From so many rows on, reading a table whole and throwing most of it away is worth a word. */
const thrownAwayRows = 1_000

/** The plan's steps, each after the one that asks it for rows. */
export function planLines(plan: Plan): PlanLine[] {
  const lines: PlanLine[] = []
  const visit = (node: PlanNode, depth: number): void => {
    lines.push(lineOf(node, depth))
    for (const child of node.children) visit(child, depth + 1)
  }
  visit(plan.root, 0)
  return lines
}

function lineOf(node: PlanNode, depth: number): PlanLine {
  const wasRun = node.actualRows !== null && node.loops > 0
  const ofChildren = node.children.reduce((sum, child) => sum + (child.milliseconds ?? 0), 0)
  return {
    depth,
    node,
    title: `${node.type}${node.table === undefined ? '' : ` on ${node.table}`}${node.index === undefined ? '' : ` using ${node.index}`}`,
    rowsPerLoop: wasRun && node.actualRows !== null ? Math.round(node.actualRows / node.loops) : null,
    ownMs: node.milliseconds === null || node.loops === 0 ? null : Math.max(0, Math.round((node.milliseconds - ofChildren) * 1000) / 1000),
    flags: flagsOf(node),
  }
}

function flagsOf(node: PlanNode): PlanFlag[] {
  const flags: PlanFlag[] = []
  if (node.actualRows !== null && node.loops === 0) flags.push({ weight: 'ok', words: 'Never executed' })
  if (node.misestimated && node.misestimate !== null) flags.push({ weight: 'warn', words: `Estimate off ${node.misestimate.toLocaleString('en')} times` })
  const kept = node.actualRows ?? 0
  if (node.removedRows >= thrownAwayRows && node.removedRows >= kept * 10) flags.push({ weight: node.type.includes('Seq Scan') ? 'crit' : 'warn', words: `${node.removedRows.toLocaleString('en')} rows read and thrown away` })
  if ((node.buffers?.temporary ?? 0) > 0 && node.children.every((child) => (child.buffers?.temporary ?? 0) < (node.buffers?.temporary ?? 0))) {
    flags.push({ weight: 'warn', words: `Spilled ${(node.buffers?.temporary ?? 0).toLocaleString('en')} pages to disk` })
  }
  return flags
}

/** The query of an EXPLAIN, and whether it may be run for it: what writes is planned only. */
export function explainOf(statement: { text: string; verb: string }): { sql: string; isRun: boolean } {
  const isRun = ['SELECT', 'VALUES', 'TABLE'].includes(statement.verb)
  return { sql: `EXPLAIN (${isRun ? 'ANALYZE, BUFFERS, ' : ''}FORMAT JSON) ${statement.text}`, isRun }
}
