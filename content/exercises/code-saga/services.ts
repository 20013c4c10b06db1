/** The service says no: this step was certainly not done, and left nothing behind. Any other error leaves that open. */
export class Refused extends Error {
  override readonly name = 'Refused'
}

/** One step of a saga, in a service of its own. */
export interface Step {
  name: string
  /**
   * Does the step, once for each `key`: a repeat with the same key has no effect, and gets the answer of the first time,
   * also if the step was undone since. @throws Refused
   */
  run(key: string): Promise<void>
  /** Undoes the step that was done with this key. Does nothing if none was, or if it is undone already. */
  undo(key: string): Promise<void>
}

/** Entries of sagas, on a disk. Survives every crash; a call may fail, and may fail after the entry was stored. */
export interface SagaLog {
  append(sagaId: string, entry: string): Promise<void>
  /** All entries of this saga, oldest first. */
  read(sagaId: string): Promise<string[]>
}
