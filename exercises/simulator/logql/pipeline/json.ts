import type { FlatJson } from '../source.ts'
import { DUPLICATE_SUFFIX, type LabelsBuilder, type StreamState } from './labels-builder.ts'
import type { LineCursor } from './line-cursor.ts'
import { isNeeded, mayNeedPrefix, sanitiseLabelName, type NeededLabels } from './needed-labels.ts'

export const JSON_ERROR = 'JSONParserErr'

/** What to do with a key of an object: the label of its value, and what its own keys become. */
interface KeyPlan {
  /** Null when the query does not look at the label. */
  readonly label: string | null
  readonly prefix: string
  /** Null when nothing below is needed. */
  readonly children: Map<string, KeyPlan> | null
}

interface StreamPlans {
  readonly byKey: Map<string, KeyPlan>
  /** What to take from flat lines that have these keys. */
  readonly byKeys: Map<readonly string[], readonly { readonly index: number; readonly label: string }[]>
}

/** Keys remembered for a stream; more than that are looked up again each time. */
const MAXIMUM_PLANS = 5000

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const COMMA = 0x2c
const COLON = 0x3a

/**
 * Takes the fields of a JSON object as labels, nested ones joined by `_`, arrays and nulls left out, numbers as they are
 * written. Reads the line once and stops when all needed labels are found.
 */
export class JsonFields {
  private readonly needed: NeededLabels
  private readonly plansByStream = new Map<StreamState, StreamPlans>()
  private planCount = 0
  private line = ''
  private position = 0
  private found = 0

  constructor(needed: NeededLabels) {
    this.needed = needed
  }

  extract(cursor: LineCursor, builder: LabelsBuilder): void {
    let plans = this.plansByStream.get(builder.streamState)
    if (plans === undefined) {
      plans = { byKey: new Map(), byKeys: new Map() }
      this.plansByStream.set(builder.streamState, plans)
    }
    const { flatJson } = cursor
    if (flatJson !== null) {
      this.takeFields(flatJson, plans, builder)
      return
    }
    this.line = cursor.text
    this.position = 0
    this.found = 0
    this.skipSpace()
    if (this.line.charCodeAt(this.position) !== OPEN_BRACE) {
      builder.setError(JSON_ERROR, 'expecting json object(6), but it is not')
      return
    }
    const problem = this.object(plans.byKey, '', builder, 0)
    if (problem !== null && problem !== DONE) builder.setError(JSON_ERROR, problem)
  }

  /** The same labels as from the line, without making it. */
  private takeFields(fields: FlatJson, plans: StreamPlans, builder: LabelsBuilder): void {
    const { keys } = fields
    let flat = plans.byKeys.get(keys)
    if (flat === undefined) {
      flat = keys.flatMap((key, index) => {
        const { label } = plans.byKey.get(key) ?? this.makePlan(plans.byKey, '', key, builder)
        return label === null ? [] : [{ index, label }]
      })
      plans.byKeys.set(keys, flat)
    }
    for (const { index, label } of flat) {
      const value = fields.valueText(index)
      if (value !== null) builder.set(label, value.includes('\ufffd') ? '' : value)
    }
  }

  private skipSpace(): void {
    for (;;) {
      const code = this.line.charCodeAt(this.position)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
      this.position += 1
    }
  }

  /** Reads an object at the position. Gives what is wrong, {@link DONE} when nothing more is needed, or null. */
  private object(plans: Map<string, KeyPlan>, prefix: string, builder: LabelsBuilder, depth: number): string | null {
    if (depth > 64) return 'nested too deeply'
    this.position += 1
    this.skipSpace()
    if (this.line.charCodeAt(this.position) === CLOSE_BRACE) {
      this.position += 1
      return null
    }
    for (;;) {
      this.skipSpace()
      if (this.line.charCodeAt(this.position) !== QUOTE) return this.position >= this.line.length ? UNCLOSED : MALFORMED
      const keyStart = this.position + 1
      const hasEscape = this.skipString()
      if (hasEscape < 0) return UNCLOSED
      const key = hasEscape === 1 ? unescape(this.line.slice(keyStart, this.position - 1)) : this.line.slice(keyStart, this.position - 1)
      this.skipSpace()
      if (this.line.charCodeAt(this.position) !== COLON) return this.position >= this.line.length ? UNCLOSED : MALFORMED
      this.position += 1
      this.skipSpace()
      const problem = this.value(plans.get(key) ?? this.makePlan(plans, prefix, key, builder), builder, depth)
      if (problem !== null) return problem
      this.skipSpace()
      const next = this.line.charCodeAt(this.position)
      this.position += 1
      if (next === CLOSE_BRACE) return null
      if (next !== COMMA) return this.position > this.line.length ? UNCLOSED : MALFORMED
    }
  }

  private makePlan(plans: Map<string, KeyPlan>, prefix: string, key: string, builder: LabelsBuilder): KeyPlan {
    const name = prefix === '' ? sanitiseLabelName(key, true) : `${prefix}_${sanitiseLabelName(key, false)}`
    const label = builder.streamHas(name) ? name + DUPLICATE_SUFFIX : name
    const plan: KeyPlan = {
      label: name !== '' && isNeeded(this.needed, label) ? label : null,
      prefix: name,
      children: mayNeedPrefix(this.needed, name) ? new Map() : null,
    }
    if (this.planCount < MAXIMUM_PLANS) {
      this.planCount += 1
      plans.set(key, plan)
    }
    return plan
  }

  private value(plan: KeyPlan, builder: LabelsBuilder, depth: number): string | null {
    const start = this.position
    const code = this.line.charCodeAt(start)
    if (code === QUOTE) {
      const hasEscape = this.skipString()
      if (hasEscape < 0) return UNCLOSED
      if (plan.label === null) return null
      const text = this.line.slice(start + 1, this.position - 1)
      return this.keep(builder, plan.label, hasEscape === 1 ? unescape(text) : text)
    }
    if (code === OPEN_BRACE) {
      return plan.children === null ? this.skipNested() : this.object(plan.children, plan.prefix, builder, depth + 1)
    }
    if (code === OPEN_BRACKET) return this.skipNested()
    while (this.position < this.line.length) {
      const next = this.line.charCodeAt(this.position)
      if (next === COMMA || next === CLOSE_BRACE || next <= 0x20) break
      this.position += 1
    }
    const text = this.line.slice(start, this.position)
    if (text === 'null') return null
    if (text !== 'true' && text !== 'false' && !/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return this.position >= this.line.length ? UNCLOSED : MALFORMED
    return plan.label === null ? null : this.keep(builder, plan.label, text)
  }

  private keep(builder: LabelsBuilder, label: string, value: string): string | null {
    // The replacement character means that the bytes were no text; Loki leaves such values empty.
    const { names } = this.needed
    if (names !== null && builder.get(label) === undefined) this.found += 1
    builder.set(label, value.includes('\ufffd') ? '' : value)
    return names !== null && this.found >= names.size ? DONE : null
  }

  /** Moves past a string. 1 when it holds escapes, 0 when not, -1 when it does not end. */
  private skipString(): number {
    let from = this.position + 1
    let hasEscape = 0
    for (;;) {
      const quote = this.line.indexOf('"', from)
      if (quote < 0) {
        this.position = this.line.length
        return -1
      }
      let backslashes = 0
      while (this.line.charCodeAt(quote - 1 - backslashes) === BACKSLASH && quote - 1 - backslashes > this.position) backslashes += 1
      if (backslashes > 0) hasEscape = 1
      if (backslashes % 2 === 0) {
        if (hasEscape === 0) {
          const escape = this.line.indexOf('\\', this.position + 1)
          if (escape >= 0 && escape < quote) hasEscape = 1
        }
        this.position = quote + 1
        return hasEscape
      }
      from = quote + 1
    }
  }

  /** Moves past an object or array without reading its fields. */
  private skipNested(): string | null {
    let depth = 0
    while (this.position < this.line.length) {
      const code = this.line.charCodeAt(this.position)
      if (code === QUOTE) {
        if (this.skipString() < 0) return UNCLOSED
        continue
      }
      this.position += 1
      if (code === OPEN_BRACE || code === OPEN_BRACKET) depth += 1
      if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
        depth -= 1
        if (depth === 0) return null
      }
    }
    return UNCLOSED
  }
}

/** Not a problem: everything that the query needs is found. */
const DONE = 'done'
const UNCLOSED = "Value looks like object, but can't find closing '}' symbol"
const MALFORMED = 'Malformed JSON error'

function unescape(text: string): string {
  try {
    const value: unknown = JSON.parse(`"${text}"`)
    return typeof value === 'string' ? value : ''
  } catch {
    return ''
  }
}
