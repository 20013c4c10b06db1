/**
 * The commands of an incident's terminal, answered from the state and the telemetry of a world. Pure: they change nothing.
 * A command that operates returns `act`, which the host applies with `world.act`. Pipes, files and jq are the host's.
 */
import type { World } from '../model/index.ts'
import type { Command, CommandResult } from './command.ts'
import { failed } from './command.ts'
import { commands } from './registry.ts'

export type { Command, CommandResult } from './command.ts'
export { commands } from './registry.ts'
export { complete } from './complete.ts'
export type { Completion } from './complete.ts'
export { manualPage } from './manual.ts'

/** What a command may read beside its arguments. */
export interface RunOptions {
  readonly stdin?: string
  /** The present, in microseconds from the start; the world's where absent. */
  readonly nowUs?: number
}

/** Runs one command. Never throws for what somebody types; an unknown command ends with 127. */
export function runCommand(world: World, argv: readonly string[], options: RunOptions = {}): CommandResult {
  return run(world, argv, options, null)
}

function run(world: World, [name = '', ...args]: readonly string[], options: RunOptions, pod: string | null): CommandResult {
  const command: Command | undefined = commands.find((candidate) => candidate.name === name)
  if (command === undefined) return failed(pod === null ? `bash: ${name}: command not found` : `OCI runtime exec failed: exec failed: unable to start container process: exec: "${name}": executable file not found in $PATH`, pod === null ? 127 : 126)
  return command.run({ world, args, stdin: options.stdin ?? '', nowUs: options.nowUs ?? world.nowUs, pod, runIn: (argv, inside) => run(world, argv, options, inside) })
}
