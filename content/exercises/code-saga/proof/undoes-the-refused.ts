import { Refused } from './services.ts'
import type { SagaLog, Step } from './services.ts'

export class Saga {
  constructor(
    private readonly steps: readonly Step[],
    private readonly log: SagaLog,
  ) {}

  async run(id: string): Promise<'completed' | 'undone'> {
    const entries = new Set(await patiently(() => this.log.read(id)))
    const record = async (entry: string): Promise<void> => {
      await patiently(() => this.log.append(id, entry))
      entries.add(entry)
    }
    for (const step of this.steps) {
      if (entries.has('undoing')) break
      if (entries.has(`done ${step.name}`)) continue
      const refused = await isRefused(step, keyOf(id, step))
      // Both entries come before the call that depends on them.
      await record(refused ? 'undoing' : `done ${step.name}`)
    }
    if (!entries.has('undoing')) return 'completed'
    for (const step of this.steps.toReversed()) {
      if (entries.has(`undone ${step.name}`)) continue
      await patiently(() => step.undo(keyOf(id, step)))
      await record(`undone ${step.name}`)
    }
    return 'undone'
  }
}

/** The same in every attempt and every process. */
const keyOf = (id: string, step: Step): string => `${id}/${step.name}`

const isRefused = (step: Step, key: string): Promise<boolean> =>
  patiently(async () => {
    try {
      await step.run(key)
      return false
    } catch (error) {
      if (error instanceof Refused) return true
      throw error
    }
  })

/** Repeats a call whose outcome is unknown until it is known. */
async function patiently<T>(call: () => Promise<T>): Promise<T> {
  for (let pauseMs = 100; ; pauseMs = Math.min(10_000, pauseMs * 2)) {
    try {
      return await call()
    } catch {
      await new Promise<void>((resolve) => setTimeout(resolve, pauseMs))
    }
  }
}
