/** The statement that the caret means. */
import type { Statement } from '../../../../exercises/kinds/sql/statements.ts'
import { splitStatements } from '../../../../exercises/kinds/sql/statements.ts'

/**
 * The statement that the caret is in, or the one before it when it stands between two, so that running "this one"
 * right after typing its semicolon does what is meant. Null when there is none.
 */
export function statementAt(text: string, offset: number): Statement | null {
  const statements = splitStatements(text)
  return (
    statements.find((statement) => offset >= statement.start && offset <= statement.end) ??
    statements.findLast((statement) => statement.end <= offset) ??
    statements[0] ??
    null
  )
}
