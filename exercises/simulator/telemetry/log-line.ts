import { fieldValue } from './fields.ts'
import { slotSource, type LineForm } from './line-form.ts'
import { logfmtValue, writtenMessage } from './log-shape.ts'
import type { StringTable } from './string-table.ts'
import { spanIdHex, traceIdHex } from './trace-ids.ts'
import type { TimeFormatter } from './wall-clock.ts'

/** The numbers of one line. A trace of (0, 0) is no trace. */
export interface LogNumbers {
  /** Microseconds since the Unix epoch. */
  readonly timeUs: number
  readonly traceHi: number
  readonly traceLo: number
  readonly spanNumber: number
  /** The number of a field, NaN where it is absent. */
  fieldNumber(at: number): number
}

/** What numbers need to become text. */
export interface LineWorld {
  readonly epochUs: number
  readonly strings: StringTable
  readonly clock: TimeFormatter
}

/** The whole line. */
export function renderLine(form: LineForm, numbers: LogNumbers, world: LineWorld): string {
  let line = ''
  for (const slot of form.slots) {
    const text = slotText(form, slot.source, numbers, world)
    if (text !== null) line += slot.lead + text + slot.tail
  }
  return line
}

/** What a slot of the form holds in this line; null where it is left out. */
export function slotText(form: LineForm, source: number, numbers: LogNumbers, world: LineWorld): string | null {
  const { format } = form
  if (source >= 0) {
    const text = fieldText(form, source, numbers, world)
    if (text === null || format === 'text') return text
    if (format === 'logfmt') return logfmtValue(text)
    // JSON has no infinities; they become strings.
    return form.shape.fields[source]?.kind === 'text' || text === '+Inf' || text === '-Inf' ? JSON.stringify(text) : text
  }
  switch (source) {
    case slotSource.time: return world.clock.format(numbers.timeUs)
    case slotSource.message: return writtenMessage(messageText(form, numbers, world), format)
    case slotSource.trace: return traceText(numbers)
    case slotSource.span: return spanText(numbers)
    default: return ''
  }
}

export function traceText({ traceHi, traceLo }: LogNumbers): string | null {
  return traceHi === 0 && traceLo === 0 ? null : traceIdHex(traceHi, traceLo)
}

export function spanText({ traceHi, traceLo, spanNumber }: LogNumbers): string | null {
  return spanNumber === 0 || (traceHi === 0 && traceLo === 0) ? null : spanIdHex(traceHi, traceLo, spanNumber)
}

/** The value of a field without quotes; null where it is absent. */
export function fieldText({ shape, format }: LineForm, at: number, numbers: LogNumbers, { strings }: LineWorld): string | null {
  const kind = shape.fields[at]?.kind ?? 'number'
  const number = numbers.fieldNumber(at)
  if (kind === 'milliseconds' && Number.isSafeInteger(number) && number >= 0) return millisecondsText(number)
  const value = fieldValue(kind, number, strings)
  if (format === 'json' && (value === Infinity || value === -Infinity)) return value > 0 ? '+Inf' : '-Inf'
  return value === null ? null : String(value)
}

/** The message with its fields filled in. */
export function messageText({ shape, messageParts }: LineForm, numbers: LogNumbers, { strings }: LineWorld): string {
  let text = ''
  for (const part of messageParts) {
    text += typeof part === 'string' ? part : String(fieldValue(shape.fields[part]?.kind ?? 'number', numbers.fieldNumber(part), strings) ?? '')
  }
  return text
}

/** Whole microseconds as milliseconds; much faster than to print the quotient, and the same digits. */
function millisecondsText(timeUs: number): string {
  const whole = Math.floor(timeUs / 1000)
  const rest = timeUs - whole * 1000
  if (rest === 0) return String(whole)
  if (rest % 100 === 0) return `${whole}.${rest / 100}`
  if (rest % 10 === 0) return rest < 100 ? `${whole}.0${rest / 10}` : `${whole}.${rest / 10}`
  return rest < 10 ? `${whole}.00${rest}` : rest < 100 ? `${whole}.0${rest}` : `${whole}.${rest}`
}
