/** The shell's library, which is large: loaded with the first line that somebody runs. */
export type { Command, CommandName, ExecResult } from 'just-bash/browser'
export type ShellLibrary = typeof import('just-bash/browser')
export type ExecutionLimits = NonNullable<NonNullable<ConstructorParameters<ShellLibrary['Bash']>[0]>['executionLimits']>

let loaded: Promise<ShellLibrary> | null = null

export function shellLibrary(): Promise<ShellLibrary> {
  loaded ??= import('just-bash/browser')
  return loaded
}
