/** Completion of LogQL: what may stand at the cursor, by looking at the text before it. */
import { RANGE_FUNCTIONS, STAGES } from './tokens.ts'

export interface LogqlOption {
  readonly text: string
  readonly kind: 'label' | 'value' | 'stage' | 'function'
}

export interface LogqlCompletion {
  /** Where the word that an option replaces begins. */
  readonly from: number
  readonly options: readonly LogqlOption[]
}

const mostOptions = 60

/** What may stand at the cursor. @param labels values of each label of the streams @param cursor in UTF-16 units */
export function completeLogql(query: string, cursor: number, labels: Readonly<Record<string, readonly string[]>>): LogqlCompletion {
  const before = query.slice(0, cursor)
  const inValue = /\{[^{}]*?(\w+)\s*(?:=~|!~|!=|=)\s*"([^"|]*\|)*([^"|]*)$/.exec(before)
  if (inValue !== null && (before.match(/"/g)?.length ?? 0) % 2 === 1) {
    const typed = inValue[3] ?? ''
    return pick(cursor - typed.length, typed, (labels[inValue[1] ?? ''] ?? []).map((text) => ({ text, kind: 'value' })))
  }
  const typed = /\w*$/.exec(before)?.[0] ?? ''
  const from = cursor - typed.length
  const rest = before.slice(0, from)
  if ((rest.match(/"/g)?.length ?? 0) % 2 === 1) return { from, options: [] }
  if (/\{[^{}]*$/.test(rest)) return pick(from, typed, Object.keys(labels).map((text) => ({ text, kind: 'label' })))
  if (/\|\s*$/.test(rest)) return pick(from, typed, STAGES.map((text) => ({ text, kind: 'stage' })))
  if (/^\s*$|[(,]\s*$/.test(rest)) return pick(from, typed, RANGE_FUNCTIONS.map((text) => ({ text, kind: 'function' })))
  return { from, options: [] }
}

function pick(from: number, typed: string, options: readonly LogqlOption[]): LogqlCompletion {
  const wanted = typed.toLowerCase()
  const found = options.filter(({ text }) => text.toLowerCase().includes(wanted)).toSorted((one, other) => Number(!one.text.toLowerCase().startsWith(wanted)) - Number(!other.text.toLowerCase().startsWith(wanted)))
  if (found.length === 1 && found[0]?.text === typed) return { from, options: [] }
  return { from, options: found.slice(0, mostOptions) }
}
