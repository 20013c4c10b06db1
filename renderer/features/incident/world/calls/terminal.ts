/** The shell of the bastion. One for each shift, made with its first question. */
import type { Completion } from '../../../../../exercises/simulator/shell/index.ts'
import type { Shift } from '../../../../../exercises/simulator/incident/shift/index.ts'
import { ShellSession } from '../../../../../exercises/simulator/bastion/index.ts'
import type { LineAnswer } from '../../../../../exercises/simulator/bastion/index.ts'
import { startPostgres } from '../postgres/link.ts'
import { workerHost } from '../terminal/worker-host.ts'
import type { RoomCall } from './room-call.ts'

const sessions = new WeakMap<Shift, ShellSession>()

function sessionOf(shift: Shift): ShellSession {
  const found = sessions.get(shift) ?? new ShellSession(shift, workerHost, { specs: shift.incident.spec.databases, entries: () => shift.entries, start: startPostgres })
  sessions.set(shift, found)
  return found
}

/** Loads the shell, and the tables of an incident that has some, before the first line asks for them. */
const prepare: RoomCall<null, Promise<null>> = async (shift) => {
  await sessionOf(shift).prepare()
  return null
}

/** Runs a line. `again`: it repeats one that was kept, and is not kept itself. */
const run: RoomCall<{ readonly line: string; readonly again: boolean }, Promise<LineAnswer>> = (shift, { line, again }) => sessionOf(shift).run(line, !again)

/** Stops the line that runs. */
const cancel: RoomCall<null, null> = (shift) => {
  sessionOf(shift).cancel()
  return null
}

const complete: RoomCall<{ readonly line: string; readonly cursor: number }, Promise<Completion>> = (shift, { line, cursor }) => sessionOf(shift).complete(line, cursor)

export const terminalCalls = { 'terminal.prepare': prepare, 'terminal.run': run, 'terminal.cancel': cancel, 'terminal.complete': complete }
