/** Completion of PromQL: what may stand at the cursor, by looking at the text before it. */
import { aggregators } from './ast.ts'
import { functionNames } from './functions/signatures.ts'

/** Names of the series that are there. */
export interface SeriesNames {
  readonly metrics: readonly string[]
  readonly labels: readonly string[]
  /** Values of a label; empty while they are not known. */
  valuesOf(label: string): readonly string[]
}

export interface PromqlOption {
  readonly text: string
  readonly kind: 'metric' | 'function' | 'aggregation' | 'label' | 'value' | 'keyword'
}

export interface PromqlCompletion {
  /** Where the word that an option replaces begins. */
  readonly from: number
  readonly options: readonly PromqlOption[]
}

/** Most options given. */
const mostOptions = 60
const keywords = ['by', 'without', 'on', 'ignoring', 'group_left', 'group_right', 'offset', 'bool', 'and', 'or', 'unless']

/** The label whose value is being typed, where the cursor is inside a quoted matcher value. */
export function labelBeforeValue(before: string): string | null {
  return /\{[^{}]*?(\w+)\s*(?:=~|!~|!=|=)\s*"[^"]*$/.exec(before)?.[1] ?? null
}

/** What may stand at the cursor of a query. @param cursor in UTF-16 units */
export function completePromql(query: string, cursor: number, names: SeriesNames): PromqlCompletion {
  const before = query.slice(0, cursor)
  const label = labelBeforeValue(before)
  if (label !== null) {
    const typed = /[^"|]*$/.exec(before)?.[0] ?? ''
    return pick(cursor - typed.length, typed, names.valuesOf(label).map((text) => ({ text, kind: 'value' })))
  }
  const typed = /[\w:]*$/.exec(before)?.[0] ?? ''
  const from = cursor - typed.length
  const rest = before.slice(0, from)
  const isLabel = /\{[^{}]*$/.test(rest) || /\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^()]*$/.test(rest)
  if (isLabel) return pick(from, typed, names.labels.filter((name) => name !== '__name__').map((text) => ({ text, kind: 'label' })))
  // Within a string or a duration nothing is known.
  if (/\[[^\]]*$/.test(rest) || /^\d/.test(typed)) return { from, options: [] }
  return pick(from, typed, [
    ...names.metrics.map((text) => ({ text, kind: 'metric' as const })),
    ...aggregators.map((text) => ({ text, kind: 'aggregation' as const })),
    ...functionNames().map((text) => ({ text, kind: 'function' as const })),
    ...keywords.map((text) => ({ text, kind: 'keyword' as const })),
  ])
}

/** What begins with the typed word first, then what holds it; nothing where it is there already. */
function pick(from: number, typed: string, options: readonly PromqlOption[]): PromqlCompletion {
  const wanted = typed.toLowerCase()
  const places = options.map((option) => ({ option, place: option.text.toLowerCase().indexOf(wanted) })).filter(({ place }) => place >= 0)
  const found = places.toSorted((one, other) => Number(one.place > 0) - Number(other.place > 0)).map(({ option }) => option)
  if (found.length === 1 && found[0]?.text === typed) return { from, options: [] }
  return { from, options: found.slice(0, mostOptions) }
}
