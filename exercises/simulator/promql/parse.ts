/** Reads a query: the grammar's tree, then our typed expression, then its types. */
import { aggregators, depthOf } from './ast.ts'
import { checkTypes } from './check.ts'
import { parseNumber } from './duration.ts'
import { experimentalAggregators, experimentalFunctions, functionSignature } from './functions/signatures.ts'
import { lex } from './lexer.ts'
import { addAt, addOffset, addRange, addSubquery } from './modifiers.ts'
import { arrange } from './precedence.ts'
import { ParseFailure, parseErrorOf, tooDeep } from './query-error.ts'
import { readMatchingModifiers, readLabelNames, readSelector } from './parse-labels.ts'
import { unquote } from './string-literal.ts'
import { experimentalFailure, lexicalFailure, syntaxFailure, unknownFunction } from './syntax-error.ts'
import { childNamed, childrenOf, parseTree } from './tree.ts'
import type { Aggregate, BinaryOperator, Expr } from './ast.ts'
import type { Part } from './precedence.ts'
import type { Token } from './lexer.ts'
import type { QueryError } from './query-error.ts'
import type { SyntaxNode } from '@lezer/common'

export type ParseOutcome = { readonly ok: true; readonly expr: Expr } | { readonly ok: false; readonly error: QueryError }

/** Of the grammar's tree and of our expressions: beyond them we refuse, before the stack does. */
const mostTreeLevels = 1000
const mostLevels = 500

/** Parses and type-checks a query. Never throws. */
export function parsePromql(query: string): ParseOutcome {
  try {
    const lexed = lex(query)
    // What follows a word that is none cannot matter any more, and recovering from it takes long.
    const { root, errorAt, deepest } = parseTree(lexed.error ? query.slice(0, lexed.error.from) : query, lexed.tokens)
    if (errorAt !== null) throw syntaxFailure(query, lexed, errorAt)
    if (lexed.error) throw lexicalFailure(lexed.error)
    if (deepest > mostTreeLevels) throw tooDeep({ from: 0, to: query.length })
    const [top] = childrenOf(root)
    if (!top) throw syntaxFailure(query, lexed, 0)
    const expr = new Reader(query, lexed.tokens).expression(top)
    if (depthOf(expr) > mostLevels) throw tooDeep({ from: 0, to: query.length })
    checkTypes(expr)
    return { ok: true, expr }
  } catch (error) {
    if (error instanceof ParseFailure) return { ok: false, error: parseErrorOf(query, error) }
    throw error
  }
}

const leftOut = new Set(['BoolModifier', 'MatchingModifierClause', 'FillModifier'])

class Reader {
  private readonly query: string
  private readonly tokens: readonly Token[]

  constructor(query: string, tokens: readonly Token[]) {
    this.query = query
    this.tokens = tokens
  }

  private text(node: SyntaxNode): string {
    return this.query.slice(node.from, node.to)
  }

  expression(node: SyntaxNode): Expr {
    const parts: Part[] = []
    this.flatten(node, parts)
    return arrange(parts)
  }

  private flatten(node: SyntaxNode, parts: Part[]): void {
    const [first, ...rest] = childrenOf(node)
    switch (node.name) {
      case 'BinaryExpr':
        return this.binary(node, parts)
      case 'UnaryExpr':
        if (first) parts.push({ kind: 'sign', op: this.text(first) === '-' ? '-' : '+', span: { from: first.from, to: first.to } })
        if (rest[0]) this.flatten(rest[0], parts)
        return
      case 'OffsetExpr':
      case 'StepInvariantExpr':
      case 'MatrixSelector':
      case 'SubqueryExpr':
        if (first) this.flatten(first, parts)
        parts.push({ kind: 'postfix', apply: (expr) => this.modified(expr, node) })
        return
      case 'AnchoredExpr':
      case 'SmoothedExpr':
        throw experimentalFailure(node, node.name === 'AnchoredExpr' ? 'anchored' : 'smoothed')
      case 'NumberDurationLiteral':
        return this.number(node, parts)
      default:
        parts.push({ kind: 'operand', expr: this.operand(node) })
    }
  }

  private binary(node: SyntaxNode, parts: Part[]): void {
    const children = childrenOf(node)
    const [left, operator] = children
    const right = children.at(-1)
    if (!left || !operator || !right) return
    this.flatten(left, parts)
    const fill = childNamed(node, 'FillModifier')
    if (fill) throw experimentalFailure(fill, 'fill')
    const op = this.text(operator).toLowerCase()
    if (op === '</' || op === '>/') throw experimentalFailure(operator, op)
    const modifiers = children.filter((child) => leftOut.has(child.name))
    const matching = readMatchingModifiers(childNamed(node, 'MatchingModifierClause'), this.query)
    const returnBool = modifiers.some((child) => child.name === 'BoolModifier')
    parts.push({ kind: 'operator', op: op as BinaryOperator, span: { from: operator.from, to: (modifiers.at(-1) ?? operator).to }, returnBool, matching })
    this.flatten(right, parts)
  }

  private number(node: SyntaxNode, parts: Part[]): void {
    const sign = /^[+-]?/.exec(this.text(node))?.[0] ?? ''
    // The token, because the tree is of a text without bare points (`2.`); the ends are the same.
    const token = this.tokens.find((candidate) => candidate.to === node.to)
    const digits = token?.text ?? ''
    const from = token?.from ?? node.from
    if (sign !== '') {
      // `1 -1` is a subtraction; the grammar may give the sign to the number.
      const subtracts = parts.at(-1)?.kind === 'operand' || parts.at(-1)?.kind === 'postfix'
      const span = { from: node.from, to: node.from + 1 }
      if (subtracts) parts.push({ kind: 'operator', op: sign === '-' ? '-' : '+', span, returnBool: false, matching: readMatchingModifiers(null, this.query) })
      else parts.push({ kind: 'sign', op: sign === '-' ? '-' : '+', span })
    }
    const value = parseNumber(digits)
    if (value === null) throw new ParseFailure({ from, to: node.to }, `error parsing number: ${digits} is out of range`)
    parts.push({ kind: 'operand', expr: { kind: 'number', value, from, to: node.to } })
  }

  private operand(node: SyntaxNode): Expr {
    const span = { from: node.from, to: node.to }
    switch (node.name) {
      case 'StringLiteral': {
        const value = unquote(this.text(node))
        if (value === null) throw new ParseFailure(span, `error unquoting string ${this.text(node)}: invalid syntax`, 'Write a backslash twice, or use backquotes around the string.')
        return { kind: 'string', value, ...span }
      }
      case 'ParenExpr': {
        const [inner] = childrenOf(node)
        if (!inner) throw new ParseFailure(span, 'no expression found in input')
        return { kind: 'paren', expr: this.expression(inner), ...span }
      }
      case 'VectorSelector':
        return readSelector(node, this.query)
      case 'FunctionCall':
        return this.call(node)
      case 'AggregateExpr':
        return this.aggregate(node)
      default:
        throw new ParseFailure(span, `unexpected ${node.name}`)
    }
  }

  private args(node: SyntaxNode): Expr[] {
    const body = childNamed(node, 'FunctionCallBody')
    return body ? childrenOf(body).map((child) => this.expression(child)) : []
  }

  private call(node: SyntaxNode): Expr {
    const identifier = childNamed(node, 'FunctionIdentifier') ?? node
    const name = this.text(identifier)
    const args = this.args(node)
    const signature = functionSignature(name)
    if (!signature) throw unknownFunction({ kind: 'identifier', text: name, from: identifier.from, to: identifier.to })
    return { kind: 'call', signature, args, from: node.from, to: node.to }
  }

  private aggregate(node: SyntaxNode): Aggregate {
    const span = { from: node.from, to: node.to }
    const name = this.text(childNamed(node, 'AggregateOp') ?? node).toLowerCase()
    const modifier = childNamed(node, 'AggregateModifier')
    const args = this.args(node)
    if (args.length === 0) throw new ParseFailure(span, 'no arguments for aggregate expression provided', `Write ${name}(metric).`)
    if (experimentalAggregators.has(name)) {
      throw new ParseFailure(span, `${name}() is experimental and must be enabled with --enable-feature=promql-experimental-functions`, 'Use topk or a filter instead.')
    }
    const op = aggregators.find((known) => known === name)
    if (op === undefined) throw new ParseFailure(span, `aggregation operator expected in aggregation expression but got "${name}"`)
    const wanted = op === 'topk' || op === 'bottomk' || op === 'quantile' || op === 'count_values' ? 2 : 1
    const expr = args[wanted - 1]
    if (args.length !== wanted || !expr) {
      const suggestion = wanted === 2 ? `Write ${op}(${op === 'count_values' ? '"label"' : op === 'quantile' ? '0.95' : '5'}, metric).` : `Write ${op}(metric).`
      throw new ParseFailure(span, `wrong number of arguments for aggregate expression provided, expected ${wanted}, got ${args.length}`, suggestion)
    }
    const labels = modifier ? readLabelNames(childNamed(modifier, 'GroupingLabels'), this.query) : []
    return { kind: 'aggregate', op, expr, param: wanted === 2 ? (args[0] ?? null) : null, without: modifier !== null && childNamed(modifier, 'Without') !== null, labels, ...span }
  }

  private modified(expr: Expr, node: SyntaxNode): Expr {
    const durations = childrenOf(node).filter((child) => child.name === 'DurationExpr' || child.name === 'OffsetDurationExpr')
    const [range, step] = durations
    switch (node.name) {
      case 'MatrixSelector': {
        const opening = this.query.lastIndexOf('[', range?.from ?? node.to)
        return addRange(expr, this.durationMs(range, node, 'positive'), { from: opening, to: node.to })
      }
      case 'SubqueryExpr':
        return addSubquery(expr, this.durationMs(range, node, 'positive'), step ? this.durationMs(step, node, 'positive') : null, node.to)
      case 'OffsetExpr':
        return addOffset(expr, this.durationMs(range, node, 'any'), node.to)
      default: {
        const edge = childNamed(node, 'AtModifierPreprocessors')
        if (edge) return addAt(expr, this.text(edge).toLowerCase() === 'start' ? 'start' : 'end', node.to)
        const timeNode = childNamed(node, 'NumberDurationLiteral')
        const [, sign = '', digits = ''] = /^([+-]?)\s*([^]*)$/.exec(timeNode ? this.text(timeNode).trim() : '') ?? []
        const seconds = (sign === '-' ? -1 : 1) * (parseNumber(digits) ?? Number.NaN)
        if (!Number.isFinite(seconds) || Math.abs(seconds) > 9.2e15) {
          throw new ParseFailure(expr, `timestamp out of bounds for @ modifier: ${sign}${digits}`)
        }
        return addAt(expr, Math.round(seconds * 1000), node.to)
      }
    }
  }

  private durationMs(node: SyntaxNode | undefined, parent: SyntaxNode, range: 'positive' | 'any'): number {
    const at = node ?? parent
    const span = { from: at.from, to: at.to }
    const [, sign = '', text = ''] = /^([+-]?)\s*([^]*)$/.exec(node ? this.text(node).trim() : '') ?? []
    if (/[()*/%^+-]/.test(text)) throw new ParseFailure(span, 'experimental duration expression is not enabled', 'Write one duration, such as 1h30m.')
    const seconds = parseNumber(text)
    if (/^(\d+[a-z]+)+$/.test(text) && seconds === null) throw new ParseFailure(span, 'duration out of range')
    if (seconds === null || !Number.isFinite(seconds)) throw new ParseFailure(span, `bad number or duration syntax: "${text}"`, 'Write a duration such as 5m, 90s or 1h30m.')
    const ms = Math.round(seconds * 1000) * (sign === '-' ? -1 : 1)
    if (range === 'positive' && ms <= 0) throw new ParseFailure(span, 'duration must be greater than 0')
    if (Math.abs(ms) > 9_223_372_036_854) throw new ParseFailure(span, 'duration out of range')
    return ms
  }
}

/** Whether a query uses something that Prometheus has behind a flag; such queries do not parse here. */
export function usesExperimentalFeatures(query: string): boolean {
  const { tokens } = lex(query)
  return tokens.some((token, index) => {
    const next = tokens[index + 1]?.text
    if (token.kind === 'aggregator') return experimentalAggregators.has(token.text)
    const edge = tokens[index - 1]?.text === '@'
    return token.kind === 'identifier' && next === '(' && !edge && (experimentalFunctions.has(token.text) || token.text.startsWith('fill'))
  })
}
