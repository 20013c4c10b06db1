/** What each line of a query plan means, in plain words, and which of them deserve a second look. */
import type { PlanNode } from '../../../../exercises/kinds/sql/engine.ts'

export interface PlanFlag {
  /** `costly`: usually the slow part. `look`: fine or not, depending on sizes. `good`: as cheap as it gets. */
  weight: 'costly' | 'look' | 'good'
  /** One or two words beside the mark. */
  word: string
}

export interface PlanWords {
  flags: PlanFlag[]
  /** One or two sentences. */
  explanation: string
}

const constraintOf = (detail: string): string | null => /\(([^()]*(?:\([^()]*\)[^()]*)*)\)\s*(?:LEFT-JOIN)?$/.exec(detail)?.[1] ?? null

function words(explanation: string, ...flags: PlanFlag[]): PlanWords {
  return { flags, explanation }
}

function scanWords(node: PlanNode): PlanWords {
  const source = node.table ?? node.detail.replace(/^SCAN\s+/, '')
  if (/CONSTANT ROWS?/.test(node.detail)) return words('Uses values written in the query itself.')
  if (/VIRTUAL TABLE INDEX/.test(node.detail)) {
    return words(`Asks the virtual table ${source} for its rows; how it finds them is its own affair.`, { weight: 'look', word: 'Virtual table' })
  }
  if (!node.fullScan) return words(`Reads each row of ${source}, an intermediate result of this query.`)
  if (node.index !== undefined) {
    const covering = node.covering ? 'It holds every column needed, so the table itself is not read.' : 'Each entry then costs a look-up in the table.'
    return words(`Reads the whole index ${node.index} from end to end. ${covering}`, { weight: 'costly', word: 'Full index scan' })
  }
  return words(`Reads every row of ${source}. The cost grows with the table, whatever the result's size.`, { weight: 'costly', word: 'Full scan' })
}

function searchWords(node: PlanNode): PlanWords {
  const source = node.table ?? 'the table'
  const by = constraintOf(node.detail)
  const where = by === null ? '' : ` where ${by.replaceAll(' AND ', ' and ')}`
  if (/AUTOMATIC/.test(node.detail)) {
    return words(
      `Finds rows of ${source}${where} through an index that SQLite builds for this run and then throws away, because none of yours fits.`,
      { weight: 'costly', word: 'Automatic index' },
    )
  }
  if (/INTEGER PRIMARY KEY/.test(node.detail)) {
    return words(`Goes straight to rows of ${source}${where}, by the table's own key.`, { weight: 'good', word: 'By key' })
  }
  if (node.index === undefined) return words(`Finds rows of ${source}${where} without reading all of it.`)
  if (node.covering) {
    return words(`Finds rows of ${source}${where} in index ${node.index}, which holds every column needed. The table itself is not read.`, {
      weight: 'good',
      word: 'Covering',
    })
  }
  return words(`Finds rows of ${source}${where} in index ${node.index}, then looks up each one in the table.`)
}

/** Lines that are neither scan nor search, by how they begin. First match wins. */
const otherLines: readonly [RegExp, PlanWords][] = [
  [
    /^CORRELATED (SCALAR|LIST) SUBQUERY/,
    words('Runs again for every row of the query around it, because it refers to that row.', { weight: 'look', word: 'Runs per row' }),
  ],
  [/^SCALAR SUBQUERY/, words('Runs once and gives a single value.')],
  [/^LIST SUBQUERY/, words('Runs once and keeps its rows, sorted, to test membership.')],
  [/^REUSE /, words('Uses rows that an earlier part of the plan has kept.')],
  [/^CO-ROUTINE/, words('Produces its rows one at a time, as the part below asks for them. Nothing is stored.')],
  [/^MATERIALIZE/, words('Runs once and stores its rows in a temporary table without indexes.', { weight: 'look', word: 'Stored' })],
  [/^MULTI-INDEX OR/, words('Answers each side of an OR by its own search, then joins the row numbers found.')],
  [/^INDEX \d+/, words('One side of the OR above.')],
  [/^BLOOM FILTER/, words('Makes a small table of bits first, to skip rows that cannot match.')],
  [/^COMPOUND QUERY/, words('Combines the results of several SELECTs.')],
  [/^MERGE/, words('Merges two sorted results, reading each once.')],
  [/^LEFT-MOST SUBQUERY/, words('The first SELECT of the combination.')],
  [/^(UNION|INTERSECT|EXCEPT)( USING TEMP B-TREE| ALL)?/, words('The next SELECT of the combination. A temporary B-tree, where one is named, removes duplicates.')],
  [/^SETUP/, words('The first step of the recursive query: its starting rows.')],
  [/^RECURSIVE STEP/, words('Runs for each row found so far, until it finds no more.')],
  [/^QUERY PLAN/, words('The whole statement.')],
]

/** Explains one node. Unknown lines are shown as SQLite says them, without a guess. */
export function planWords(node: PlanNode): PlanWords {
  if (node.operation === 'temp-btree') {
    const purpose = /FOR (.+)$/.exec(node.detail)?.[1] ?? 'this step'
    if (/DISTINCT/.test(purpose)) {
      return words('Keeps the values seen so far in temporary storage, to leave out repeats.', { weight: 'look', word: 'Temporary set' })
    }
    const part = /LAST|RIGHT PART/.test(purpose) ? 'Part of the order comes from an index; the rest is sorted' : 'Rows are collected and sorted'
    return words(`${part} in temporary storage for ${purpose}. Nothing comes out before the last row has gone in.`, { weight: 'costly', word: 'Sort' })
  }
  if (node.operation === 'scan') return scanWords(node)
  if (node.operation === 'search') return searchWords(node)
  const known = otherLines.find(([pattern]) => pattern.test(node.detail))
  return known?.[1] ?? words('A step that SQLite names itself.')
}

/** Counts of flagged lines in a plan, for its one-line summary. */
export function planSummary(nodes: readonly PlanNode[]): string {
  let scans = 0
  let sorts = 0
  let searches = 0
  const visit = (node: PlanNode): void => {
    if (node.operation === 'temp-btree') sorts += 1
    else if (node.operation === 'scan' && node.fullScan) scans += 1
    else if (node.operation === 'search') searches += 1
    node.children.forEach(visit)
  }
  nodes.forEach(visit)
  const count = (amount: number, one: string, many: string): string => `${amount} ${amount === 1 ? one : many}`
  return [count(scans, 'full scan', 'full scans'), count(searches, 'search', 'searches'), count(sorts, 'temporary sort', 'temporary sorts')].join(', ')
}
