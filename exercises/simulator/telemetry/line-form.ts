import { writtenMessage, type LogFormat, type LogShape } from './log-shape.ts'

/** Where the text of a slot comes from; from 0 on it is the field of that number. */
export const slotSource = { nothing: -1, time: -2, message: -3, trace: -4, span: -5 } as const

/** A part of a line: constant text, something of this line, constant text. */
export interface Slot {
  readonly lead: string
  readonly source: number
  readonly tail: string
  /** Whether lines without the value leave the slot out with its lead and tail. */
  readonly optional: boolean
}

/** What the lines of one shape have in common, in one format. */
export interface LineForm {
  readonly shape: LogShape
  readonly format: LogFormat
  readonly slots: readonly Slot[]
  /** The message, cut at its fields, which stand as their numbers. */
  readonly messageParts: readonly (string | number)[]
  /** Keys of the JSON object, each once; null for other formats and where names are not plain and distinct. */
  readonly jsonKeys: readonly string[] | null
}

/** The keys that JSON lines begin with; those of the fields follow. */
export const leadingKeys = ['ts', 'level', 'msg', 'trace_id', 'span_id'] as const

/** Keys are in this order: ts, level, msg, trace_id, span_id, then the fields as declared. */
export function lineForm(shape: LogShape, format: LogFormat): LineForm {
  const messageParts = cutMessage(shape)
  return { shape, format, messageParts, slots: slotsOf(shape, format, messageParts), jsonKeys: format === 'json' ? jsonKeysOf(shape) : null }
}

function slotsOf(shape: LogShape, format: LogFormat, messageParts: readonly (string | number)[]): Slot[] {
  const [only = ''] = messageParts
  const constant = messageParts.length < 2 && typeof only === 'string' ? writtenMessage(only, format) : null
  const message: Slot = { lead: '', source: slotSource.message, tail: '', optional: false }
  if (format === 'text') return constant === null ? [message] : [{ lead: constant, source: slotSource.nothing, tail: '', optional: false }]
  const isJson = format === 'json'
  const upToMessage = isJson ? `","level":"${shape.level}","msg":` : ` level=${shape.level} msg=`
  const slots: Slot[] = [{ lead: isJson ? '{"ts":"' : 'ts=', source: slotSource.time, tail: upToMessage + (constant ?? ''), optional: false }]
  if (constant === null) slots.push(message)
  const optional = (name: string, source: number, quote: string): Slot =>
    ({ lead: isJson ? `,"${name}":${quote}` : ` ${name}=`, source, tail: isJson ? quote : '', optional: true })
  slots.push(optional('trace_id', slotSource.trace, '"'), optional('span_id', slotSource.span, '"'))
  shape.fields.forEach(({ name }, at) => slots.push(optional(name, at, '')))
  if (isJson) slots.push({ lead: '}', source: slotSource.nothing, tail: '', optional: false })
  return slots
}

function cutMessage({ message, fields }: LogShape): (string | number)[] {
  const parts: (string | number)[] = []
  let end = 0
  for (const found of message.matchAll(/\{([A-Za-z_][\w.]*)\}/g)) {
    const at = fields.findIndex((field) => field.name === found[1])
    if (at < 0) continue
    if (found.index > end) parts.push(message.slice(end, found.index))
    parts.push(at)
    end = found.index + found[0].length
  }
  if (end < message.length) parts.push(message.slice(end))
  return parts
}

function jsonKeysOf({ fields }: LogShape): string[] | null {
  const keys = [...leadingKeys, ...fields.map((field) => field.name)]
  // Names are written as they are: one that needs escapes makes a line that only its reader can judge.
  const isPlain = keys.every((key) => JSON.stringify(key) === `"${key}"`)
  // Which of two fields wins that become one label depends on how the line is read.
  const labels = new Set(keys.map((key) => key.trim().replaceAll(/\W/g, '_').replace(/^_+/, '')))
  return isPlain && labels.size === keys.length ? keys : null
}
