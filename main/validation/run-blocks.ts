/** Runs the code blocks that content declares runnable, and compares or rewrites what they printed. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunnableBlock } from '../../exercises/content/compile/scope.ts'
import type { Problem } from '../../exercises/core/problem.ts'
import { BlockFailure } from './run-engine.ts'
import type { BlockDatabase } from './run-engine.ts'
import { openPostgres } from './run-postgres.ts'
import { createSqliteThread } from './sqlite-in-thread.ts'

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
  const sqlite = createSqliteThread(contentDir, options.blockLimitMs ?? 20_000)
  const open = async (block: RunnableBlock): Promise<BlockDatabase | null> => (block.engine === 'sqlite' ? sqlite.open(block.dataset) : openPostgres())

  const problems: Problem[] = []
  const outputs: NewOutput[] = []
  let ran = 0
  for (const group of groupsOf(blocks)) {
    options.onProgress(`running ${group.first.file}:${group.first.line}`)
    const result = await runGroup(group, open)
    problems.push(...result.problems)
    outputs.push(...result.outputs)
    ran += result.ran
  }
  await sqlite.close()
  const updated = options.update ? rewriteOutputs(contentDir, outputs) : []
  if (!options.update) problems.push(...outputs.map(mismatch))
  return { problems, updated, ran }
}

interface Group {
  first: RunnableBlock
  blocks: RunnableBlock[]
}

/** Blocks that share a database, in the order of their files. */
function groupsOf(blocks: readonly RunnableBlock[]): Group[] {
  const groups = new Map<string, Group>()
  for (const block of blocks) {
    const key = JSON.stringify([block.file, block.group, block.engine, block.dataset])
    const group = groups.get(key)
    if (group) group.blocks.push(block)
    else groups.set(key, { first: block, blocks: [block] })
  }
  return [...groups.values()]
}

async function runGroup(group: Group, open: (block: RunnableBlock) => Promise<BlockDatabase | null>): Promise<{ problems: Problem[]; outputs: NewOutput[]; ran: number }> {
  const outputs: NewOutput[] = []
  let current = group.first
  let database: BlockDatabase | null = null
  let ran = 0
  try {
    database = await open(group.first)
    if (!database) return { problems: [notInstalled(group.first)], outputs, ran }
    for (const block of group.blocks) {
      current = block
      const printed = printedForm(block.plan ? await database.plan(block.text) : await database.run(block.text))
      ran += 1
      if (block.output && printedForm(block.output.text) !== printed) outputs.push({ block, printed })
    }
    return { problems: [], outputs, ran }
  } catch (error) {
    // The rest of the section builds on the block that failed, so it is not run.
    return { problems: [failure(current, error)], outputs, ran }
  } finally {
    await database?.close()
  }
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
