/** Regular expressions that match in time linear in the text, whatever the pattern: learners' queries must not hang a page. */
import { parsePattern } from './parse.ts'
import { compileProgram } from './program.ts'
import { PatternFailure } from './syntax.ts'
import type { Instruction } from './program.ts'
import type { Assertion } from './syntax.ts'

export interface Regex {
  readonly groupNames: ReadonlyMap<string, number>
  readonly groupCount: number
  /** Whether the whole text matches. */
  test(text: string): boolean
  /** What each group matched, group 0 being the whole text; null where the whole text does not match. Groups that took no part are ''. */
  exec(text: string): readonly string[] | null
}

export type CompiledRegex = { readonly ok: true; readonly regex: Regex } | { readonly ok: false; readonly message: string }

/** Compiles a fully anchored expression in which `.` matches newlines, as Prometheus anchors label matchers. */
export function compileRegex(source: string): CompiledRegex {
  try {
    const { root, groupNames, groupCount } = parsePattern(source, true)
    const { instructions, start } = compileProgram(root, source)
    const exec = (text: string): readonly string[] | null => run(instructions, start, groupCount, text)
    return { ok: true, regex: { groupNames, groupCount, exec, test: (text) => exec(text) !== null } }
  } catch (error) {
    if (error instanceof PatternFailure) return { ok: false, message: error.message }
    throw error
  }
}

interface Thread {
  readonly at: number
  readonly slots: readonly number[]
}

function run(instructions: readonly Instruction[], start: number, groupCount: number, text: string): readonly string[] | null {
  const codes = Array.from(text, (char) => char.codePointAt(0) ?? 0)
  const chars = Array.from(text)
  const slots = Array.from({ length: groupCount * 2 }, () => -1)
  const seen = new Int32Array(instructions.length).fill(-1)
  let threads: Thread[] = []
  follow(instructions, start, slots, 0, codes, seen, threads)
  for (let position = 0; position < codes.length; position += 1) {
    const code = codes[position] ?? 0
    const next: Thread[] = []
    for (const thread of threads) {
      const instruction = instructions[thread.at]
      if (instruction?.kind === 'set' && inSet(instruction, code)) follow(instructions, instruction.next, thread.slots, position + 1, codes, seen, next)
    }
    threads = next
    if (threads.length === 0) return null
  }
  const winner = threads.find((thread) => instructions[thread.at]?.kind === 'match')
  if (!winner) return null
  const groups = [text]
  for (let group = 1; group < groupCount; group += 1) {
    const from = winner.slots[group * 2] ?? -1
    const to = winner.slots[group * 2 + 1] ?? -1
    groups.push(from < 0 || to < 0 ? '' : chars.slice(from, to).join(''))
  }
  return groups
}

/** Adds the threads that an instruction leads to without reading, those preferred first. */
function follow(
  instructions: readonly Instruction[],
  start: number,
  slots: readonly number[],
  position: number,
  codes: readonly number[],
  seen: Int32Array,
  threads: Thread[],
): void {
  const stack: Thread[] = [{ at: start, slots }]
  for (let thread = stack.pop(); thread; thread = stack.pop()) {
    if (seen[thread.at] === position) continue
    seen[thread.at] = position
    const instruction = instructions[thread.at]
    if (!instruction) continue
    switch (instruction.kind) {
      case 'split':
        stack.push({ at: instruction.other, slots: thread.slots }, { at: instruction.next, slots: thread.slots })
        break
      case 'save':
        stack.push({ at: instruction.next, slots: thread.slots.with(instruction.slot, position) })
        break
      case 'assert':
        if (holds(instruction.test, codes, position)) stack.push({ at: instruction.next, slots: thread.slots })
        break
      default:
        threads.push(thread)
    }
  }
}

function isWord(code: number | undefined): boolean {
  return code !== undefined && ((code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122))
}

function holds(test: Assertion, codes: readonly number[], position: number): boolean {
  switch (test) {
    case 'textStart':
      return position === 0
    case 'textEnd':
      return position === codes.length
    case 'lineStart':
      return position === 0 || codes[position - 1] === 10
    case 'lineEnd':
      return position === codes.length || codes[position] === 10
    case 'wordBoundary':
      return isWord(codes[position - 1]) !== isWord(codes[position])
    case 'noWordBoundary':
      return isWord(codes[position - 1]) === isWord(codes[position])
  }
}

function inSet({ ranges, negated, fold }: Extract<Instruction, { kind: 'set' }>, code: number): boolean {
  let found = contains(ranges, code)
  if (!found && fold) {
    const char = String.fromCodePoint(code)
    found = contains(ranges, char.toLowerCase().codePointAt(0) ?? 0) || contains(ranges, char.toUpperCase().codePointAt(0) ?? 0)
  }
  return found !== negated
}

function contains(ranges: readonly (readonly [number, number])[], code: number): boolean {
  for (const [low, high] of ranges) if (code >= low && code <= high) return true
  return false
}
