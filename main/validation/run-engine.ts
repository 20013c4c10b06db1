/** What running a code block needs of an engine. */
import type { RunnableBlock } from '../../exercises/content/compile/scope.ts'

/** A block that failed; `line` is the 0-based line of its text where the failing statement stands. */
export class BlockFailure extends Error {
  readonly line: number
  constructor(message: string, line: number) {
    super(message)
    this.name = 'BlockFailure'
    this.line = line
  }
}

/** What the blocks of one group share: a database, or a world. */
export interface BlockSession {
  /** Runs a block and returns what is printed. @throws BlockFailure */
  run(block: RunnableBlock): Promise<string>
  close(): Promise<void>
}

/** Runs the blocks of some languages. */
export interface BlockEngine {
  /** Null when what it needs is not installed here. @throws BlockFailure */
  open(block: RunnableBlock): Promise<BlockSession | null>
  close(): Promise<void>
}
