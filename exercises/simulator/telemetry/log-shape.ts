import type { Field } from './fields.ts'

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

/** The message as a format writes it. */
export function writtenMessage(message: string, format: LogFormat): string {
  return format === 'json' ? JSON.stringify(message) : format === 'logfmt' ? logfmtValue(message) : message
}

/** A value of logfmt, in quotes where it needs them. */
export function logfmtValue(text: string): string {
  return text === '' || /[\s"=\\]/.test(text) ? JSON.stringify(text) : text
}
