/** What changed between two plans of the same query, line by line. */
import type { PlanNode } from '../../../../exercises/kinds/sql/engine.ts'

export interface PlanLine {
  node: PlanNode
  depth: number
}

export interface PlanChange extends PlanLine {
  state: 'same' | 'added' | 'gone'
}

/** The plan as the lines that SQLite's shell would print, top to bottom. */
export function planLines(nodes: readonly PlanNode[], depth = 0): PlanLine[] {
  return nodes.flatMap((node) => [{ node, depth }, ...planLines(node.children, depth + 1)])
}

/** Subquery numbers differ from run to run without meaning; they do not make a line new. */
const identity = (line: PlanLine): string => `${line.depth}:${line.node.detail.replace(/\b(SUBQUERY|\(subquery-)\s*\d+/g, '$1')}`

/** The shortest list of lines kept, gone and added (longest common subsequence). Gone lines come before added ones. */
export function planDiff(before: readonly PlanNode[], after: readonly PlanNode[]): PlanChange[] {
  const left = planLines(before)
  const right = planLines(after)
  // lengths[i][j]: common lines of left from i and right from j on.
  const lengths: number[][] = Array.from({ length: left.length + 1 }, () => Array.from({ length: right.length + 1 }, () => 0))
  const common = (i: number, j: number): number => lengths[i]?.[j] ?? 0
  const equal = (i: number, j: number): boolean => {
    const a = left[i]
    const b = right[j]
    return a !== undefined && b !== undefined && identity(a) === identity(b)
  }
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      const row = lengths[i]
      if (row) row[j] = equal(i, j) ? common(i + 1, j + 1) + 1 : Math.max(common(i + 1, j), common(i, j + 1))
    }
  }
  const changes: PlanChange[] = []
  let i = 0
  let j = 0
  while (i < left.length || j < right.length) {
    const a = left[i]
    const b = right[j]
    if (a && b && equal(i, j)) {
      changes.push({ ...b, state: 'same' })
      i += 1
      j += 1
    } else if (a && (!b || common(i + 1, j) >= common(i, j + 1))) {
      changes.push({ ...a, state: 'gone' })
      i += 1
    } else if (b) {
      changes.push({ ...b, state: 'added' })
      j += 1
    }
  }
  return changes
}

/** Identity of a query for "the plan of the same query before": blanks, comments and case outside quotes do not matter. */
export function queryIdentity(sql: string): string {
  return sql
    .replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ')
    .split(/('(?:[^']|'')*')/)
    .map((part, index) => (index % 2 === 1 ? part : part.toLowerCase().replace(/\s+/g, ' ')))
    .join('')
    .replace(/[;\s]+$/, '')
    .trim()
}
