import type { Recorder } from '../telemetry/index.ts'
import { outcomes } from './outcome.ts'
import type { Part } from './part.ts'

/** What log lines and spans say of a call that failed, as numbers of the string table, made once each. */
export class CauseTexts {
  private readonly recorder: Recorder
  private readonly parts: readonly Part[]
  private known = new Map<number, number>()

  constructor(recorder: Recorder, parts: readonly Part[]) {
    this.recorder = recorder
    this.parts = parts
  }

  /** `timeout waiting for payments`. `part` below 0: the server itself. */
  of(part: number, outcome: number): number {
    const key = (part + 1) * 64 + outcome
    let text = this.known.get(key)
    if (text === undefined) {
      text = this.recorder.intern((outcomes[outcome]?.cause ?? '').replace('{target}', this.parts[part]?.name ?? 'itself'))
      this.known.set(key, text)
    }
    return text
  }

  /** `timeout`. */
  type(outcome: number): number {
    const key = -1 - outcome
    let text = this.known.get(key)
    if (text === undefined) {
      text = this.recorder.intern(outcomes[outcome]?.name ?? '')
      this.known.set(key, text)
    }
    return text
  }

  /** After the string table has been replaced. */
  clear(): void {
    this.known = new Map()
  }
}
