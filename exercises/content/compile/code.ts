/** Code fences, and the output that belongs to them. */
import type { Code } from 'mdast'
import type { Block } from '../model.ts'
import { readFenceInfo } from './fence-info.ts'
import { highlight, knowsLanguage } from './highlight.ts'
import { lineOf, report } from './scope.ts'
import type { Scope } from './scope.ts'

type CodeBlock = Extract<Block, { t: 'code' }>

/** Compiles a fence. `output` is the `output` fence directly after it, if there is one. */
export function compileCode(scope: Scope, node: Code, output: Code | undefined): CodeBlock {
  const lang = node.lang ?? 'plaintext'
  if (!knowsLanguage(lang)) report(scope, node, 'code.language', `"${lang}" is not a language that can be coloured; use sql, pgsql, promql, logql, ts, js, json, yaml, sh, python, go, java, diff or text.`)
  const { title, run } = readFenceInfo(scope, node, lang)
  const block: CodeBlock = { t: 'code', lang, text: node.value, tokens: highlight(lang, node.value) }
  if (title !== undefined) block.title = title
  if (output) block.output = output.value
  if (run === null) return block
  block.run = run
  const line = lineOf(scope, node)
  if ('incident' in run) scope.references.push({ kind: 'incident', id: run.incident, file: scope.file, line })
  scope.runnable.push({
    file: scope.file,
    group: scope.section,
    line,
    run,
    text: node.value,
    output: output?.position ? { text: output.value, openLine: lineOf(scope, output), closeLine: output.position.end.line + scope.lineOffset } : null,
  })
  return block
}
