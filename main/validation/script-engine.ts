/** Runs `ts run` and `js run` blocks, in a thread of their own. */
import { createThread } from './ask-thread.ts'
import type { BlockEngine } from './run-engine.ts'

export interface ScriptRequest {
  language: 'ts' | 'js'
  text: string
}

/** The compiler and the sandbox are loaded with the first one. */
const loadingMs = 60_000

/** A block that runs longer than `blockLimitMs` fails. Each block is a program of its own. */
export function createScriptEngine(blockLimitMs: number): BlockEngine {
  const thread = createThread<ScriptRequest>(new URL('./script-thread.ts', import.meta.url), null)
  return {
    open: async () => ({
      run: ({ run, text }) => thread.ask({ language: run.engine === 'script' ? run.language : 'ts', text }, loadingMs + blockLimitMs),
      close: async () => undefined,
    }),
    close: () => thread.end(),
  }
}
