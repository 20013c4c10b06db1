/** Code fences: what their info string says, and the output that belongs to them. */
import type { Code } from 'mdast'
import type { Block } from '../model.ts'
import { highlight, knowsLanguage } from './highlight.ts'
import { lineOf, report } from './scope.ts'
import type { RunnableBlock, Scope } from './scope.ts'

type CodeBlock = Extract<Block, { t: 'code' }>

interface FenceInfo {
  title: string | undefined
  run: { dataset: string | null } | null
  plan: boolean
}

const engines: Record<string, 'sqlite' | 'postgres'> = { sql: 'sqlite', pgsql: 'postgres' }

/** Compiles a fence. `output` is the `output` fence directly after it, if there is one. */
export function compileCode(scope: Scope, node: Code, output: Code | undefined): CodeBlock {
  const lang = node.lang ?? 'plaintext'
  if (!knowsLanguage(lang)) report(scope, node, 'code.language', `"${lang}" is not a language that can be coloured; use sql, pgsql, typescript, json, yaml, bash, python, go, java, diff or text.`)
  const info = readFenceInfo(scope, node)
  const block: CodeBlock = { t: 'code', lang, text: node.value, tokens: highlight(lang, node.value) }
  if (info.title !== undefined) block.title = info.title
  if (output) block.output = output.value
  const engine = engines[lang]
  if (info.run && !engine) report(scope, node, 'code.not-runnable', `"${lang}" cannot be run by the validator; "run" goes with sql and pgsql.`)
  if (info.run && engine) {
    if (engine === 'postgres' && info.run.dataset !== null) report(scope, node, 'code.dataset', 'Datasets are SQLite statements; write "pgsql run" and create what the block needs.')
    block.run = { engine, dataset: info.run.dataset, ...(info.plan ? { plan: true } : {}) }
    const runnable: RunnableBlock = {
      file: scope.file,
      group: scope.section,
      line: lineOf(scope, node),
      engine,
      dataset: info.run.dataset,
      plan: info.plan,
      text: node.value,
      output: output?.position ? { text: output.value, openLine: lineOf(scope, output), closeLine: output.position.end.line + scope.lineOffset } : null,
    }
    scope.runnable.push(runnable)
  } else if (info.plan) report(scope, node, 'code.info', '"plan" goes with "run".')
  return block
}

function readFenceInfo(scope: Scope, node: Code): FenceInfo {
  const info: FenceInfo = { title: undefined, run: null, plan: false }
  let rest = (node.meta ?? '').trim()
  while (rest !== '') {
    const match = /^([A-Za-z][\w-]*)(?:=(?:"([^"]*)"|([^\s"]+)))?(?:\s+|$)/.exec(rest)
    if (!match?.[1]) {
      report(scope, node, 'code.info', `The fence says "${rest}", which is not understood; it takes run, run=<dataset>, plan and title="...".`)
      return info
    }
    rest = rest.slice(match[0].length)
    const name = match[1]
    const value = match[2] ?? match[3]
    if (name === 'run') info.run = { dataset: value ?? null }
    else if (name === 'plan' && value === undefined) info.plan = true
    else if (name === 'title' && value !== undefined) info.title = value
    else report(scope, node, 'code.info', `The fence says "${name}", which is not understood; it takes run, run=<dataset>, plan and title="...".`)
  }
  return info
}
