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
export function renderLine(shape: LogShape, time: string, numbers: LogNumbers, strings: StringTable): string {
  const message = renderMessage(shape, numbers.values, strings)
  if (shape.format === 'text') return message
  const { traceHi, traceLo, spanNumber } = numbers
  const json = shape.format === 'json'
  let line = json ? `{"ts":"${time}","level":"${shape.level}","msg":${JSON.stringify(message)}` : `ts=${time} level=${shape.level} msg=${logfmtValue(message)}`
  if (traceHi !== 0 || traceLo !== 0) {
    line += pair(json, 'trace_id', traceIdHex(traceHi, traceLo))
    if (spanNumber !== 0) line += pair(json, 'span_id', spanIdHex(traceHi, traceLo, spanNumber))
  }
  for (let at = 0; at < shape.fields.length; at += 1) {
    const field = shape.fields[at]
    if (field === undefined) continue
    const value = fieldValue(field.kind, numbers.values[at] ?? Number.NaN, strings)
    if (value !== null) line += pair(json, field.name, value)
  }
  return json ? `${line}}` : line
}

function pair(json: boolean, name: string, value: string | number | boolean): string {
  if (json) return `,"${name}":${typeof value === 'string' ? JSON.stringify(value) : jsonNumber(value)}`
  return ` ${name}=${typeof value === 'string' ? logfmtValue(value) : value}`
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
