/** Reads selectors, matchers and lists of label names from the grammar's tree. */
import { metricNameLabel } from './label-set.ts'
import { matcherPatternProblem } from '../query/matcher.ts'
import { regexSuggestion } from '../regex/index.ts'
import { ParseFailure } from './query-error.ts'
import { unquote } from './string-literal.ts'
import { childNamed, childrenOf } from './tree.ts'
import type { VectorMatching, VectorSelector } from './ast.ts'
import type { Matcher } from './source.ts'
import type { SyntaxNode } from '@lezer/common'

function stringValue(node: SyntaxNode, query: string): string {
  const literal = query.slice(node.from, node.to)
  const value = unquote(literal)
  if (value === null) {
    throw new ParseFailure({ from: node.from, to: node.to }, `error unquoting string ${literal}: invalid syntax`, 'Write a backslash twice, or use backquotes around the string.')
  }
  return value
}

/** `name{matchers}`. @throws ParseFailure for a bad string or regular expression */
export function readSelector(node: SyntaxNode, query: string): VectorSelector {
  const identifier = childNamed(node, 'Identifier')
  const list = childNamed(node, 'LabelMatchers')
  const matchers = list ? childrenOf(list).map((child) => readMatcher(child, query)) : []
  const name = identifier ? query.slice(identifier.from, identifier.to) : null
  if (name !== null) matchers.push({ name: metricNameLabel, op: '=', value: name })
  return { kind: 'selector', name, matchers, offsetMs: null, at: null, from: node.from, to: node.to }
}

function readMatcher(node: SyntaxNode, query: string): Matcher {
  if (node.name === 'QuotedLabelName') return { name: metricNameLabel, op: '=', value: stringValue(childrenOf(node)[0] ?? node, query) }
  const [label, operator, value] = childrenOf(node)
  if (!label || !operator || !value) throw new ParseFailure({ from: node.from, to: node.to }, 'unexpected label matching')
  const name = label.name === 'QuotedLabelName' ? stringValue(childrenOf(label)[0] ?? label, query) : query.slice(label.from, label.to)
  const written = query.slice(operator.from, operator.to)
  const op = written === '=~' || written === '!~' || written === '!=' ? written : '='
  const text = stringValue(value, query)
  if (op === '=~' || op === '!~') {
    const problem = matcherPatternProblem(text)
    if (problem !== null) throw new ParseFailure({ from: node.from, to: value.to }, problem.message, regexSuggestion(problem.message))
  }
  return { name, op, value: text }
}

/** The names in `(a, "b")`. */
export function readLabelNames(node: SyntaxNode | null, query: string): string[] {
  if (!node) return []
  return childrenOf(node).map((child) => (child.name === 'QuotedLabelName' ? stringValue(childrenOf(child)[0] ?? child, query) : query.slice(child.from, child.to)))
}

/** `on(...)` or `ignoring(...)` with its group; without any, all labels match one to one. */
export function readMatchingModifiers(node: SyntaxNode | null, query: string): VectorMatching {
  if (!node) return { on: false, labels: [], group: null, include: [] }
  const lists = childrenOf(node).filter((child) => child.name === 'GroupingLabels')
  const group = childNamed(node, 'GroupLeft') ? 'left' : childNamed(node, 'GroupRight') ? 'right' : null
  return { on: childNamed(node, 'On') !== null, labels: readLabelNames(lists[0] ?? null, query), group, include: readLabelNames(lists[1] ?? null, query) }
}
