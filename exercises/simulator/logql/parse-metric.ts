import type { SyntaxNode } from '@lezer/common'
import { parseFailure } from './errors.ts'
import { checkRegex, parseLabelFilter, parseSelector, parseStage } from './parse-logs.ts'
import type {
  BinaryOperation, BinaryOperator, Expression, Grouping, LogExpression, MetricExpression, RangeAggregation, RangeFunction, Unwrap,
  VectorAggregation, VectorFunction, VectorMatching,
} from './syntax.ts'
import { childrenOf, listItems, need, placeOfNode, stringOf, textOf, type QueryTree } from './tree.ts'
import { parseDurationSeconds, parseNumber } from '../query/units.ts'

/** Parses an Expr, LogExpr or MetricExpr node. */
export function parseExpression(source: QueryTree, node: SyntaxNode): Expression {
  if (node.name === 'LogExpr') {
    const inner = node.getChild('LogExpr')
    return inner === null ? parseLogs(source, node) : parseExpression(source, inner)
  }
  if (node.name === 'MetricExpr' || node.name === 'Expr') {
    const content = childrenOf(node).find((child) => child.name !== 'LineComment')
    if (content !== undefined) return parseExpression(source, content)
  }
  return parseMetricNode(source, node)
}

/** A selector with its stages, from a LogExpr or a LogRangeExpr. */
function parseLogs(source: QueryTree, node: SyntaxNode): LogExpression {
  const selector = need(source, node, 'Selector')
  const pipelines = node.getChildren('PipelineExpr')
  const stages = pipelines.flatMap((pipeline) => listItems(pipeline, 'PipelineStage')).flatMap((stage) => parseStage(source, stage))
  return { kind: 'logs', ...placeOfNode(node), matchers: parseSelector(source, selector), stages }
}

function parseMetric(source: QueryTree, node: SyntaxNode, role: string): MetricExpression {
  const expression = parseExpression(source, node)
  if (expression.kind !== 'logs') return expression
  throw parseFailure(source.query, node.from, node.to, `unexpected type for ${role}: log lines, expecting a metric`,
    'Count the lines first: rate({...}[5m]) or count_over_time({...}[5m]).')
}

function parseMetricNode(source: QueryTree, node: SyntaxNode): MetricExpression {
  const place = placeOfNode(node)
  switch (node.name) {
    case 'RangeAggregationExpr': return parseRangeAggregation(source, node)
    case 'VectorAggregationExpr': return parseVectorAggregation(source, node)
    case 'BinOpExpr': return parseBinaryChain(source, node)
    case 'LiteralExpr': return { kind: 'scalar', ...place, value: numberOf(source, node) }
    case 'VectorExpr': return { kind: 'vector', ...place, value: numberOf(source, need(source, node, 'Number')) }
    case 'LabelReplaceExpr': {
      const strings = node.getChildren('String')
      const [destination, replacement, from, pattern] = strings.map((item) => stringOf(source, item))
      const patternNode = strings[3]
      if (patternNode !== undefined) checkRegex(source, patternNode, pattern ?? '')
      const inner = parseMetric(source, need(source, node, 'MetricExpr'), 'label_replace')
      return { kind: 'label-replace', ...place, inner, destination: destination ?? '', replacement: replacement ?? '', source: from ?? '', pattern: pattern ?? '' }
    }
    default: throw parseFailure(source.query, node.from, node.to, `unsupported expression: ${textOf(source, node).split('(')[0] ?? ''}`,
      'To count distinct values, count the series of a sum by that label: count(sum by (user) (count_over_time({...} [5m]))).')
  }
}

function numberOf(source: QueryTree, node: SyntaxNode): number {
  return parseNumber(textOf(source, node).replaceAll(/\s/g, '')) ?? NaN
}

function parseGrouping(source: QueryTree, node: SyntaxNode): Grouping | null {
  const grouping = node.getChild('Grouping')
  if (grouping === null) return null
  return { without: grouping.getChild('Without') !== null, labels: listItems(grouping, 'Identifier').map((label) => textOf(source, label)) }
}

const UNWRAP_ONLY: readonly RangeFunction[] = [
  'rate_counter', 'avg_over_time', 'sum_over_time', 'min_over_time', 'max_over_time', 'stddev_over_time', 'stdvar_over_time',
  'quantile_over_time', 'first_over_time', 'last_over_time',
]
const LINES_ONLY: readonly RangeFunction[] = ['count_over_time', 'bytes_rate', 'bytes_over_time']
const GROUPED: readonly RangeFunction[] = [
  'avg_over_time', 'stddev_over_time', 'stdvar_over_time', 'quantile_over_time', 'max_over_time', 'min_over_time', 'first_over_time', 'last_over_time',
]

function parseRangeAggregation(source: QueryTree, node: SyntaxNode): RangeAggregation {
  const operation = textOf(source, need(source, node, 'RangeOp')).toLowerCase() as RangeFunction
  let range = need(source, node, 'LogRangeExpr')
  for (let inner = range.getChild('LogRangeExpr'); inner !== null; inner = range.getChild('LogRangeExpr')) range = inner
  const rangeNode = need(source, range, 'Range')
  const unwrapNode = range.getChild('UnwrapExpr')
  const parameterNode = node.getChild('Number')
  const grouping = parseGrouping(source, node)
  const fail = (detail: string, suggestion: string | null): never => {
    throw parseFailure(source.query, node.from, node.to, detail, suggestion)
  }
  if (operation === 'quantile_over_time' && parameterNode === null) fail('parameter required for operation quantile_over_time', 'Give the quantile first: quantile_over_time(0.99, {...} | unwrap duration [5m]).')
  if (operation !== 'quantile_over_time' && parameterNode !== null) fail(`parameter ${textOf(source, parameterNode)} not supported for operation ${operation}`, `Remove the number: ${operation}({...}[5m]).`)
  if (grouping !== null && !GROUPED.includes(operation)) fail(`grouping not allowed for ${operation} aggregation`, `Wrap it: sum by (${grouping.labels.join(', ')}) (${operation}(...)).`)
  if (unwrapNode === null && UNWRAP_ONLY.includes(operation)) fail(`invalid aggregation ${operation} without unwrap`, `Say which label holds the number: ${operation}({...} | json | unwrap duration_ms [5m]).`)
  if (unwrapNode !== null && LINES_ONLY.includes(operation)) fail(`invalid aggregation ${operation} with unwrap`, 'Counting lines needs no value: remove the unwrap.')
  const rangeSeconds = parseDurationSeconds(source.query.slice(rangeNode.from + 1, rangeNode.to - 1).trim()) ?? 0
  if (rangeSeconds <= 0) throw parseFailure(source.query, rangeNode.from, rangeNode.to, 'duration must be greater than 0', 'Write a range such as [5m].')
  return {
    kind: 'range', ...placeOfNode(node), operation, grouping, logs: parseLogs(source, range),
    parameter: parameterNode === null ? null : numberOf(source, parameterNode),
    unwrap: unwrapNode === null ? null : parseUnwrap(source, unwrapNode),
    rangeUs: Math.round(rangeSeconds * 1e6), offsetUs: source.offsetsUs.get(rangeNode.to) ?? 0,
  }
}

function parseUnwrap(source: QueryTree, node: SyntaxNode): Unwrap {
  const filterNodes: SyntaxNode[] = []
  let core = node
  for (let inner = core.getChild('UnwrapExpr'); inner !== null; inner = core.getChild('UnwrapExpr')) {
    filterNodes.unshift(need(source, core, 'LabelFilter'))
    core = inner
  }
  const conversion = core.getChild('ConvOp')
  return {
    label: textOf(source, need(source, core, 'Identifier')),
    conversion: conversion === null ? 'number' : conversion.getChild('BytesConv') === null ? 'duration' : 'bytes',
    filters: filterNodes.map((filter) => parseLabelFilter(source, filter)),
  }
}

function parseVectorAggregation(source: QueryTree, node: SyntaxNode): VectorAggregation {
  const written = textOf(source, need(source, node, 'VectorOp')).toLowerCase()
  // The approximate form answers exactly here: the logs are small enough.
  const operation = (written === 'approx_topk' ? 'topk' : written) as VectorFunction
  const parameterNode = node.getChild('Number')
  const needsParameter = operation === 'topk' || operation === 'bottomk'
  if (needsParameter && parameterNode === null) throw parseFailure(source.query, node.from, node.to, `parameter required for operation ${operation}`, `Say how many series: ${operation}(5, ...).`)
  if (!needsParameter && parameterNode !== null) throw parseFailure(source.query, parameterNode.from, parameterNode.to, `unsupported parameter for operation ${operation}(${textOf(source, parameterNode)},`, `Remove the number: ${operation}(...).`)
  const parameter = parameterNode === null ? null : numberOf(source, parameterNode)
  if (needsParameter && parameterNode !== null && !(Number.isInteger(parameter) && (parameter ?? 0) > 0)) {
    throw parseFailure(source.query, parameterNode.from, parameterNode.to, `invalid parameter (must be greater than 0) ${operation}(${textOf(source, parameterNode)}`, 'Use a whole number from 1.')
  }
  const grouping = parseGrouping(source, node)
  if (grouping !== null && (operation === 'sort' || operation === 'sort_desc')) {
    throw parseFailure(source.query, node.from, node.to, `grouping not allowed for ${operation} aggregation`, `Group inside: ${operation}(sum by (${grouping.labels.join(', ')}) (...)).`)
  }
  return { kind: 'aggregation', ...placeOfNode(node), operation, parameter, grouping, inner: parseMetric(source, need(source, node, 'MetricExpr'), operation) }
}

const BINDING: Readonly<Record<BinaryOperator, number>> = {
  or: 1, and: 2, unless: 2, '==': 3, '!=': 3, '>': 3, '>=': 3, '<': 3, '<=': 3, '+': 4, '-': 4, '*': 5, '/': 5, '%': 5, '^': 6,
}

interface Link { readonly operator: BinaryOperator; readonly returnBool: boolean; readonly matching: VectorMatching | null; readonly start: number; readonly end: number }

/**
 * Puts a chain of operators together. The grammar's own precedence puts + before *, so the chain is taken apart into its
 * operands and built again with Loki's precedence.
 */
function parseBinaryChain(source: QueryTree, node: SyntaxNode): MetricExpression {
  const operands: SyntaxNode[] = []
  const links: Link[] = []
  const pending: SyntaxNode[] = [node]
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    const chain = current.name === 'BinOpExpr' ? current : bareChain(current)
    if (chain === null) {
      if (current.name === 'Expr') operands.push(current)
      else links.push(parseLink(source, current))
      continue
    }
    const [left, operator, , right] = childrenOf(chain).filter((child) => child.name !== 'LineComment')
    if (left === undefined || operator === undefined || right === undefined) throw parseFailure(source.query, chain.from, chain.to, 'syntax error: operand missing', null)
    pending.push(right, operator, left)
  }
  const values = operands.map((operand, index) => {
    const link = links[index] ?? links[index - 1]
    return parseMetric(source, operand, `${index < links.length ? 'left' : 'right'} leg of binary operation (${link?.operator ?? ''})`)
  })
  return climb(source, values, links)
}

/** The BinOpExpr directly inside an Expr, or null when the operand stands alone or in parentheses. */
function bareChain(node: SyntaxNode): SyntaxNode | null {
  return node.name === 'Expr' ? (node.getChild('MetricExpr')?.getChild('BinOpExpr') ?? null) : null
}

function parseLink(source: QueryTree, operatorNode: SyntaxNode): Link {
  const modifier = operatorNode.nextSibling ?? operatorNode
  const operator = textOf(source, operatorNode).toLowerCase() as BinaryOperator
  const returnBool = modifier.getChild('Bool') !== null
  const matchingNode = modifier.getChild('OnOrIgnoringModifier')
  const isSet = operator === 'and' || operator === 'or' || operator === 'unless'
  if (returnBool && BINDING[operator] !== 3) throw parseFailure(source.query, operatorNode.from, operatorNode.to, `bool modifier is not allowed with ${operator}`, 'bool belongs to comparisons, such as > bool 5.')
  let matching: VectorMatching | null = null
  if (matchingNode !== null) {
    const group = modifier.getChild('GroupLeft') !== null ? 'left' : modifier.getChild('GroupRight') !== null ? 'right' : null
    if (group !== null && isSet) throw parseFailure(source.query, modifier.from, modifier.to, `no grouping allowed for ${operator} operation`, `Remove group_${group}.`)
    const includeNode = modifier.getChild('GroupingLabels')
    const labelsOf = (labels: SyntaxNode | null): string[] => (labels === null ? [] : listItems(labels, 'GroupingLabel').map((label) => textOf(source, label)))
    matching = { on: matchingNode.getChild('On') !== null, labels: labelsOf(matchingNode), group, include: labelsOf(includeNode) }
  }
  return { operator, returnBool, matching, ...placeOfNode(operatorNode) }
}

/** Shunting-yard: all operators are left-associative but ^. */
function climb(source: QueryTree, values: readonly MetricExpression[], links: readonly Link[]): MetricExpression {
  const output: MetricExpression[] = []
  const waiting: Link[] = []
  const reduce = (): void => {
    const link = waiting.pop()
    const right = output.pop()
    const left = output.pop()
    if (link === undefined || left === undefined || right === undefined) return
    output.push(combine(source, link, left, right))
  }
  values.forEach((value, index) => {
    output.push(value)
    const link = links[index]
    if (link === undefined) return
    for (let top = waiting.at(-1); top !== undefined; top = waiting.at(-1)) {
      if (BINDING[top.operator] < BINDING[link.operator] || (link.operator === '^' && top.operator === '^')) break
      reduce()
    }
    waiting.push(link)
  })
  while (waiting.length > 0) reduce()
  const [whole] = output
  if (whole === undefined) throw parseFailure(source.query, 0, source.query.length, 'syntax error: operand missing', null)
  return whole
}

function combine(source: QueryTree, link: Link, left: MetricExpression, right: MetricExpression): BinaryOperation {
  const isSet = link.operator === 'and' || link.operator === 'or' || link.operator === 'unless'
  for (const [leg, side] of [[left, 'left'], [right, 'right']] as const) {
    if (isSet && leg.kind === 'scalar') {
      throw parseFailure(source.query, leg.start, leg.end, `unexpected literal for ${side} leg of logical/set binary operation (${link.operator}): ${leg.value}`, 'and, or and unless take vectors on both sides: use vector(1) for a constant.')
    }
  }
  return { kind: 'binary', start: left.start, end: right.end, operator: link.operator, returnBool: link.returnBool, matching: link.matching, left, right }
}
