import type { Field } from './fields.ts'
import { fieldValue } from './fields.ts'
import type { StringTable } from './string-table.ts'
import { spanIdHex, traceIdHex } from './trace-ids.ts'

/** How lines of a template look. text is the message alone, as databases and old programs write it. */
export type LogFormat = 'json' | 'logfmt' | 'text'

/** Severities in the words most loggers use. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'

/** What a line says apart from its numbers. */
export interface LogShape {
  readonly level: LogLevel
  /** May name fields as `{field}`. */
  readonly message: string
  readonly format: LogFormat
  readonly fields: readonly Field[]
}

/** The numbers of one line. A trace of (0, 0) is no trace. */
export interface LogNumbers {
  readonly traceHi: number
  readonly traceLo: number
  readonly spanNumber: number
  readonly values: readonly number[]
}

/** Keys are in this order: ts, level, msg, trace_id, span_id, then the fields as declared. */
export function renderLine(shape: LogShape, format: LogFormat, time: string, numbers: LogNumbers, strings: StringTable): string {
  if (format === 'text') return renderMessage(shape, numbers.values, strings)
  return format === 'json' ? renderJson(shape, time, numbers, strings) : renderLogfmt(shape, time, numbers, strings)
}

function renderJson(shape: LogShape, time: string, numbers: LogNumbers, strings: StringTable): string {
  const { traceHi, traceLo, spanNumber, values } = numbers
  let line = `{"ts":"${time}","level":"${shape.level}","msg":${JSON.stringify(renderMessage(shape, values, strings))}`
  if (traceHi !== 0 || traceLo !== 0) {
    line += `,"trace_id":"${traceIdHex(traceHi, traceLo)}"`
    if (spanNumber !== 0) line += `,"span_id":"${spanIdHex(traceHi, traceLo, spanNumber)}"`
  }
  for (let at = 0; at < shape.fields.length; at += 1) {
    const field = shape.fields[at]
    if (field === undefined) continue
    const number = values[at] ?? Number.NaN
    if (field.kind === 'milliseconds' && Number.isSafeInteger(number) && number >= 0) {
      line += `,"${field.name}":${millisecondsText(number)}`
      continue
    }
    const value = fieldValue(field.kind, number, strings)
    if (value !== null) line += `,"${field.name}":${typeof value === 'string' ? JSON.stringify(value) : jsonNumber(value)}`
  }
  return `${line}}`
}

function renderLogfmt(shape: LogShape, time: string, numbers: LogNumbers, strings: StringTable): string {
  const { traceHi, traceLo, spanNumber, values } = numbers
  let line = `ts=${time} level=${shape.level} msg=${logfmtValue(renderMessage(shape, values, strings))}`
  if (traceHi !== 0 || traceLo !== 0) {
    line += ` trace_id=${traceIdHex(traceHi, traceLo)}`
    if (spanNumber !== 0) line += ` span_id=${spanIdHex(traceHi, traceLo, spanNumber)}`
  }
  for (const [at, field] of shape.fields.entries()) {
    const value = fieldValue(field.kind, values[at] ?? Number.NaN, strings)
    if (value !== null) line += ` ${field.name}=${typeof value === 'string' ? logfmtValue(value) : value}`
  }
  return line
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

/** JSON has no infinities; they become strings. */
function jsonNumber(value: number | boolean): string {
  return value === Infinity ? '"+Inf"' : value === -Infinity ? '"-Inf"' : String(value)
}

function logfmtValue(text: string): string {
  return text === '' || /[\s"=\\]/.test(text) ? JSON.stringify(text) : text
}

/** The message with its fields filled in. */
export function renderMessage(shape: LogShape, values: readonly number[], strings: StringTable): string {
  if (!shape.message.includes('{')) return shape.message
  return shape.message.replace(/\{([A-Za-z_][\w.]*)\}/g, (placeholder, name: string) => {
    const at = shape.fields.findIndex((field) => field.name === name)
    const field = shape.fields[at]
    if (field === undefined) return placeholder
    return String(fieldValue(field.kind, values[at] ?? Number.NaN, strings) ?? '')
  })
}
