/** Reading the grammar's syntax tree. */
import { parser } from '@prometheus-io/lezer-promql'
import type { Token } from './lexer.ts'
import type { SyntaxNode, Tree } from '@lezer/common'

/** The grammar wants a digit after a number's point and Prometheus does not: `2.` and `2.e3` are rewritten in the same width. */
function withoutBarePoints(query: string, tokens: readonly Token[]): string {
  let text = query
  for (const token of tokens) {
    if (token.kind !== 'number') continue
    const bare = /^([0-9_]+)\.(?=$|[eE])/.exec(token.text)
    if (bare) text = `${text.slice(0, token.from)} ${bare[1]}${text.slice(token.from + bare[0].length)}`
  }
  return text
}

export interface ParsedTree {
  readonly root: SyntaxNode
  /** Offset of the first error, or null. */
  readonly errorAt: number | null
  /** Levels of the tree. */
  readonly deepest: number
}

/** Parses with the grammar. The parser recovers from errors, so this cannot fail. */
export function parseTree(query: string, tokens: readonly Token[]): ParsedTree {
  const tree: Tree = parser.parse(withoutBarePoints(query, tokens))
  let errorAt: number | null = null
  let level = 0
  let deepest = 0
  tree.iterate({
    enter(node) {
      level += 1
      deepest = Math.max(deepest, level)
      if (node.type.isError && (errorAt === null || node.from < errorAt)) errorAt = node.from
    },
    leave() {
      level -= 1
    },
  })
  return { root: tree.topNode, errorAt, deepest }
}

/** All children, comments left out. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) if (child.name !== 'LineComment') found.push(child)
  return found
}

export function childNamed(node: SyntaxNode, ...names: readonly string[]): SyntaxNode | null {
  return childrenOf(node).find((child) => names.includes(child.name)) ?? null
}
