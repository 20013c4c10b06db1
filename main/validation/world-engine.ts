/** Runs the blocks that ask an incident: each is simulated once for the whole course, in a thread, with seed 1 and nobody acting. */
import type { CodeRun } from '../../exercises/content/code-run.ts'
import { createThread } from './ask-thread.ts'
import { BlockFailure } from './run-engine.ts'
import type { BlockEngine } from './run-engine.ts'

export type WorldQuestion = Extract<CodeRun, { incident: string }>
export type WorldRequest = { type: 'open'; incident: string } | { type: 'ask'; question: WorldQuestion; text: string }

/** Up to its page an incident runs for a second or two, and so it does up to a later question; much longer on a machine that is busy. */
const limitMs = 120_000

/** Opening an incident closes the one before it. */
export function createWorldEngine(contentDir: string): BlockEngine {
  const thread = createThread<WorldRequest>(new URL('./world-thread.ts', import.meta.url), { contentDir })
  return {
    open: async ({ run }) => {
      if (!('incident' in run)) throw new BlockFailure('the block names no incident', 0)
      const { incident } = run
      await thread.ask({ type: 'open', incident }, limitMs)
      return {
        run: async ({ run: question, text }) => {
          if (!('incident' in question)) throw new BlockFailure('the block names no incident', 0)
          return thread.ask({ type: 'ask', question, text }, limitMs)
        },
        close: async () => undefined,
      }
    },
    close: () => thread.end(),
  }
}
