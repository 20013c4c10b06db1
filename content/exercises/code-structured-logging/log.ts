export type Level = 'debug' | 'info' | 'warn' | 'error'
export const levels: readonly Level[] = ['debug', 'info', 'warn', 'error']

export type Fields = Readonly<Record<string, unknown>>

export interface LoggerOptions {
  service: string
  /** Events below this level are not written. */
  level: Level
  /** Takes one line, without its end. */
  write: (line: string) => void
  /** Milliseconds since 1970. */
  nowMs: () => number
}

export interface Logger {
  debug(message: string, fields?: Fields): void
  info(message: string, fields?: Fields): void
  warn(message: string, fields?: Fields): void
  error(message: string, fields?: Fields): void
  /** A logger that adds these fields to each of its events. */
  child(fields: Fields): Logger
}

export const redacted = '[redacted]'

const secretNames: ReadonlySet<string> = new Set([
  'password', 'newpassword', 'passphrase', 'secret', 'clientsecret', 'token', 'accesstoken', 'refreshtoken', 'idtoken', 'authorization', 'proxyauthorization', 'cookie', 'setcookie', 'apikey', 'xapikey', 'cardnumber', 'cvc',
])

/** Whether what is called so is a secret: `Set-Cookie`, `api_key` and `newPassword` are, `token_count` is not. */
export function isSecretName(name: string): boolean {
  return secretNames.has(name.toLowerCase().replace(/[-_]/g, ''))
}
