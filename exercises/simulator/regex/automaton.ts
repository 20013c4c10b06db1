import { assertionHolds, classOf, OPERATION, SIDE, type Program } from './program.ts'

const UNKNOWN = -1
const MATCHED = -2
const DEAD = -3

/** States kept before the table starts anew; a pathological expression then costs time, not memory. */
const MAXIMUM_STATES = 1500

/**
 * Answers whether a text matches, in time linear in the text's length whatever the expression is: a deterministic
 * automaton made on demand (the method of RE2).
 */
export class LazyAutomaton {
  private readonly program: Program
  private readonly anchored: boolean
  private readonly stride: number
  private transitions: Int32Array
  private stateSets: Int32Array[] = []
  private stateSides: number[] = []
  private stateIndexes = new Map<string, number>()
  private readonly visited: Int32Array
  private visit = 0

  /** `anchored`: the expression must match at the start of the text (its end is the expression's own affair). */
  constructor(program: Program, anchored: boolean) {
    this.program = program
    this.anchored = anchored
    this.stride = program.classCount + 1
    this.transitions = new Int32Array(this.stride * 16).fill(UNKNOWN)
    this.visited = new Int32Array(program.operations.length).fill(-1)
    this.reset()
  }

  private reset(): void {
    this.stateSets = []
    this.stateSides = []
    this.stateIndexes = new Map()
    this.transitions.fill(UNKNOWN)
    this.stateIndex([this.program.start], SIDE.edge)
  }

  matches(text: string): boolean {
    const { asciiClasses } = this.program
    const stride = this.stride
    let state = 0
    for (let i = 0; i < text.length; i += 1) {
      let code = text.charCodeAt(i)
      let characterClass: number
      if (code < 128) {
        characterClass = asciiClasses[code] ?? 0
      } else {
        if (code >= 0xd800 && code < 0xdc00) {
          code = text.codePointAt(i) ?? code
          if (code > 0xffff) i += 1
        }
        characterClass = classOf(this.program, code)
      }
      let next = this.transitions[state * stride + characterClass] ?? UNKNOWN
      if (next === UNKNOWN) next = this.step(state, characterClass)
      if (next < 0) return next === MATCHED
      state = next
    }
    const end = this.program.classCount
    let last = this.transitions[state * stride + end] ?? UNKNOWN
    if (last === UNKNOWN) last = this.step(state, end)
    return last === MATCHED
  }

  /** The state after reading one more class in `state`; the class past the last stands for the end of the text. */
  private step(state: number, characterClass: number): number {
    const { program } = this
    const before = this.stateSides[state] ?? SIDE.edge
    const isEnd = characterClass === program.classCount
    const after = isEnd ? SIDE.edge : (program.classSides[characterClass] ?? SIDE.other)
    const next: number[] = []
    this.visit += 1
    const stack = [...(this.stateSets[state] ?? [])]
    let matched = false
    while (stack.length > 0 && !matched) {
      const pc = stack.pop() ?? 0
      if (this.visited[pc] === this.visit) continue
      this.visited[pc] = this.visit
      const first = program.first[pc] ?? 0
      const second = program.second[pc] ?? 0
      switch (program.operations[pc]) {
        case OPERATION.match: matched = true; break
        case OPERATION.split: stack.push(first, second); break
        case OPERATION.save: stack.push(second); break
        case OPERATION.assert: if (assertionHolds(first, before, after)) stack.push(second); break
        default: if (!isEnd && program.setHasClass[first * program.classCount + characterClass] === 1) next.push(second)
      }
    }
    let target = MATCHED
    if (!matched) {
      if (!isEnd && !this.anchored) next.push(program.start)
      target = isEnd || next.length === 0 ? DEAD : UNKNOWN
    }
    if (target === UNKNOWN) {
      if (this.stateSets.length >= MAXIMUM_STATES) {
        this.reset()
        return this.stateIndex(next, after)
      }
      target = this.stateIndex(next, after)
    }
    this.transitions[state * this.stride + characterClass] = target
    return target
  }

  private stateIndex(pcs: readonly number[], side: number): number {
    const set = Int32Array.from(new Set(pcs)).sort()
    const key = `${side}:${set.join()}`
    const known = this.stateIndexes.get(key)
    if (known !== undefined) return known
    const index = this.stateSets.push(set) - 1
    this.stateSides.push(side)
    this.stateIndexes.set(key, index)
    if ((index + 1) * this.stride > this.transitions.length) {
      const grown = new Int32Array(this.transitions.length * 2).fill(UNKNOWN)
      grown.set(this.transitions)
      this.transitions = grown
    }
    return index
  }
}
