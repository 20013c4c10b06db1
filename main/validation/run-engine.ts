/** What running a code block needs of an engine. */

/** A block that failed; `line` is the 0-based line of its text where the failing statement stands. */
export class BlockFailure extends Error {
  readonly line: number
  constructor(message: string, line: number) {
    super(message)
    this.name = 'BlockFailure'
    this.line = line
  }
}

/** A database that the blocks of one section share. */
export interface BlockDatabase {
  /** Runs the text and returns what is printed. @throws BlockFailure */
  run(text: string): Promise<string>
  /** Runs all statements but the last, and gives the plan of that one. @throws BlockFailure */
  plan(text: string): Promise<string>
  close(): Promise<void>
}
