import { Refused } from './services.ts'
import type { SagaLog, Step } from './services.ts'

export class Saga {
  constructor(
    private readonly steps: readonly Step[],
    private readonly log: SagaLog,
  ) {}

  async run(id: string): Promise<'completed' | 'undone'> {
    const known = await this.persist(() => this.log.read(id))
    const [ended] = known
    if (ended === 'completed' || ended === 'undone') return ended
    const end = (await this.from(0, id)) ? 'completed' : 'undone'
    await this.persist(() => this.log.append(id, end))
    return end
  }

  /** Runs the step and all after it; undoes it when one of those has failed. */
  private async from(index: number, id: string): Promise<boolean> {
    const step = this.steps[index]
    if (step === undefined) return true
    const key = `${id}-${step.name}`
    try {
      await this.persist(() => step.run(key))
    } catch {
      return false
    }
    if (await this.from(index + 1, id)) return true
    await this.persist(() => step.undo(key))
    return false
  }

  private async persist<T>(call: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await call()
      } catch (error) {
        if (error instanceof Refused) throw error
        await new Promise<void>((resolve) => setTimeout(resolve, 500))
      }
    }
  }
}
