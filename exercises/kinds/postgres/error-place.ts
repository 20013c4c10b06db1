/** Where in a text an error is, so that an editor can underline it. */
import { tokenize } from './lexer.ts'
import type { PostgresError } from './session.ts'

/** What is said of a session whose server, or whose connection, has gone. */
export const lostConnection: PostgresError = { sqlstate: '08000', message: 'The connection to the server is gone.', hint: 'Open the session again.', start: 0, end: 0 }

/** PostgreSQL counts characters; an offset counts UTF-16 units. `characters` is 0-based. */
export function codePointOffset(sql: string, characters: number): number {
  let offset = 0
  for (let passed = 0; passed < characters && offset < sql.length; passed += 1) offset += (sql.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1
  return offset
}

/** The token at an offset, or the whole text where PostgreSQL names no place. */
export function errorRange(sql: string, offset: number | null): { start: number; end: number } {
  if (offset === null) return { start: 0, end: sql.length }
  const token = tokenize(sql).find(({ start, end }) => start <= offset && offset < end)
  return token === undefined ? { start: Math.max(0, sql.length - 1), end: sql.length } : { start: offset, end: token.end }
}
