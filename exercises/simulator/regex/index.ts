import { LazyAutomaton } from './automaton.ts'
import { CaptureSearch } from './captures.ts'
import { compileProgram, type Program } from './program.ts'
import { parseRegex } from './parse.ts'
import type { RegexNode } from './syntax.ts'

export { regexSuggestion } from './suggestion.ts'
export { RegexSyntaxError } from './syntax.ts'

/**
 * A regular expression with RE2's syntax and RE2's promise: time linear in the text, whatever the expression. JavaScript's
 * own engine backtracks, so that one query of a learner could freeze the simulator.
 */
export interface Regex {
  readonly pattern: string
  /** Names by group number, index 0 for the whole match. */
  readonly groupNames: readonly (string | null)[]
  /** The texts that match, where the expression is a text or a choice between texts; null for all others. */
  readonly literals: readonly string[] | null
  /** A text that every match holds; may be empty. */
  readonly required: string
  /** Whether any part of the text matches. */
  matches(text: string): boolean
  /** Whether the whole text matches. */
  matchesWhole(text: string): boolean
  /** Offsets of the leftmost match at or after `from` and of its groups, or null. */
  find(text: string, from?: number): Int32Array | null
  /** Offsets of the whole text and of the groups in it, -1 for a group that took no part; null where the whole text does not match. */
  findWhole(text: string): Int32Array | null
  /** Every match, from left to right, without overlap. */
  findAll(text: string): Int32Array[]
}

export interface RegexOptions {
  /** Whether `.` matches newlines too, as in the matchers of Prometheus and Loki. */
  readonly dotAll?: boolean
}

/** Compiles an expression. Throws {@link RegexSyntaxError} with Go's words. */
export function compileRegex(pattern: string, { dotAll = false }: RegexOptions = {}): Regex {
  const { node, groupNames } = parseRegex(pattern, dotAll)
  return new CompiledRegex(pattern, node, groupNames)
}

class CompiledRegex implements Regex {
  readonly pattern: string
  readonly groupNames: readonly (string | null)[]
  private readonly program: Program
  private readonly node: RegexNode
  readonly literals: readonly string[] | null
  readonly required: string
  private search: LazyAutomaton | null = null
  private whole: LazyAutomaton | null = null
  private captures: CaptureSearch | null = null
  private wholeCaptures: CaptureSearch | null = null

  constructor(pattern: string, node: RegexNode, groupNames: readonly (string | null)[]) {
    this.pattern = pattern
    this.node = node
    this.groupNames = groupNames
    this.program = compileProgram(node, groupNames.length)
    this.literals = literalOptions(node)
    this.required = requiredText(node)
  }

  matches(text: string): boolean {
    if (this.literals !== null) {
      for (const literal of this.literals) if (text.includes(literal)) return true
      return false
    }
    // Native search is ten times as fast as the automaton.
    if (!text.includes(this.required)) return false
    this.search ??= new LazyAutomaton(this.program, false)
    return this.search.matches(text)
  }

  matchesWhole(text: string): boolean {
    if (this.literals !== null) return this.literals.includes(text)
    this.whole ??= new LazyAutomaton(this.wholeProgram(), true)
    return this.whole.matches(text)
  }

  private wholeProgram(): Program {
    const parts: RegexNode[] = [{ kind: 'assert', assertion: 'text-start' }, this.node, { kind: 'assert', assertion: 'text-end' }]
    return compileProgram({ kind: 'sequence', parts }, this.groupNames.length)
  }

  find(text: string, from = 0): Int32Array | null {
    this.captures ??= new CaptureSearch(this.program)
    return this.captures.find(text, from)
  }

  findWhole(text: string): Int32Array | null {
    if (!this.matchesWhole(text)) return null
    this.wholeCaptures ??= new CaptureSearch(this.wholeProgram())
    return this.wholeCaptures.find(text, 0)
  }

  findAll(text: string): Int32Array[] {
    const found: Int32Array[] = []
    let from = 0
    let previousEnd = -1
    while (from <= text.length) {
      const slots = this.find(text, from)
      if (slots === null) break
      const start = slots[0] ?? 0
      const end = slots[1] ?? from
      // As in Go, an empty match right behind another match does not count.
      if (end > start || start !== previousEnd) found.push(slots)
      previousEnd = end
      from = end > start ? end : end + 1
    }
    return found
  }
}

/** The texts of an expression that is only a text, or a choice between texts; null for all others. */
function literalOptions(node: RegexNode): string[] | null {
  if (node.kind === 'group') return literalOptions(node.body)
  if (node.kind === 'alternation') {
    const options = node.options.map(literalOptions)
    return options.some((option) => option === null) ? null : options.flatMap((option) => option ?? [])
  }
  const parts = node.kind === 'sequence' ? node.parts : [node]
  let text = ''
  for (const part of parts) {
    const character = onlyCharacter(part)
    if (character === null) return null
    text += character
  }
  return [text]
}

/** The character of a set that holds just one. */
function onlyCharacter(node: RegexNode): string | null {
  return node.kind === 'set' && node.set.length === 2 && node.set[0] === node.set[1] ? String.fromCodePoint(node.set[0] ?? 0) : null
}

/** The longest run of characters that stands in every match; empty where there is none. */
function requiredText(node: RegexNode): string {
  let best = ''
  let run = ''
  const visit = (part: RegexNode): void => {
    if (part.kind === 'sequence') return part.parts.forEach(visit)
    if (part.kind === 'group') return visit(part.body)
    const character = onlyCharacter(part)
    run = character === null ? '' : run + character
    if (run.length > best.length) best = run
  }
  visit(node)
  return best
}

/** Replaces every match. `template` may hold `$1`, `${1}`, `$name` and `$$`, as Go's Expand reads them. */
export function replaceAll(regex: Regex, text: string, template: string): string {
  let out = ''
  let end = 0
  for (const slots of regex.findAll(text)) {
    out += text.slice(end, slots[0]) + expandTemplate(regex, template, text, slots)
    end = slots[1] ?? end
  }
  return out + text.slice(end)
}

/** A template with its groups filled in from one match; a group that took no part gives nothing. */
export function expandTemplate(regex: Regex, template: string, text: string, slots: Int32Array): string {
  return template.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (whole, braced: string | undefined, bare: string | undefined) => {
    if (whole === '$$') return '$'
    const name = braced ?? bare ?? ''
    const group = /^\d+$/.test(name) ? Number(name) : regex.groupNames.indexOf(name)
    const from = group < 0 ? undefined : slots[group * 2]
    return from === undefined || from < 0 ? '' : text.slice(from, slots[group * 2 + 1])
  })
}
