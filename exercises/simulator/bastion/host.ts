/** What the shell needs of the machine that it really runs on. */
import type { Command, CommandName, ExecResult } from 'just-bash/browser'

export type { Command, CommandName, ExecResult }
export type ShellLibrary = typeof import('just-bash/browser')
export type ExecutionLimits = NonNullable<NonNullable<ConstructorParameters<ShellLibrary['Bash']>[0]>['executionLimits']>
type Signal = NonNullable<NonNullable<Parameters<InstanceType<ShellLibrary['Bash']>['exec']>[1]>['signal']>

export interface ShellHost {
  /** The shell's library, which is large: asked for with the first line that somebody runs. */
  library(): Promise<ShellLibrary>
  /** A steady clock in ms, for the limit on computing. */
  nowMs(): number
  /** Gives way to others for at least so long. */
  pause(ms: number): Promise<void>
  stopper(): { readonly signal: Signal; abort(): void }
  /** UTF-8 to text. */
  decode(bytes: Uint8Array): string
}
