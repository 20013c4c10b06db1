import { parser } from '@grafana/lezer-logql'
import type { SyntaxNode, Tree } from '@lezer/common'
import { parseFailure } from './errors.ts'
import { tokenise, unquote, type Token } from './tokens.ts'
import { parseDurationSeconds } from '../query/units.ts'

/** The grammar's tree of a query, with what the grammar cannot hold. */
export interface QueryTree {
  readonly query: string
  readonly tree: Tree
  readonly tokens: readonly Token[]
  /** Offsets in microseconds by the end of the range that they follow. */
  readonly offsetsUs: ReadonlyMap<number, number>
}

/**
 * Parses with Grafana's grammar. The grammar is narrower than Loki in two places, which are blanked out first so that
 * every position stays: `offset` behind a range with an unwrap, and parentheses around a pipeline with an unwrap.
 */
export function parseTree(query: string): QueryTree {
  const tokens = tokenise(query)
  const offsetsUs = new Map<number, number>()
  let text = query
  const blank = (start: number, end: number): void => {
    text = text.slice(0, start) + ' '.repeat(end - start) + text.slice(end)
  }
  const open: number[] = []
  tokens.forEach((token, index) => {
    if (token.name === '(') open.push(index)
    if (token.name === ')') {
      const partnerIndex = open.pop() ?? -1
      const partner = tokens[partnerIndex]
      const before = tokens[partnerIndex - 1]?.name
      if (partner !== undefined && tokens[index + 1]?.name === 'RANGE' && (before === '(' || before === ',')) {
        blank(partner.start, partner.end)
        blank(token.start, token.end)
      }
    }
    if (token.name !== 'RANGE' || tokens[index + 1]?.name !== 'offset') return
    const isNegative = tokens[index + 2]?.name === '-'
    const amount = tokens[index + (isNegative ? 3 : 2)]
    if (amount?.name !== 'DURATION') return
    const seconds = parseDurationSeconds(amount.text) ?? 0
    offsetsUs.set(token.end, Math.round(seconds * 1e6) * (isNegative ? -1 : 1))
    blank(tokens[index + 1]?.start ?? token.end, amount.end)
  })
  return { query, tree: parser.parse(text), tokens, offsetsUs }
}

/** Children of a node, in order. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child)
  return children
}

/** Nodes of a name inside a left-recursive list, in order. Does not descend into the nodes that it finds. */
export function listItems(node: SyntaxNode, name: string): SyntaxNode[] {
  const items: SyntaxNode[] = []
  const pending: SyntaxNode[] = [node]
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    if (current !== node && current.name === name) items.push(current)
    else pending.push(...childrenOf(current).reverse())
  }
  return items
}

export function textOf({ query }: QueryTree, node: SyntaxNode): string {
  return query.slice(node.from, node.to)
}

export function placeOfNode(node: SyntaxNode): { start: number; end: number } {
  return { start: node.from, end: node.to }
}

/** The text inside a String node. */
export function stringOf(source: QueryTree, node: SyntaxNode): string {
  const text = unquote(textOf(source, node))
  if (text === null) {
    throw parseFailure(source.query, node.from, node.to, 'invalid syntax: unknown escape in a string',
      'In double quotes a backslash starts an escape such as \\n or \\". Write two backslashes, or put the text in backticks: `\\d+`.')
  }
  return text
}

/** A node that the grammar promises. Missing only in trees with errors, which are refused before. */
export function need(source: QueryTree, node: SyntaxNode, name: string): SyntaxNode {
  const child = node.getChild(name)
  if (child === null) throw parseFailure(source.query, node.from, node.to, `syntax error: ${name} missing`, null)
  return child
}
