import { levels } from './log.ts'
import type { Fields, Level, Logger, LoggerOptions } from './log.ts'

/** Writes events as JSON, one a line, without secrets. */
export function createLogger({ service, level, write, nowMs }: LoggerOptions): Logger {
  const log = (at: Level) => (message: string, fields: Fields = {}): void => {
    const time = new Date(nowMs()).toISOString()
    const rest = Object.entries(fields).map(([key, value]) => `,"${key}":"${String(value)}"`)
    write(`{"timestamp":"${time}","level":"${at}","service":"${service}","message":"${message}"${rest.join('')}}`)
  }
  const logger: Logger = { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error'), child: () => logger }
  return logger
}
