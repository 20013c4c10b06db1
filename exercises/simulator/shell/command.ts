import type { ActionRequest, World } from '../model/index.ts'

/** What a command prints, and what it asks the host to do to the world. */
export interface CommandResult {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
  /** An action that the host applies with `world.act`. A command itself changes nothing. */
  readonly act?: ActionRequest
  /** From the command until the action takes effect, in microseconds. */
  readonly takesUs?: number
  /** It goes on, as `kubectl logs -f` does: the host asks again after a while, with this as `followed`, and shows what is new. */
  readonly follow?: string
  /** A command that the host runs itself instead, and in which pod. */
  readonly delegate?: { readonly argv: readonly string[]; readonly pod: string | null }
}

/** What a command is given: the world as it is, its arguments without its own name, and where it runs. */
export interface Invocation {
  readonly world: World
  readonly args: readonly string[]
  readonly stdin: string
  /** The present of the command, microseconds from the start; never after `world.nowUs`. */
  readonly nowUs: number
  /** Pod in which it runs, by `kubectl exec`; null on the operator's machine. */
  readonly pod: string | null
  /** What it gave as `follow` when it was asked before; null at first. */
  readonly followed: string | null
  /** Runs another command, as `kubectl exec` does in a pod. */
  readonly runIn: (argv: readonly string[], pod: string) => CommandResult
}

/** A command of the terminal. */
export interface Command {
  readonly name: string
  /** One line, as `help` lists it. */
  readonly summary: string
  /** How it is called, one form a line. */
  readonly synopsis: readonly string[]
  /** What it tells here, where that comes from, and what it cannot do. Plain paragraphs. */
  readonly description: readonly string[]
  /** Ids of the catalogue's commands that it answers. */
  readonly answers: readonly string[]
  run(invocation: Invocation): CommandResult
  /** The same in slices, for what reads much: the host lets the clock go on between them. Null for what is quick. */
  slices?(invocation: Invocation): Slices | null
  /** Words that may stand after `words`, which follow the command's name. The caller keeps those that fit what is typed. */
  candidates?(world: World, words: readonly string[]): readonly string[]
}

/** Work that gives way now and then. */
export type Slices = Generator<void, CommandResult>

/** Does all of it at once. */
export function atOnce(slices: Slices): CommandResult {
  for (let step = slices.next(); ; step = slices.next()) if (step.done === true) return step.value
}

/** A successful answer. @param stdout ends with a newline, or is empty */
export function printed(stdout: string): CommandResult {
  return { stdout, stderr: '', exitCode: 0 }
}

/** Lines, each ended. */
export function printedLines(lines: readonly string[]): CommandResult {
  return printed(lines.map((line) => `${line}\n`).join(''))
}

/** A failure with what the real tool says of it. */
export function failed(message: string, exitCode = 1): CommandResult {
  return { stdout: '', stderr: message.endsWith('\n') ? message : `${message}\n`, exitCode }
}
