/** Runs `sql run` blocks, in a thread of their own. */
import { createThread } from './ask-thread.ts'
import type { BlockEngine } from './run-engine.ts'

export type SqliteRequest = { type: 'open'; dataset: string | null } | { type: 'run' | 'plan'; text: string }

/** A dataset may have to be built first, on a slow machine. */
const openLimitMs = 120_000

/** A block that runs longer than `blockLimitMs` fails. Opening a database closes the one before it. */
export function createSqliteEngine(contentDir: string, blockLimitMs: number): BlockEngine {
  const thread = createThread<SqliteRequest>(new URL('./sqlite-thread.ts', import.meta.url), { contentDir })
  return {
    open: async ({ run }) => {
      await thread.ask({ type: 'open', dataset: run.engine === 'sqlite' ? run.dataset : null }, openLimitMs)
      return {
        run: ({ run: how, text }) => thread.ask({ type: how.engine === 'sqlite' && how.plan === true ? 'plan' : 'run', text }, blockLimitMs),
        close: async () => undefined,
      }
    },
    close: () => thread.end(),
  }
}
