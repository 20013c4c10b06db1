/** What differs between the SQL of one engine and another for the editor. */
import { splitStatements } from '../../../../exercises/kinds/postgres/statements.ts'
import { postgresFunctions, postgresKeywords } from './postgres-vocabulary.ts'
import { functions, keywords } from './sql-vocabulary.ts'
import { statementAt } from './statement-at.ts'

export type DialectName = 'sqlite' | 'postgres'

export interface Vocabulary {
  keywords: readonly string[]
  /** Signatures by name. */
  functions: Readonly<Record<string, string>>
}

export interface Dialect {
  vocabulary: Vocabulary
  /** The statement that the caret means; null when there is none. */
  statementAt(text: string, offset: number): { text: string; start: number } | null
}

export const dialects: Readonly<Record<DialectName, Dialect>> = {
  sqlite: { vocabulary: { keywords, functions }, statementAt },
  postgres: { vocabulary: { keywords: postgresKeywords, functions: postgresFunctions }, statementAt: postgresStatementAt },
}

/** As in SQLite: the one around the caret, or the one before it when it stands between two. */
function postgresStatementAt(text: string, offset: number): { text: string; start: number } | null {
  const statements = splitStatements(text)
  const endOf = (statement: (typeof statements)[number]): number => statement.start + statement.text.length
  return (
    statements.find((statement) => offset >= statement.start && offset <= endOf(statement)) ??
    statements.findLast((statement) => endOf(statement) <= offset) ??
    statements[0] ??
    null
  )
}
