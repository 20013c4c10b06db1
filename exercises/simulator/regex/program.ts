import { contains, normalise, WORD, type CharacterSet } from './classes.ts'
import { RegexSyntaxError, type Assertion, type RegexNode } from './syntax.ts'

/** Instructions of the automaton. `first` of a split is tried before `second`. */
export const OPERATION = { set: 0, split: 1, save: 2, assert: 3, match: 4 } as const

/** What stands on one side of a position: an edge of the text, a word character, a newline or something else. */
export const SIDE = { edge: 0, other: 1, word: 2, newline: 3 } as const

/**
 * An automaton over classes of characters: characters that no instruction tells apart share a class, so that a table by
 * class stays small.
 */
export interface Program {
  readonly operations: Uint8Array
  /** By instruction: set index, first target, save slot or assertion index. */
  readonly first: Int32Array
  /** By instruction: the second target of a split; otherwise the next instruction. */
  readonly second: Int32Array
  readonly start: number
  readonly groupCount: number
  readonly classCount: number
  /** Class of each ASCII character. */
  readonly asciiClasses: Uint16Array
  /** First code point of each class run, ascending, and the class of the run. */
  readonly runStarts: Int32Array
  readonly runClasses: Uint16Array
  /** `setHasClass[set * classCount + class]` is 1 where the set holds the class. */
  readonly setHasClass: Uint8Array
  readonly classSides: Uint8Array
}

export const ASSERTIONS: readonly Assertion[] = ['text-start', 'text-end', 'line-start', 'line-end', 'word', 'not-word']

const MAXIMUM_INSTRUCTIONS = 10_000

/** Compiles a parsed expression. Throws {@link RegexSyntaxError} when it would be too large. */
export function compileProgram(node: RegexNode, groupCount: number): Program {
  const compiler = new Compiler()
  const start = compiler.wholeMatch(node)
  return compiler.finish(start, groupCount)
}

class Compiler {
  private readonly operations: number[] = []
  private readonly first: number[] = []
  private readonly second: number[] = []
  private readonly sets: CharacterSet[] = []
  private readonly setIndexes = new Map<string, number>()

  /** Compiles backwards: each part gets the instruction that follows it, so nothing needs patching but loops. */
  wholeMatch(node: RegexNode): number {
    const match = this.add(OPERATION.match, 0, 0)
    const close = this.add(OPERATION.save, 1, match)
    return this.add(OPERATION.save, 0, this.compile(node, close))
  }

  private add(operation: number, first: number, second: number): number {
    if (this.operations.length >= MAXIMUM_INSTRUCTIONS) {
      throw new RegexSyntaxError('error parsing regexp: expression too large', 0)
    }
    this.operations.push(operation)
    this.first.push(first)
    this.second.push(second)
    return this.operations.length - 1
  }

  private compile(node: RegexNode, next: number): number {
    switch (node.kind) {
      case 'empty': return next
      case 'set': return this.add(OPERATION.set, this.setIndex(node.set), next)
      case 'assert': return this.add(OPERATION.assert, ASSERTIONS.indexOf(node.assertion), next)
      case 'sequence': return node.parts.reduceRight((after, part) => this.compile(part, after), next)
      case 'alternation': return this.alternation(node.options, next)
      case 'group': {
        const close = this.add(OPERATION.save, node.index * 2 + 1, next)
        return this.add(OPERATION.save, node.index * 2, this.compile(node.body, close))
      }
      case 'repeat': return this.repeat(node, next)
    }
  }

  private alternation(options: readonly RegexNode[], next: number): number {
    return options.slice(0, -1).reduceRight(
      (after, option) => this.add(OPERATION.split, this.compile(option, next), after),
      this.compile(options.at(-1) ?? { kind: 'empty' }, next),
    )
  }

  private repeat(node: Extract<RegexNode, { kind: 'repeat' }>, next: number): number {
    let after = next
    if (node.maximum === Infinity) {
      const split = this.add(OPERATION.split, next, next)
      const body = this.compile(node.body, split)
      this.setSplit(split, body, next, node.lazy)
      after = split
    } else {
      for (let i = node.minimum; i < node.maximum; i += 1) {
        const body = this.compile(node.body, after)
        const split = this.add(OPERATION.split, 0, 0)
        this.setSplit(split, body, next, node.lazy)
        after = split
      }
    }
    for (let i = 0; i < node.minimum; i += 1) after = this.compile(node.body, after)
    return after
  }

  private setSplit(split: number, body: number, exit: number, lazy: boolean): void {
    this.first[split] = lazy ? exit : body
    this.second[split] = lazy ? body : exit
  }

  private setIndex(set: CharacterSet): number {
    const key = set.join()
    const known = this.setIndexes.get(key)
    if (known !== undefined) return known
    this.setIndexes.set(key, this.sets.length)
    return this.sets.push(set) - 1
  }

  finish(start: number, groupCount: number): Program {
    const newline: CharacterSet = [10, 10]
    const starts = new Set<number>([0])
    for (const set of [...this.sets, WORD, newline]) {
      for (let i = 0; i + 1 < set.length; i += 2) {
        starts.add(set[i] ?? 0)
        starts.add((set[i + 1] ?? 0) + 1)
      }
    }
    const runStarts = Int32Array.from([...starts].sort((a, b) => a - b))
    const classBySignature = new Map<string, number>()
    const runClasses = new Uint16Array(runStarts.length)
    const representatives: number[] = []
    runStarts.forEach((codePoint, run) => {
      const signature = [...this.sets, WORD, newline].map((set) => (contains(set, codePoint) ? '1' : '0')).join('')
      let index = classBySignature.get(signature)
      if (index === undefined) {
        index = representatives.push(codePoint) - 1
        classBySignature.set(signature, index)
      }
      runClasses[run] = index
    })
    const classCount = representatives.length
    const setHasClass = new Uint8Array(this.sets.length * classCount)
    this.sets.forEach((set, setIndex) => {
      representatives.forEach((codePoint, index) => {
        if (contains(set, codePoint)) setHasClass[setIndex * classCount + index] = 1
      })
    })
    const classSides = Uint8Array.from(representatives, (codePoint) =>
      codePoint === 10 ? SIDE.newline : contains(normalise(WORD), codePoint) ? SIDE.word : SIDE.other)
    const asciiClasses = new Uint16Array(128)
    for (let codePoint = 0; codePoint < 128; codePoint += 1) {
      asciiClasses[codePoint] = runClass(runStarts, runClasses, codePoint)
    }
    return {
      operations: Uint8Array.from(this.operations), first: Int32Array.from(this.first), second: Int32Array.from(this.second),
      start, groupCount, classCount, asciiClasses, runStarts, runClasses, setHasClass, classSides,
    }
  }
}

function runClass(runStarts: Int32Array, runClasses: Uint16Array, codePoint: number): number {
  let low = 0
  let high = runStarts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((runStarts[middle] ?? 0) <= codePoint) low = middle
    else high = middle - 1
  }
  return runClasses[low] ?? 0
}

/** The class of a code point. */
export function classOf(program: Program, codePoint: number): number {
  if (codePoint < 128) return program.asciiClasses[codePoint] ?? 0
  return runClass(program.runStarts, program.runClasses, codePoint)
}

/** Whether an assertion holds between what is before and what is after. */
export function assertionHolds(assertionIndex: number, before: number, after: number): boolean {
  switch (assertionIndex) {
    case 0: return before === SIDE.edge
    case 1: return after === SIDE.edge
    case 2: return before === SIDE.edge || before === SIDE.newline
    case 3: return after === SIDE.edge || after === SIDE.newline
    case 4: return (before === SIDE.word) !== (after === SIDE.word)
    default: return (before === SIDE.word) === (after === SIDE.word)
  }
}
