/** Holds a plan against what an exercise demands of it. */
import type { Plan } from './plan.ts'
import { formatPlan, planNodes } from './plan.ts'
import type { PlanDemand } from './schema.ts'

/** The first demand that the plan breaks, told with the plan's own words; null when all hold. */
export function brokenDemand(plan: Plan, demand: PlanDemand): string | null {
  const nodes = planNodes(plan.root)
  const shown = `The plan:\n${formatPlan(plan.root)}`
  for (const table of demand.noSeqScan ?? []) {
    const scan = nodes.find((node) => node.type === 'Seq Scan' && (table === '*' || node.table === table))
    if (scan !== undefined) return `Seq Scan on ${scan.table}: every row of it is read, and ${scan.removedRows} are thrown away.`
  }
  for (const wanted of demand.uses ?? []) {
    const table = wanted.endsWith('.*') ? wanted.slice(0, -2) : null
    // A Bitmap Index Scan names its index only; the table stands at the Bitmap Heap Scan above it.
    const used = nodes.some((node) => node.index !== undefined && (table === null ? node.index === wanted : node.table === table)) ||
      (table !== null && nodes.some((node) => node.type === 'Bitmap Heap Scan' && node.table === table))
    if (!used) return `${table === null ? `The index ${wanted} is not used` : `No index of ${table} is used`}. ${shown}`
  }
  for (const table of demand.indexOnly ?? []) {
    if (!nodes.some((node) => node.type === 'Index Only Scan' && node.table === table)) return `${table} is not read from an index alone. ${shown}`
  }
  for (const type of demand.without ?? []) if (nodes.some((node) => node.type === type)) return `The plan holds a ${type}. ${shown}`
  const touched = (plan.root.buffers?.hit ?? 0) + (plan.root.buffers?.read ?? 0)
  if (demand.maxBuffers !== undefined && touched > demand.maxBuffers) return `It touches ${touched} pages; ${demand.maxBuffers} are enough. ${shown}`
  const worst = nodes.reduce((a, b) => ((b.misestimate ?? 1) > (a.misestimate ?? 1) ? b : a))
  if (demand.maxMisestimate !== undefined && (worst.misestimate ?? 1) > demand.maxMisestimate) return `${worst.type}${worst.table === undefined ? '' : ` on ${worst.table}`}: ${worst.estimatedRows} rows expected, ${worst.actualRows} seen, ${worst.misestimate} times apart.`
  return null
}
