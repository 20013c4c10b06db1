import { Refused } from './services.ts'
import type { SagaLog, Step } from './services.ts'

/** Announces each step before it runs, and undoes also a step of which it is not known whether it was done. */
export class Saga {
  constructor(private readonly steps: readonly Step[], private readonly log: SagaLog) {}

  async run(id: string): Promise<'completed' | 'undone'> {
    const entries = await this.log.read(id)
    const has = (entry: string) => entries.includes(entry)
    const write = async (entry: string) => {
      await this.log.append(id, entry)
      entries.push(entry)
    }
    if (has('end completed')) return 'completed'
    if (!has('back')) {
      let open: Step[] = [...this.steps]
      for (const step of this.steps) {
        const outcome = await this.tryThrice(step, `${step.name}:${id}`)
        if (outcome === 'done') {
          open = open.filter((other) => other !== step)
          continue
        }
        if (outcome === 'refused') await write(`never ${step.name}`)
        for (const later of open) if (later !== step) await write(`never ${later.name}`)
        await write('back')
        break
      }
      if (!has('back')) {
        await write('end completed')
        return 'completed'
      }
    }
    for (let index = this.steps.length - 1; index >= 0; index -= 1) {
      const step = this.steps[index]
      if (!step || has(`never ${step.name}`) || has(`undone ${step.name}`)) continue
      await this.insist(() => step.undo(`${step.name}:${id}`))
      await write(`undone ${step.name}`)
    }
    return 'undone'
  }

  private async insist(call: () => Promise<void>): Promise<void> {
    let done = false
    while (!done) {
      done = await call().then(() => true, () => false)
      if (!done) await new Promise<void>((resolve) => setTimeout(resolve, 250 + 250 * Math.random()))
    }
  }

  private async tryThrice(step: Step, key: string): Promise<'done' | 'refused' | 'unknown'> {
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      try {
        await step.run(key)
        return 'done'
      } catch (error) {
        if (error instanceof Refused) return 'refused'
      }
    }
    return 'unknown'
  }
}
