import { nearestName } from '../../query/nearest-name.ts'
import { asTraceQueryResult, TraceQueryFailure, type TraceQueryResult } from '../errors.ts'
import { FLAG_KEYWORDS, NUMBER_KEYWORDS, TEXT_KEYWORDS, type AnnotationComparison, type ComparisonOperator, type FilterNode, type NodeId, type NumberKeyword, type TextKeyword, type TextOperator } from './syntax.ts'
import { filterTokens, type FilterToken } from './tokens.ts'

/** X-Ray takes expressions of up to 2,000 characters; nesting is bounded besides. */
const LONGEST_EXPRESSION = 2000
const DEEPEST_NESTING = 50

/**
 * Reads a filter expression. Source: AWS X-Ray Developer Guide, "Using filter expressions"
 * (https://docs.aws.amazon.com/xray/latest/devguide/xray-console-filters.html). Left out, with an error that says so: root
 * cause objects (`rootcause.*`, `json`) and groups. Two terms side by side are joined by AND, which binds before OR.
 */
export function parseFilterExpression(text: string): TraceQueryResult<FilterNode> {
  return asTraceQueryResult(() => {
    if (text.length > LONGEST_EXPRESSION) throw new TraceQueryFailure(text, LONGEST_EXPRESSION, text.length, `the expression is longer than ${LONGEST_EXPRESSION} characters`, 'Shorten it.')
    return new FilterParser(text).parse()
  })
}

class FilterParser {
  private readonly text: string
  private readonly tokens: readonly FilterToken[]
  private index = 0
  private depth = 0
  /** Set inside the braces of `service` and `edge`, where annotations are not allowed. */
  private within: 'service' | 'edge' | null = null

  constructor(text: string) {
    this.text = text
    this.tokens = filterTokens(text)
  }

  parse(): FilterNode {
    if (this.token.kind === 'end') this.fail(this.token, 'the expression is empty', 'Write a condition such as service("order-service") AND responsetime > 2.')
    const node = this.or()
    const rest = this.token
    if (rest.kind !== 'end') this.unexpected(rest)
    return node
  }

  private get token(): FilterToken {
    return this.tokens[this.index] ?? { kind: 'end', text: 'the end', from: this.text.length, to: this.text.length }
  }

  private fail(token: FilterToken, detail: string, suggestion: string | null): never {
    throw new TraceQueryFailure(this.text, token.from, token.to, detail, suggestion)
  }

  private unexpected(token: FilterToken, suggestion: string | null = null): never {
    if (token.kind === 'symbol' && token.text === ')') this.fail(token, 'unexpected )', 'Remove it, or open a parenthesis before.')
    this.fail(token, `unexpected ${token.kind === 'string' ? JSON.stringify(token.text) : token.text}`, suggestion)
  }

  private isSymbol(...texts: readonly string[]): boolean {
    return this.token.kind === 'symbol' && texts.includes(this.token.text)
  }

  private isWord(word: string): boolean {
    return this.token.kind === 'word' && this.token.text.toLowerCase() === word
  }

  private expect(symbol: string, suggestion: string): void {
    if (!this.isSymbol(symbol)) this.fail(this.token, `expected ${symbol}, found ${this.token.text}`, suggestion)
    this.index += 1
  }

  private or(): FilterNode {
    this.depth += 1
    if (this.depth > DEEPEST_NESTING) this.fail(this.token, 'the expression nests too deeply', 'Remove parentheses.')
    let left = this.and()
    while (this.isWord('or') || this.isSymbol('||')) {
      this.index += 1
      left = { kind: 'or', left, right: this.and() }
    }
    this.depth -= 1
    return left
  }

  private and(): FilterNode {
    let left = this.not()
    for (;;) {
      if (this.isWord('and') || this.isSymbol('&&')) this.index += 1
      else if (!this.startsTerm()) return left
      left = { kind: 'and', left, right: this.not() }
    }
  }

  private startsTerm(): boolean {
    return (this.token.kind === 'word' && !this.isWord('or')) || this.isSymbol('!', '(')
  }

  private not(): FilterNode {
    let isNegated = false
    while (this.isSymbol('!') || this.isWord('not')) {
      this.index += 1
      isNegated = !isNegated
    }
    const inner = this.term()
    return isNegated ? { kind: 'not', inner } : inner
  }

  private term(): FilterNode {
    const { token } = this
    if (this.isSymbol('(')) {
      this.index += 1
      const inner = this.or()
      this.expect(')', 'Close the parenthesis.')
      return inner
    }
    if (token.kind === 'end') this.fail(token, 'a condition is missing at the end', 'Write a keyword such as error, responsetime or service("name").')
    if (token.kind !== 'word') this.unexpected(token, token.kind === 'string' ? `A text stands behind a keyword: http.url CONTAINS ${JSON.stringify(token.text)}.` : null)
    this.index += 1
    const keyword = token.text.toLowerCase()
    if (keyword === 'service' || keyword === 'edge') return this.complex(keyword)
    if (keyword === 'annotation' || keyword.startsWith('annotation.')) return this.annotation(token)
    const flag = FLAG_KEYWORDS.find((one) => one === keyword)
    if (flag !== undefined) return this.flag({ kind: 'flag', keyword: flag })
    const number = NUMBER_KEYWORDS.find((one) => one === keyword)
    if (number !== undefined) return this.number(number)
    const text = TEXT_KEYWORDS.find((one) => one === keyword)
    if (text !== undefined) return this.textual(text)
    return this.unknown(token)
  }

  private unknown(token: FilterToken): never {
    const keyword = token.text.toLowerCase()
    if (/^(?:rootcause|json|group|index|coverage|first|last|remote|id$)/.test(keyword)) {
      const detail = keyword === 'id' ? 'id() stands inside service() or edge()' : `${token.text} is not part of the simulator's X-Ray`
      this.fail(token, detail, keyword === 'id' ? 'Write service(id(name: "order-service")).' : 'Look for the cause with service("name") { fault } or edge("a", "b") { fault }.')
    }
    const meant = nearestName(token.text, [...FLAG_KEYWORDS, ...NUMBER_KEYWORDS, ...TEXT_KEYWORDS, 'service', 'edge', 'annotation'])
    this.fail(token, `unknown keyword ${token.text}`, meant === null ? `For an annotation of that name write annotation[${token.text}].` : `Did you mean ${meant}?`)
  }

  private comparison(): ComparisonOperator | null {
    const operator = (['<=', '>=', '!=', '=', '<', '>'] as const).find((one) => this.isSymbol(one))
    if (operator === undefined) return null
    this.index += 1
    if (operator === '=' && this.isSymbol('=')) this.fail(this.token, 'unexpected =', 'Equality is written with one =.')
    return operator
  }

  private flag(node: FilterNode): FilterNode {
    const { token } = this
    const operator = this.comparison()
    if (operator === null) return node
    if (operator !== '=' && operator !== '!=') this.fail(token, 'a boolean keyword is compared by = or !=', 'Leave the comparison out: fault, or !fault.')
    const value = this.token.text.toLowerCase()
    if (value !== 'true' && value !== 'false') this.fail(this.token, `expected true or false, found ${this.token.text}`, 'Write fault = true.')
    this.index += 1
    return (value === 'true') === (operator === '=') ? node : { kind: 'not', inner: node }
  }

  private number(keyword: NumberKeyword): FilterNode {
    const operator = this.comparison()
    if (operator === null) return { kind: 'set', keyword }
    const { token } = this
    if (token.kind !== 'number') this.fail(token, `${keyword} is compared with a number, found ${token.text}`, keyword === 'http.status' ? 'Write http.status = 503.' : `Write seconds: ${keyword} > 2.5.`)
    this.index += 1
    const unit = this.token
    if (unit.kind === 'word' && unit.from === token.to) this.fail(unit, `unexpected unit ${unit.text}`, 'Times are seconds without a unit: 500 ms is 0.5.')
    return { kind: 'number', keyword, operator, value: Number(token.text) }
  }

  private textOperator(): TextOperator | null {
    const word = this.token.kind === 'word' ? this.token.text.toUpperCase() : ''
    if (word === 'CONTAINS' || word === 'BEGINSWITH' || word === 'ENDSWITH') {
      this.index += 1
      return word
    }
    if (this.isSymbol('<', '>', '<=', '>=')) this.fail(this.token, `a text cannot be compared by ${this.token.text}`, 'Use = != CONTAINS BEGINSWITH or ENDSWITH.')
    const operator = this.comparison()
    return operator === '=' || operator === '!=' ? operator : null
  }

  private textual(keyword: TextKeyword): FilterNode {
    const operator = this.textOperator()
    return operator === null ? { kind: 'set', keyword } : { kind: 'text', keyword, operator, value: this.string(`${keyword} ${operator}`) }
  }

  private string(before: string): string {
    const { token } = this
    if (token.kind !== 'string') this.fail(token, `expected a text in quotes, found ${token.text}`, `Write ${before} "${token.kind === 'word' || token.kind === 'number' ? token.text : '...'}".`)
    this.index += 1
    return token.text
  }

  private annotation(token: FilterToken): FilterNode {
    if (this.within !== null) this.fail(token, `annotations cannot stand inside ${this.within}() { }`, `Put it beside: ${this.within}(...) AND annotation[key] = "value".`)
    let key = token.text.slice('annotation.'.length)
    if (token.text.length === 'annotation'.length) {
      this.expect('[', 'Name the annotation: annotation[tenant] = "acme".')
      const name = this.token
      if (name.kind !== 'word' && name.kind !== 'string' && name.kind !== 'number') this.fail(name, `expected the name of an annotation, found ${name.text}`, 'Write annotation[tenant] = "acme".')
      key = name.text
      this.index += 1
      this.expect(']', 'Close the bracket.')
    }
    if (key === '') this.fail(token, 'the annotation has no name', 'Write annotation.tenant = "acme".')
    return this.annotationComparison(key)
  }

  private annotationComparison(key: string): FilterNode {
    const word = this.token.kind === 'word' ? this.token.text.toUpperCase() : ''
    const operator = word === 'CONTAINS' || word === 'BEGINSWITH' || word === 'ENDSWITH' ? this.textOperator() : this.comparison()
    if (operator === null) return { kind: 'annotation', key, comparison: null }
    const { token } = this
    const value: AnnotationComparison['value'] | null = token.kind === 'string' ? token.text : token.kind === 'number' ? Number(token.text)
      : this.isWord('true') ? true : this.isWord('false') ? false : null
    if (value === null) this.fail(token, `expected a value, found ${token.text}`, `Put a text in quotes: annotation[${key}] ${operator} "${token.kind === 'word' ? token.text : '...'}".`)
    if (typeof value === 'string' && /^[<>]/.test(operator)) this.fail(token, `a text cannot be compared by ${operator}`, 'Use = != CONTAINS BEGINSWITH or ENDSWITH, or give a number without quotes.')
    if (/^[A-Z]/.test(operator) && typeof value !== 'string') this.unexpected(token, `${operator} looks for a text in quotes.`)
    this.index += 1
    return { kind: 'annotation', key, comparison: { operator, value } }
  }

  private complex(keyword: 'service' | 'edge'): FilterNode {
    const example = keyword === 'service' ? 'service("order-service")' : 'edge("order-service", "payment-service")'
    if (this.within !== null) this.fail(this.tokens[this.index - 1] ?? this.token, `${keyword}() cannot stand inside ${this.within}() { }`, `Join them with AND: ${this.within}(...) AND ${example}.`)
    this.expect('(', `Write ${example}.`)
    const first = this.isSymbol(')') ? { name: null, type: null } : this.nodeId(example)
    let second: NodeId | null = null
    if (this.isSymbol(',')) {
      if (keyword === 'service') this.fail(this.token, 'service() takes one name', 'For either of two write service("a") OR service("b").')
      this.index += 1
      second = this.nodeId(example)
    }
    if (keyword === 'edge' && second === null) this.fail(this.token, 'edge() takes two names', `Write ${example}.`)
    this.expect(')', 'Close the parenthesis.')
    const filter = this.braces(keyword)
    return second === null ? { kind: 'service', id: first, filter } : { kind: 'edge', from: first, to: second, filter }
  }

  private braces(keyword: 'service' | 'edge'): FilterNode | null {
    if (!this.isSymbol('{')) return null
    this.index += 1
    if (this.isSymbol('}')) {
      this.index += 1
      return null
    }
    this.within = keyword
    const filter = this.or()
    this.within = null
    this.expect('}', 'Close the brace.')
    return filter
  }

  private nodeId(example: string): NodeId {
    if (this.token.kind === 'string') {
      const name = this.token.text
      this.index += 1
      return { name, type: null }
    }
    if (!this.isWord('id')) this.fail(this.token, `expected the name of a service in quotes, found ${this.token.text}`, this.token.kind === 'word' ? `Put it in quotes: "${this.token.text}".` : `Write ${example}.`)
    this.index += 1
    this.expect('(', 'Write id(name: "order-service").')
    const parts: { name: string | null; type: string | null } = { name: null, type: null }
    for (;;) {
      const { token } = this
      const part = token.text.toLowerCase()
      if (part !== 'name' && part !== 'type') this.fail(token, `id() takes name and type, found ${token.text}`, 'Write id(name: "order-service", type: "AWS::ECS::Container").')
      this.index += 1
      this.expect(':', `Write ${part}: "...".`)
      parts[part] = this.string(`${part}:`)
      if (!this.isSymbol(',')) break
      this.index += 1
    }
    this.expect(')', 'Close the parenthesis of id().')
    return parts
  }
}
