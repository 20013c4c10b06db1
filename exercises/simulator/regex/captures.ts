import { assertionHolds, classOf, OPERATION, SIDE, type Program } from './program.ts'

/** Bits of memory that a search may use; beyond it the text counts as not matching (32 MiB). */
const MAXIMUM_BITS = 1 << 28

/**
 * Finds the leftmost match with its groups, in time and memory bounded by expression size x text length: a backtracking
 * search that never tries the same instruction at the same place twice (the method of RE2's bit-state engine).
 */
export class CaptureSearch {
  private readonly program: Program
  private visited = new Uint32Array(64)
  private stack = new Int32Array(1024)

  /** Classes that a match can begin with; null when it can be empty. */
  private readonly firstClasses: Uint8Array | null

  constructor(program: Program) {
    this.program = program
    this.firstClasses = firstClassesOf(program)
  }

  /**
   * Start and end offsets by group (`slots[2 * group]`), -1 for a group that took no part; null without a match at or
   * after `from`.
   */
  find(text: string, from: number): Int32Array | null {
    const places = text.length - from + 1
    const bits = this.program.operations.length * places
    if (places < 1 || bits > MAXIMUM_BITS) return null
    const words = (bits >>> 5) + 1
    if (this.visited.length < words) this.visited = new Uint32Array(words * 2)
    else this.visited.fill(0, 0, words)
    const { firstClasses } = this
    for (let start = from; start <= text.length; start += 1) {
      const code = text.codePointAt(start) ?? 0
      if (firstClasses === null || (start < text.length && firstClasses[classOf(this.program, code)] === 1)) {
        const slots = this.tryAt(text, from, start, places)
        if (slots !== null) return slots
      }
      if (code > 0xffff) start += 1
    }
    return null
  }

  private tryAt(text: string, from: number, start: number, places: number): Int32Array | null {
    const { operations, first, second, setHasClass, classCount } = this.program
    const slots = new Int32Array(this.program.groupCount * 2).fill(-1)
    let top = 0
    const push = (pc: number, position: number, kind: number): void => {
      if (top + 3 > this.stack.length) {
        const grown = new Int32Array(this.stack.length * 2)
        grown.set(this.stack)
        this.stack = grown
      }
      this.stack[top] = pc
      this.stack[top + 1] = position
      this.stack[top + 2] = kind
      top += 3
    }
    push(this.program.start, start, 0)
    while (top > 0) {
      top -= 3
      let pc = this.stack[top] ?? 0
      let position = this.stack[top + 1] ?? 0
      if (this.stack[top + 2] === 1) {
        // An entry of kind 1 puts back what a slot held before the path that failed.
        slots[pc] = position
        continue
      }
      for (;;) {
        const bit = pc * places + (position - from)
        const word = bit >>> 5
        const mask = 1 << (bit & 31)
        if (((this.visited[word] ?? 0) & mask) !== 0) break
        this.visited[word] = (this.visited[word] ?? 0) | mask
        const operation = operations[pc]
        const operand = first[pc] ?? 0
        const next = second[pc] ?? 0
        if (operation === OPERATION.set) {
          if (position >= text.length) break
          const code = text.codePointAt(position) ?? 0
          if (setHasClass[operand * classCount + classOf(this.program, code)] !== 1) break
          position += code > 0xffff ? 2 : 1
          pc = next
        } else if (operation === OPERATION.split) {
          push(next, position, 0)
          pc = operand
        } else if (operation === OPERATION.save) {
          push(operand, slots[operand] ?? -1, 1)
          slots[operand] = position
          pc = next
        } else if (operation === OPERATION.assert) {
          if (!assertionHolds(operand, this.sideBefore(text, position), this.sideAfter(text, position))) break
          pc = next
        } else {
          return slots
        }
      }
    }
    return null
  }

  private sideBefore(text: string, position: number): number {
    if (position === 0) return SIDE.edge
    return this.program.classSides[classOf(this.program, text.charCodeAt(position - 1))] ?? SIDE.other
  }

  private sideAfter(text: string, position: number): number {
    if (position >= text.length) return SIDE.edge
    return this.program.classSides[classOf(this.program, text.charCodeAt(position))] ?? SIDE.other
  }
}

/** The classes of the characters that may come first; null when nothing need come. Assertions are taken to hold. */
function firstClassesOf(program: Program): Uint8Array | null {
  const classes = new Uint8Array(program.classCount)
  const seen = new Set<number>()
  const pending = [program.start]
  for (let pc = pending.pop(); pc !== undefined; pc = pending.pop()) {
    if (seen.has(pc)) continue
    seen.add(pc)
    const operation = program.operations[pc]
    const first = program.first[pc] ?? 0
    if (operation === OPERATION.match) return null
    if (operation === OPERATION.split) pending.push(first)
    if (operation === OPERATION.set) {
      for (let index = 0; index < program.classCount; index += 1) classes[index] = (classes[index] ?? 0) | (program.setHasClass[first * program.classCount + index] ?? 0)
    } else {
      pending.push(program.second[pc] ?? 0)
    }
  }
  return classes
}
