/** Reads what EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) says, and finds where the planner was wrong about the rows. */
import { z } from 'zod'

export interface PlanNode {
  /** PostgreSQL's name of the step, such as `Seq Scan`, `Index Only Scan`, `Hash Join`. */
  type: string
  table?: string
  index?: string
  /** Conditions as PostgreSQL prints them: `Index Cond`, `Filter`, `Sort Key` and the like. */
  conditions: { label: string; text: string }[]
  estimatedRows: number
  /** Rows of all loops together; null when the plan was not run. */
  actualRows: number | null
  loops: number
  /** Time in this step with those below it, all loops together, in ms; null when not run. */
  milliseconds: number | null
  /** Rows that a condition threw away, all loops together. */
  removedRows: number
  cost: number
  /** 8 KiB pages touched by this step and those below it. */
  buffers: { hit: number; read: number; temporary: number } | null
  /** By how much actual rows and estimate differ as a factor >= 1; null when not run. */
  misestimate: number | null
  /** True where the factor is so large that the plan may be the wrong one. */
  misestimated: boolean
  children: PlanNode[]
}

export interface Plan {
  root: PlanNode
  planningMs: number | null
  executionMs: number | null
}

/** From this factor on, and from this many rows on either side, an estimate is worth a look. */
const misestimateFactor = 10
const misestimateRows = 100

const rawNodeSchema = z.looseObject({ 'Node Type': z.string() })
const rawPlanSchema = z.array(z.looseObject({ Plan: rawNodeSchema })).min(1)
const shownConditions = ['Index Cond', 'Recheck Cond', 'Hash Cond', 'Merge Cond', 'Join Filter', 'Filter', 'Sort Key', 'Group Key', 'Sort Method', 'Heap Fetches'] as const

/** Parses the JSON text. @throws Error when it is no plan */
export function parsePlan(json: string): Plan {
  const raw = rawPlanSchema.parse(JSON.parse(json))[0]
  if (raw === undefined) throw new Error('The plan is empty.')
  return { root: nodeOf(raw.Plan), planningMs: numberOr(raw['Planning Time'], null), executionMs: numberOr(raw['Execution Time'], null) }
}

function numberOr<Other>(value: unknown, other: Other): number | Other {
  return typeof value === 'number' ? value : other
}

function nodeOf(raw: Readonly<Record<string, unknown>>): PlanNode {
  const loops = numberOr(raw['Actual Loops'], 0)
  const actualPerLoop = numberOr(raw['Actual Rows'], null)
  const estimatedRows = numberOr(raw['Plan Rows'], 0)
  const time = numberOr(raw['Actual Total Time'], null)
  const hit = numberOr(raw['Shared Hit Blocks'], null)
  const children = Array.isArray(raw['Plans']) ? raw['Plans'].map((child: unknown) => nodeOf(rawNodeSchema.parse(child))) : []
  const misestimate = actualPerLoop === null || loops === 0 ? null : factor(estimatedRows, actualPerLoop)
  const removed = ['Rows Removed by Filter', 'Rows Removed by Index Recheck', 'Rows Removed by Join Filter'].reduce((sum, name) => sum + numberOr(raw[name], 0), 0)
  return {
    type: String(raw['Node Type']),
    ...(typeof raw['Relation Name'] === 'string' ? { table: raw['Relation Name'] } : {}),
    ...(typeof raw['Index Name'] === 'string' ? { index: raw['Index Name'] } : {}),
    conditions: shownConditions.flatMap((label) => (raw[label] === undefined ? [] : [{ label, text: textOf(raw[label]) }])),
    estimatedRows,
    actualRows: actualPerLoop === null ? null : Math.round(actualPerLoop * loops),
    loops,
    milliseconds: time === null ? null : Math.round(time * loops * 1000) / 1000,
    removedRows: Math.round(removed * Math.max(loops, 1)),
    cost: numberOr(raw['Total Cost'], 0),
    buffers: hit === null ? null : { hit, read: numberOr(raw['Shared Read Blocks'], 0), temporary: numberOr(raw['Temp Read Blocks'], 0) + numberOr(raw['Temp Written Blocks'], 0) },
    misestimate,
    misestimated: misestimate !== null && misestimate >= misestimateFactor && Math.max(estimatedRows, actualPerLoop ?? 0) >= misestimateRows,
    children,
  }
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join(', ') : String(value)
}

/** How far two counts are apart; none counts as one, so that the factor stays finite. */
function factor(a: number, b: number): number {
  const ratio = Math.max(a, 1) / Math.max(b, 1)
  return Math.round(Math.max(ratio, 1 / ratio) * 10) / 10
}

/** Every node, parents before children. */
export function planNodes(node: PlanNode): PlanNode[] {
  return [node, ...node.children.flatMap(planNodes)]
}

/** The plan in a few words a line, for evidence. */
export function formatPlan(node: PlanNode, depth = 0): string {
  const where = `${node.table === undefined ? '' : ` on ${node.table}`}${node.index === undefined ? '' : ` using ${node.index}`}`
  const rows = node.actualRows === null ? `${node.estimatedRows} rows expected` : `${node.estimatedRows} rows expected, ${node.actualRows} seen`
  return [`${'  '.repeat(depth)}${node.type}${where} (${rows})`, ...node.children.map((child) => formatPlan(child, depth + 1))].join('\n')
}
