/** Holds a plan against what an exercise demands of it. */
import type { PlanNode, SchemaTable } from './engine.ts'
import { planNodes, searchColumnsOf } from './plan.ts'
import type { PlanDemand } from './schema.ts'

/** The first demand that the plan breaks, told with the plan's own line; null when all hold. */
export function brokenDemand(plan: readonly PlanNode[], demand: PlanDemand, schema: readonly SchemaTable[]): string | null {
  const nodes = planNodes(plan)
  return brokenScan(nodes, demand) ?? brokenUse(nodes, demand, plan) ?? brokenCover(nodes, demand, plan) ?? brokenSort(nodes, demand) ?? brokenSearch(nodes, demand, plan, schema)
}

/** The plan as SQLite prints it, one line a node. */
export function formatPlan(plan: readonly PlanNode[], depth = 0): string {
  return plan.map((node) => `${'  '.repeat(depth)}${node.detail}\n${formatPlan(node.children, depth + 1)}`).join('')
}

const same = (a: string | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase()
const shown = (plan: readonly PlanNode[]): string => `The plan:\n${formatPlan(plan).trimEnd()}`

function brokenScan(nodes: readonly PlanNode[], demand: PlanDemand): string | null {
  for (const table of demand.noScan ?? []) {
    const read = (node: PlanNode): boolean => (table === '*' ? node.table !== undefined : same(node.table, table))
    const scan = nodes.find((node) => node.fullScan && read(node))
    if (scan !== undefined) return `${scan.detail}: every row of ${scan.table ?? table} is read${scan.covering ? ', from the index' : ''}.`
    const automatic = nodes.find((node) => node.index === 'automatic' && read(node))
    if (automatic !== undefined) return `${automatic.detail}: SQLite reads every row of ${automatic.table ?? table} to build an index for this query alone.`
  }
  return null
}

function brokenUse(nodes: readonly PlanNode[], demand: PlanDemand, plan: readonly PlanNode[]): string | null {
  for (const wanted of demand.uses ?? []) {
    const table = wanted.endsWith('.*') ? wanted.slice(0, -2) : null
    const used = nodes.some((node) =>
      table === null ? same(node.index, wanted) : node.index !== undefined && node.index !== 'automatic' && !node.fullScan && same(node.table, table),
    )
    if (!used) return `${table === null ? `The index ${wanted} is not used` : `No index of ${table} is used`}. ${shown(plan)}`
  }
  return null
}

function brokenCover(nodes: readonly PlanNode[], demand: PlanDemand, plan: readonly PlanNode[]): string | null {
  for (const table of demand.covering ?? []) {
    const reads = nodes.filter((node) => same(node.table, table))
    if (reads.length === 0) return `The plan does not read ${table}. ${shown(plan)}`
    const visit = reads.find((node) => !node.covering || node.index === 'automatic')
    if (visit !== undefined) return `${visit.detail}: the table ${table} itself is read, not an index alone.`
  }
  return null
}

function brokenSort(nodes: readonly PlanNode[], demand: PlanDemand): string | null {
  const sorts = nodes.filter((node) => node.operation === 'temp-btree')
  for (const clause of demand.noTempBTree ?? []) {
    const sort = sorts.find((node) => clause === 'any' || node.detail.includes(clause))
    if (sort !== undefined) return `${sort.detail}: the rows are collected and sorted after they are read.`
  }
  return null
}

function brokenSearch(nodes: readonly PlanNode[], demand: PlanDemand, plan: readonly PlanNode[], schema: readonly SchemaTable[]): string | null {
  for (const [table, columns] of Object.entries(demand.searchColumns ?? {})) {
    const key = schema.find((entry) => same(entry.name, table))?.columns.find((column) => column.primaryKey)?.name ?? 'rowid'
    const searches = nodes.filter((node) => node.operation === 'search' && node.index !== 'automatic' && same(node.table, table))
    const compared = (node: PlanNode): string[] => searchColumnsOf(node).map((column) => (column === 'rowid' ? key : column).toLowerCase())
    if (searches.some((node) => columns.every((column) => compared(node).includes(column.toLowerCase())))) continue
    const best = searches[0]
    if (best === undefined) return `No index search on ${table}. ${shown(plan)}`
    const missing = columns.filter((column) => !compared(best).includes(column.toLowerCase()))
    return `${best.detail}: the search does not go by ${missing.join(', ')}.`
  }
  return null
}
