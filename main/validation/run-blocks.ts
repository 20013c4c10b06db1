/** Runs the code blocks that content declares runnable, and compares or rewrites what they printed. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunnableBlock } from '../../exercises/content/compile/scope.ts'
import type { Problem } from '../../exercises/core/problem.ts'
import { BlockFailure } from './run-engine.ts'
import type { BlockEngine, BlockSession } from './run-engine.ts'
import { postgresEngine } from './run-postgres.ts'
import { createScriptEngine } from './script-engine.ts'
import { createSqliteEngine } from './sqlite-engine.ts'
import { createWorldEngine } from './world-engine.ts'

export interface RunOptions {
  contentDir: string
  blocks: readonly RunnableBlock[]
  /** Rewrite the `output` fences in the files instead of complaining. */
  update: boolean
  onProgress(message: string): void
  /** A block that runs longer fails; 20,000 ms when absent. */
  blockLimitMs?: number
}

interface NewOutput {
  block: RunnableBlock
  printed: string
}

/** Runs every block, group by group. `updated` names the files that were rewritten. */
export async function runBlocks(options: RunOptions): Promise<{ problems: Problem[]; updated: string[]; ran: number }> {
  const { contentDir, blocks } = options
  if (blocks.length === 0) return { problems: [], updated: [], ran: 0 }
  const limitMs = options.blockLimitMs ?? 20_000
  const worlds = createWorldEngine(contentDir)
  const engines: Record<RunnableBlock['run']['engine'], BlockEngine> = { sqlite: createSqliteEngine(contentDir, limitMs), postgres: postgresEngine, promql: worlds, logql: worlds, shell: worlds, script: createScriptEngine(limitMs) }

  const problems: Problem[] = []
  const outputs: NewOutput[] = []
  let ran = 0
  const groups = groupsOf(blocks)
  // An engine does one thing at a time; the engines work beside each other.
  const runAll = async (engine: BlockEngine): Promise<void> => {
    for (const group of groups.filter(({ first }) => engines[first.run.engine] === engine)) {
      options.onProgress(`running ${group.first.file}:${group.first.line}`)
      const result = await runGroup(group, engine)
      problems.push(...result.problems)
      outputs.push(...result.outputs)
      ran += result.ran
    }
  }
  await Promise.all([...new Set(Object.values(engines))].map(runAll))
  for (const engine of new Set(Object.values(engines))) await engine.close()
  const updated = options.update ? rewriteOutputs(contentDir, outputs) : []
  if (!options.update) problems.push(...outputs.map(mismatch))
  return { problems, updated, ran }
}

interface Group {
  first: RunnableBlock
  blocks: RunnableBlock[]
}

/** Blocks that share a database, in the order of their files; those that ask one incident, from first to last moment. */
function groupsOf(blocks: readonly RunnableBlock[]): Group[] {
  const groups = new Map<string, RunnableBlock[]>()
  for (const block of blocks) {
    const key = groupOf(block)
    const group = groups.get(key)
    if (group) group.push(block)
    else groups.set(key, [block])
  }
  return [...groups.values()].flatMap((group) => {
    const ordered = group.toSorted((one, other) => lastMinute(one) - lastMinute(other))
    return ordered[0] ? [{ first: ordered[0], blocks: ordered }] : []
  })
}

function groupOf({ file, group, line, run }: RunnableBlock): string {
  if ('incident' in run) return JSON.stringify(['incident', run.incident])
  if (run.engine === 'script') return JSON.stringify([file, line])
  return JSON.stringify([file, group, run.engine, run.dataset])
}

/** The same for all that ask no incident, which leaves them in their order. */
function lastMinute({ run }: RunnableBlock): number {
  return 'incident' in run ? Math.max(...run.atMinutes) : 0
}

async function runGroup(group: Group, engine: BlockEngine): Promise<{ problems: Problem[]; outputs: NewOutput[]; ran: number }> {
  const outputs: NewOutput[] = []
  const problems: Problem[] = []
  let session: BlockSession | null = null
  let ran = 0
  try {
    session = await engine.open(group.first)
  } catch (error) {
    return { problems: [failure(group.first, error)], outputs, ran }
  }
  if (!session) return { problems: [notInstalled(group.first)], outputs, ran }
  for (const block of group.blocks) {
    try {
      const printed = printedForm(await session.run(block))
      ran += 1
      if (block.output && printedForm(block.output.text) !== printed) outputs.push({ block, printed })
    } catch (error) {
      problems.push(failure(block, error))
      // The rest of a section's SQL builds on the block that failed, so it is not run. A question changes nothing.
      if (!('incident' in block.run)) break
    }
  }
  await session.close()
  return { problems, outputs, ran }
}

/** Spaces at line ends and empty lines at the end are not part of an output. */
function printedForm(text: string): string {
  return text.split('\n').map((line) => line.trimEnd()).join('\n').trimEnd()
}

function failure(block: RunnableBlock, error: unknown): Problem {
  const line = error instanceof BlockFailure ? block.line + 1 + error.line : block.line
  return { file: block.file, line, severity: 'error', rule: 'run.failed', message: `The block does not run: ${error instanceof Error ? error.message : String(error)}.` }
}

function notInstalled(block: RunnableBlock): Problem {
  return { file: block.file, line: block.line, severity: 'warning', rule: 'run.no-engine', message: 'PostgreSQL blocks were not run: @electric-sql/pglite is not installed here.' }
}

function mismatch({ block, printed }: NewOutput): Problem {
  const was = printedForm(block.output?.text ?? '').split('\n')
  const is = printed.split('\n')
  const at = is.findIndex((line, index) => line !== was[index])
  const index = at < 0 ? is.length : at
  const line = (block.output?.openLine ?? block.line) + 1 + Math.min(index, was.length - 1)
  return { file: block.file, line, severity: 'error', rule: 'run.output', message: `The block printed "${is[index] ?? ''}" where the text says "${was[index] ?? ''}". Run validate with --update to take what it printed.` }
}

/** Writes what was printed between the fences, with the indentation of the fence, from the end of each file up. */
function rewriteOutputs(contentDir: string, outputs: readonly NewOutput[]): string[] {
  const files = [...new Set(outputs.map(({ block }) => block.file))]
  for (const file of files) {
    const path = join(contentDir, file)
    const lines = readFileSync(path, 'utf8').split('\n')
    const own = outputs.filter(({ block }) => block.file === file).toSorted((a, b) => (b.block.output?.openLine ?? 0) - (a.block.output?.openLine ?? 0))
    for (const { block, printed } of own) {
      if (!block.output) continue
      const { openLine, closeLine } = block.output
      const indent = /^[\s>]*/.exec(lines[openLine - 1] ?? '')?.[0] ?? ''
      const text = printed === '' ? [] : printed.split('\n').map((line) => (indent + line).trimEnd())
      lines.splice(openLine, closeLine - openLine - 1, ...text)
    }
    writeFileSync(path, lines.join('\n'))
  }
  return files
}
