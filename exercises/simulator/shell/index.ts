/**
 * The commands of an incident's terminal, answered from the state and the telemetry of a world. Pure: they change nothing.
 * A command that operates returns `act`, which the host applies with `world.act`. Pipes, files and jq are the host's.
 */
import type { World } from '../model/index.ts'
import type { Command, CommandResult, Invocation, Slices } from './command.ts'
import { failed } from './command.ts'
import { commands } from './registry.ts'

export type { Command, CommandResult } from './command.ts'
export { commands } from './registry.ts'
export { complete } from './complete.ts'
export type { Completion } from './complete.ts'
export { manualPage } from './manual.ts'
export { readPsql } from './psql/index.ts'
export type { PsqlCall } from './psql/index.ts'
export { resultTable } from './psql/table.ts'
export { queryOfPid, viewOf } from './psql/views.ts'
export type { Cell, View } from './psql/views.ts'
export { wallUs } from './times.ts'

/** What a command may read beside its arguments. */
export interface RunOptions {
  readonly stdin?: string
  /** The present, in microseconds from the start; the world's where absent. */
  readonly nowUs?: number
  /** Commands that the host runs itself, wherever they stand: they answer with `delegate`. */
  readonly delegated?: ReadonlySet<string>
  /** See `Invocation.followed`. */
  readonly followed?: string | null
  /** In which pod; null and absent on the operator's machine. */
  readonly pod?: string | null
}

/** Runs one command. Never throws for what somebody types; an unknown command ends with 127. */
export function runCommand(world: World, argv: readonly string[], options: RunOptions = {}): CommandResult {
  return run(world, argv, options, options.pod ?? null)
}

/** As `runCommand`, in slices, so that a host can do other things between them. */
export function* runInSlices(world: World, argv: readonly string[], options: RunOptions = {}): Slices {
  const [name = '', ...args] = argv
  const pod = options.pod ?? null
  const slices = options.delegated?.has(name) === true ? null : (commands.find((candidate) => candidate.name === name)?.slices?.(invocationOf(world, args, options, pod)) ?? null)
  return slices === null ? run(world, argv, options, pod) : yield* slices
}

function run(world: World, [name = '', ...args]: readonly string[], options: RunOptions, pod: string | null): CommandResult {
  if (options.delegated?.has(name) === true) return { stdout: '', stderr: '', exitCode: 0, delegate: { argv: [name, ...args], pod } }
  const command: Command | undefined = commands.find((candidate) => candidate.name === name)
  if (command === undefined) return failed(pod === null ? `bash: ${name}: command not found` : `OCI runtime exec failed: exec failed: unable to start container process: exec: "${name}": executable file not found in $PATH`, pod === null ? 127 : 126)
  return command.run(invocationOf(world, args, options, pod))
}

function invocationOf(world: World, args: readonly string[], options: RunOptions, pod: string | null): Invocation {
  return { world, args, stdin: options.stdin ?? '', nowUs: options.nowUs ?? world.nowUs, pod, followed: options.followed ?? null, runIn: (argv, inside) => run(world, argv, options, inside) }
}
