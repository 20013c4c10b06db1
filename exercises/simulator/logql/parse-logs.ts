import type { SyntaxNode } from '@lezer/common'
import { parseFailure } from './errors.ts'
import { matcherTest } from '../query/matcher.ts'
import { compileRegex, regexSuggestion, RegexSyntaxError } from '../regex/index.ts'
import type { Matcher } from './source.ts'
import type { Comparison, Extraction, LabelFilter, LabelFormat, LabelSelection, LineFilterOperator, LineFilterValue, Stage } from './syntax.ts'
import { childrenOf, listItems, need, placeOfNode, stringOf, textOf, type QueryTree } from './tree.ts'
import { parseBytes, parseDurationSeconds, parseNumber } from '../query/units.ts'

/** The matchers of a stream selector. Fails unless one of them rules out streams without the label, as in Loki. */
export function parseSelector(source: QueryTree, selector: SyntaxNode): Matcher[] {
  const matchers = listItems(selector, 'Matcher').map((node) => parseMatcher(source, node))
  if (matchers.every((matcher) => matcherTest(matcher)(''))) {
    throw parseFailure(source.query, selector.from, selector.to,
      'queries require at least one regexp or equality matcher that does not have an empty-compatible value. For instance, app=~".*" does not meet this requirement, but app=~".+" will',
      'Add a matcher that names a value, such as service="checkout", or use .+ in place of .*.')
  }
  return matchers
}

export function parseMatcher(source: QueryTree, node: SyntaxNode): Matcher {
  const [, operator] = childrenOf(node)
  const value = need(source, node, 'String')
  const matcher: Matcher = {
    name: textOf(source, need(source, node, 'Identifier')),
    op: matcherOperator(operator === undefined ? '' : textOf(source, operator)),
    value: stringOf(source, value),
  }
  if (matcher.op === '=~' || matcher.op === '!~') checkRegex(source, value, matcher.value)
  return matcher
}

function matcherOperator(text: string): Matcher['op'] {
  return text === '!=' || text === '=~' || text === '!~' ? text : '='
}

/** Fails with the place of the expression when it is not RE2. */
export function checkRegex(source: QueryTree, node: SyntaxNode, pattern: string): void {
  try {
    compileRegex(pattern)
  } catch (error) {
    if (!(error instanceof RegexSyntaxError)) throw error
    throw parseFailure(source.query, node.from, node.to, error.message, regexSuggestion(error.message))
  }
}

/** Parses one stage of a pipeline; line filters may hold several. */
export function parseStage(source: QueryTree, stage: SyntaxNode): Stage[] {
  const place = placeOfNode(stage)
  const content = childrenOf(stage).find((child) => child.name !== 'Pipe') ?? stage
  const first = content.firstChild?.name
  switch (content.name) {
    case 'LineFilters': return listItems(content, 'LineFilter').map((node) => lineFilter(source, node))
    case 'LabelFilter': return [{ ...place, kind: 'label-filter', filter: parseLabelFilter(source, content) }]
    case 'LabelParser': {
      if (first === 'Json') return [{ ...place, kind: 'json', extractions: [] }]
      if (first === 'Unpack') return [{ ...place, kind: 'unpack' }]
      const pattern = need(source, content, 'String')
      const kind = first === 'Regexp' ? 'regexp' : 'pattern'
      return [{ ...place, kind, pattern: stringOf(source, pattern), patternPlace: placeOfNode(pattern) }]
    }
    case 'JsonExpressionParser': return [{ ...place, kind: 'json', extractions: extractions(source, content) }]
    case 'LogfmtParser':
    case 'LogfmtExpressionParser': {
      const flags = listItems(content, 'ParserFlag').map((flag) => textOf(source, flag))
      return [{ ...place, kind: 'logfmt', extractions: extractions(source, content), strict: flags.includes('--strict'), keepEmpty: flags.includes('--keep-empty') }]
    }
    case 'LineFormatExpr': {
      const template = need(source, content, 'String')
      return [{ ...place, kind: 'line-format', template: stringOf(source, template), templatePlace: placeOfNode(template) }]
    }
    case 'LabelFormatExpr': return [{ ...place, kind: 'label-format', formats: labelFormats(source, content) }]
    case 'DecolorizeExpr': return [{ ...place, kind: 'decolorize' }]
    case 'DropLabelsExpr': return [{ ...place, kind: 'drop', labels: listItems(content, 'DropLabel').map((node) => labelSelection(source, node)) }]
    case 'KeepLabelsExpr': return [{ ...place, kind: 'keep', labels: listItems(content, 'KeepLabel').map((node) => labelSelection(source, node)) }]
    default: throw parseFailure(source.query, stage.from, stage.to, `syntax error: unexpected ${content.name}`, null)
  }
}

function lineFilter(source: QueryTree, node: SyntaxNode): Stage {
  const operator = textOf(source, need(source, node, 'Filter')) as LineFilterOperator
  const values: LineFilterValue[] = []
  let isIp = false
  const visit = (parent: SyntaxNode): void => {
    for (const child of childrenOf(parent)) {
      if (child.name === 'FilterOp') isIp = true
      if (child.name === 'OrFilter') visit(child)
      if (child.name !== 'String') continue
      const text = stringOf(source, child)
      if (!isIp && (operator === '|~' || operator === '!~')) checkRegex(source, child, text)
      values.push({ text, isIp, place: placeOfNode(child) })
      isIp = false
    }
  }
  visit(node)
  // `|= "a" or "b"` hangs its second value beside the filter, not inside it, in one form of the grammar.
  for (let sibling = node.nextSibling; sibling?.name === 'Or' || sibling?.name === 'OrFilter'; sibling = sibling.nextSibling) {
    if (sibling.name === 'OrFilter') visit(sibling)
  }
  return { ...placeOfNode(node), kind: 'line-filter', operator, values }
}

function extractions(source: QueryTree, node: SyntaxNode): Extraction[] {
  return listItems(node, 'LabelExtractionExpression').map((item) => {
    const name = textOf(source, need(source, item, 'Identifier'))
    const value = item.getChild('String')
    return { name, expression: value === null ? name : stringOf(source, value), place: placeOfNode(value ?? item) }
  })
}

function labelFormats(source: QueryTree, node: SyntaxNode): LabelFormat[] {
  const seen = new Set<string>()
  return listItems(node, 'LabelFormatMatcher').map((item) => {
    const [target, , from] = childrenOf(item)
    const name = target === undefined ? '' : textOf(source, target)
    if (name === '__error__') throw parseFailure(source.query, item.from, item.to, '__error__ cannot be formatted', null)
    if (seen.has(name)) {
      throw parseFailure(source.query, item.from, item.to, `multiple label name '${name}' not allowed in a single format operation`, 'Use a second label_format stage.')
    }
    seen.add(name)
    const place = placeOfNode(from ?? item)
    return from?.name === 'String'
      ? { ...place, name, from: { template: stringOf(source, from) } }
      : { ...place, name, from: { label: from === undefined ? '' : textOf(source, from) } }
  })
}

function labelSelection(source: QueryTree, node: SyntaxNode): LabelSelection {
  const matcher = node.getChild('Matcher')
  if (matcher === null) return { name: textOf(source, need(source, node, 'Identifier')), matcher: null }
  const parsed = parseMatcher(source, matcher)
  return { name: parsed.name, matcher: parsed }
}

/**
 * Parses a condition on labels. Chains are put together here, from left to right with `and` (and the comma) before `or`,
 * as Loki's own grammar does, and without recursion along a chain.
 */
export function parseLabelFilter(source: QueryTree, node: SyntaxNode): LabelFilter {
  const operands: SyntaxNode[] = []
  const isOr: boolean[] = []
  const pending: SyntaxNode[] = [node]
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    const parts = childrenOf(current).filter((child) => child.name === 'LabelFilter')
    const [left, right] = parts
    const isParenthesised = source.query[current.from] === '(' && parts.length === 1
    if (current !== node && isParenthesised) operands.push(current)
    else if (left !== undefined && right !== undefined) pending.push(right, left)
    else if (isParenthesised && left !== undefined) return parseLabelFilter(source, left)
    else operands.push(current)
  }
  for (let i = 1; i < operands.length; i += 1) {
    const between = source.query.slice(operands[i - 1]?.to ?? 0, operands[i]?.from ?? 0)
    isOr.push(/\bor\b/i.test(between.replaceAll(/#[^\n]*/g, '')))
  }
  let options: LabelFilter | null = null
  let conjunction: LabelFilter | null = null
  operands.forEach((operand, index) => {
    const filter = source.query[operand.from] === '(' && operand.getChild('LabelFilter') !== null
      ? parseLabelFilter(source, operand) : simpleLabelFilter(source, operand)
    if (index > 0 && isOr[index - 1]) {
      options = join('or', options, conjunction)
      conjunction = filter
    } else {
      conjunction = join('and', conjunction, filter)
    }
  })
  const whole = join('or', options, conjunction)
  if (whole === null) throw parseFailure(source.query, node.from, node.to, 'syntax error: condition missing', null)
  return whole
}

function join(kind: 'and' | 'or', left: LabelFilter | null, right: LabelFilter | null): LabelFilter | null {
  if (left === null || right === null) return left ?? right
  return { kind, left, right, start: left.start, end: right.end }
}

function simpleLabelFilter(source: QueryTree, node: SyntaxNode): LabelFilter {
  const place = placeOfNode(node)
  const content = node.firstChild ?? node
  if (content.name === 'Matcher') return { ...place, kind: 'text', matcher: parseMatcher(source, content) }
  if (content.name === 'IpLabelFilter') {
    const name = textOf(source, need(source, content, 'Identifier'))
    return { ...place, kind: 'ip', name, negated: content.getChild('Neq') !== null, text: stringOf(source, need(source, content, 'String')) }
  }
  const filter = content.name === 'UnitFilter' ? (content.firstChild ?? content) : content
  const [name, operator, amount] = childrenOf(filter)
  if (name === undefined || operator === undefined || amount === undefined) {
    throw parseFailure(source.query, node.from, node.to, 'syntax error: condition incomplete', null)
  }
  const text = textOf(source, amount).replaceAll(/\s/g, '')
  const unit = filter.name === 'DurationFilter' ? 'duration' : filter.name === 'BytesFilter' ? 'bytes' : 'number'
  const value = unit === 'duration' ? parseDurationSeconds(text) : unit === 'bytes' ? parseBytes(text) : parseNumber(text)
  if (value === null) throw parseFailure(source.query, amount.from, amount.to, `invalid ${unit} "${text}"`, null)
  return { ...place, kind: 'amount', name: textOf(source, name), unit, comparison: comparisonOf(textOf(source, operator)), value }
}

function comparisonOf(text: string): Comparison {
  return text === '!=' || text === '>' || text === '>=' || text === '<' || text === '<=' ? text : '=='
}
