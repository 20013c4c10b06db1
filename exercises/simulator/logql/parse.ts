import { diagnose, firstErrorOffset, problemSuggestion } from './diagnose.ts'
import { asResult, parseFailure, type Result } from './errors.ts'
import { parseExpression } from './parse-metric.ts'
import type { Expression } from './syntax.ts'
import { tokenise } from './tokens.ts'
import { childrenOf, parseTree } from './tree.ts'

const LONGEST_QUERY = 10_000
const DEEPEST_NESTING = 100

/** Reads a LogQL query. Errors carry line, column and a suggestion, in Loki's words. Never throws. */
export function parseLogql(query: string): Result<Expression> {
  return asResult(() => parseOrThrow(query))
}

function parseOrThrow(query: string): Expression {
  if (query.length > LONGEST_QUERY) {
    throw parseFailure(query, LONGEST_QUERY, query.length, `input size too long (${query.length} > ${LONGEST_QUERY})`, 'Shorten the query.')
  }
  let depth = 0
  for (const token of tokenise(query)) {
    depth += token.name === '(' ? 1 : token.name === ')' ? -1 : 0
    if (depth > DEEPEST_NESTING) throw parseFailure(query, token.start, token.end, 'parentheses nest too deeply', 'Remove parentheses.')
  }
  const source = parseTree(query)
  const errorOffset = firstErrorOffset(source.tree)
  if (errorOffset >= 0) throw diagnose(source, errorOffset)
  const broken = source.tokens.find((token) => token.problem !== null)
  if (broken?.problem) throw parseFailure(query, broken.start, broken.end, broken.problem, problemSuggestion(broken))
  const top = childrenOf(source.tree.topNode).find((child) => child.name === 'Expr')
  if (top === undefined) throw diagnose(source, 0)
  return parseExpression(source, top)
}
