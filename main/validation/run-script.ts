/** Runs a page's program in the sandbox of the code exercises: the same types, the same clock, no network and no files. */
import type { CompiledModule } from '../../exercises/kinds/code/compile/compiler.ts'
import { nothingImportable } from '../../exercises/kinds/code/compile/compiler.ts'
import { runInSandbox } from '../../exercises/kinds/code/sandbox/sandbox.ts'
import type { SandboxEnd, SandboxLimits } from '../../exercises/kinds/code/sandbox/sandbox.ts'
import { loadCodeSources } from '../services/grading/code-engine.ts'
import { printLines } from './print-rows.ts'
import { BlockFailure } from './run-engine.ts'

const name = 'page.ts'
const limits: SandboxLimits = { steps: 200_000, timeMs: 15_000, memoryMb: 128, virtualMs: 86_400_000, timers: 1_000_000 }
/** Waits for ever, so that the program's timers run out first. */
const driver = { name: 'run.ts', text: `import { test } from 'firedrill/test'\ntest('page', async () => { await import('./${name}'); await new Promise(() => {}) })\n` }

let sources: ReturnType<typeof loadCodeSources> | null = null

/** Runs a program and returns what it wrote to the console. @throws BlockFailure */
export async function runScript(language: 'ts' | 'js', text: string): Promise<string> {
  sources ??= loadCodeSources()
  const { compiler, engines, nowMs } = await sources
  let program: CompiledModule
  if (language === 'js') program = compiler.compileTest({ name, text })
  else {
    const { diagnostics, modules } = compiler.compile([{ name, text }])
    const [first] = diagnostics
    if (first) throw new BlockFailure(`${first.message} (${first.code})`.replace(/\.$/, ''), first.line - 1)
    const [only] = modules
    if (!only) throw new BlockFailure('the compiler made nothing of it', 0)
    program = only
  }
  const { end, events } = runInSandbox(await engines.get(limits.memoryMb), { modules: [program], testFile: compiler.compileTest(driver), test: 'page', seed: 1, limits, packages: nothingImportable }, nowMs)
  const failure = events.find((event) => event.kind === 'failure')
  if (failure?.kind === 'failure' && failure.failure.message === 'interrupted') throw new BlockFailure('it computes for too long', 0)
  if (failure?.kind === 'failure') throw new BlockFailure(`${failure.failure.name}: ${failure.failure.message}`.replace(/\.$/, ''), 0)
  // What waits for nothing has come to its end.
  if (end.type !== 'stuck') throw new BlockFailure(endWords(end), end.type === 'limit' && end.at ? end.at.line - 1 : 0)
  return printLines(events.flatMap((event) => (event.kind === 'console' ? event.text.split('\n') : [])))
}

function endWords(end: SandboxEnd): string {
  switch (end.type) {
    case 'limit':
      return { steps: 'it computes for too long', clock: 'it computes for too long', virtual: 'its timers never end', memory: 'it takes too much memory' }[end.limit]
    case 'error':
      return `${end.name}: ${end.message}`.replace(/\.$/, '')
    case 'broken':
      return `the sandbox broke: ${end.message}`
    case 'done':
    case 'failed':
    case 'stuck':
      return 'it ended early'
  }
}
