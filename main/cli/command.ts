/** What every command of the authors' command line shares: its arguments, where it prints, and what it exits with. */

/** 0: all is well. 1: something in the content is wrong. 2: the command was not understood. */
export type ExitCode = 0 | 1 | 2

export interface CommandContext {
  /** Arguments after the command's name. */
  args: string[]
  /** The folder that the command was called in. */
  workingDir: string
  /** The content folder of this project. */
  contentDir: string
  /** Results. With `--json` nothing else may be written here than one JSON value. */
  print(text: string): void
  /** Errors about the call itself, and progress on a terminal. */
  complain(text: string): void
  /** Says what is going on; shown only where stderr is a terminal. */
  progress(message: string): void
}

export interface Command {
  name: string
  /** `validate [DIR] [--json] [--update]`. */
  usage: string
  /** One line for `help`. */
  summary: string
  run(context: CommandContext): Promise<ExitCode>
}

/** A call that cannot be understood; `message` says what to write. */
export class UsageError extends Error {}

export interface ParsedArguments {
  positional: string[]
  flags: Set<string>
  values: Map<string, string>
}

/** Splits arguments into words, `--flags` and `--options VALUE`. @throws UsageError for an unknown or incomplete one */
export function parseArguments(args: readonly string[], known: { flags?: readonly string[]; values?: readonly string[]; mostPositional: number }): ParsedArguments {
  const parsed: ParsedArguments = { positional: [], flags: new Set(), values: new Map() }
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] ?? ''
    if (!argument.startsWith('--')) {
      parsed.positional.push(argument)
      continue
    }
    const [name = '', inline] = splitOnce(argument.slice(2))
    if (known.flags?.includes(name) && inline === undefined) parsed.flags.add(name)
    else if (known.values?.includes(name)) {
      const value = inline ?? args[(index += 1)]
      if (value === undefined) throw new UsageError(`--${name} needs a value.`)
      parsed.values.set(name, value)
    } else throw new UsageError(`"${argument}" is not an option here.`)
  }
  if (parsed.positional.length > known.mostPositional) throw new UsageError(`"${parsed.positional[known.mostPositional] ?? ''}" is one argument too many.`)
  return parsed
}

function splitOnce(text: string): [string, string | undefined] {
  const at = text.indexOf('=')
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}
