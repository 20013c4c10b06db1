import { Refused } from './services.ts'
import type { SagaLog, Step } from './services.ts'

interface State {
  direction: 'forward' | 'backward'
  /** Steps below this one are done; going backward, those from here on are undone. */
  at: number
}

const pause = () => new Promise<void>((go) => setTimeout(go, 1_000))

/** Each entry of the log is the whole state, so only the last one counts. */
export class Saga {
  #steps: readonly Step[]
  #log: SagaLog
  constructor(steps: readonly Step[], log: SagaLog) {
    this.#steps = steps
    this.#log = log
  }

  async run(id: string): Promise<'completed' | 'undone'> {
    let state: State | null = null
    while (state === null) {
      try {
        const last = (await this.#log.read(id)).at(-1)
        state = last === undefined ? { direction: 'forward', at: 0 } : (JSON.parse(last) as State)
      } catch {
        await pause()
      }
    }
    for (;;) {
      if (state.direction === 'forward' && state.at === this.#steps.length) return 'completed'
      if (state.direction === 'backward' && state.at === 0) return 'undone'
      try {
        const next: State = await this.#advance(id, state)
        await this.#log.append(id, JSON.stringify(next))
        state = next
      } catch {
        await pause()
      }
    }
  }

  async #advance(id: string, { direction, at }: State): Promise<State> {
    const index = direction === 'forward' ? at : at - 1
    const step = this.#steps[index]
    if (!step) throw new Error('no such step')
    const key = `saga ${id} step ${index}`
    if (direction === 'backward') {
      await step.undo(key)
      return { direction, at: index }
    }
    try {
      await step.run(key)
      return { direction, at: at + 1 }
    } catch (error) {
      if (error instanceof Refused) return { direction: 'backward', at }
      throw error
    }
  }
}
