/** The service says no: this step was certainly not done, and left nothing behind. Any other error leaves that open. */
export class Refused extends Error {
  override readonly name = 'Refused'
}

/** One step of a saga, in a service of its own. */
export interface Step {
  name: string
  /**
   * Does the step, once for each `key`: after it was done, a repeat with the same key has no effect and resolves, also if
   * the step was undone since. A refusal is not remembered: a later call with the same key may succeed. @throws Refused
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
