/** What stands behind the language of a code fence: `run=shop plan title="..."`. */
import type { Code } from 'mdast'
import type { CodeRun } from '../code-run.ts'
import { report } from './scope.ts'
import type { Scope } from './scope.ts'

export interface FenceInfo {
  title: string | undefined
  run: CodeRun | null
}

/** Words that a fence of a language may hold, beside `title`; `run` makes the rest meaningful. */
const wordsOf: Readonly<Record<string, readonly string[]>> = {
  sql: ['run', 'plan'],
  pgsql: ['run', 'plan'],
  promql: ['run', 'at', 'most'],
  logql: ['run', 'at', 'since', 'most'],
  sh: ['run', 'at', 'most'],
  ts: ['run'],
  js: ['run'],
}
/** Whether blocks of a language can be executed. */
export function isRunnable(language: string): boolean {
  return Object.hasOwn(wordsOf, language)
}

const defaultSinceMinutes = 5

/** Reads the words behind the language; what is wrong is reported, and the block is then shown without being run. */
export function readFenceInfo(scope: Scope, node: Code, language: string): FenceInfo {
  const words = readWords(scope, node, language)
  const title = words.get('title') ?? undefined
  if (words.has('run')) return { title, run: readRun(scope, node, language, words) }
  const stray = [...words.keys()].find((name) => name !== 'title')
  if (stray !== undefined) report(scope, node, 'code.info', `"${stray}" goes with "run".`)
  return { title, run: null }
}

function readWords(scope: Scope, node: Code, language: string): Map<string, string | null> {
  const known = [...(wordsOf[language] ?? []), 'title']
  const words = new Map<string, string | null>()
  let rest = (node.meta ?? '').trim()
  while (rest !== '') {
    const match = /^([A-Za-z][\w-]*)(?:=(?:"([^"]*)"|([^\s"]+)))?(?:\s+|$)/.exec(rest)
    const name = match?.[1]
    if (match === null || name === undefined) {
      report(scope, node, 'code.info', `The fence says "${rest}", which is not understood; it takes ${known.join(', ')}.`)
      return words
    }
    rest = rest.slice(match[0].length)
    const value = match[2] ?? match[3] ?? null
    if (name === 'run' && !isRunnable(language)) report(scope, node, 'code.not-runnable', `"${language}" cannot be run by the validator; "run" goes with ${Object.keys(wordsOf).join(', ')}.`)
    else if (!known.includes(name) || (name === 'plan') !== (value === null && name !== 'run')) report(scope, node, 'code.info', `The fence says "${name}", which is not understood; it takes ${known.join(', ')}.`)
    else words.set(name, value)
  }
  return words
}

function readRun(scope: Scope, node: Code, language: string, words: ReadonlyMap<string, string | null>): CodeRun | null {
  const target = words.get('run') ?? null
  switch (language) {
    case 'sql':
    case 'pgsql': {
      if (language === 'pgsql' && target !== null) report(scope, node, 'code.dataset', 'Datasets are SQLite statements; write "pgsql run" and create what the block needs.')
      return { engine: language === 'sql' ? 'sqlite' : 'postgres', dataset: target, ...(words.has('plan') ? { plan: true } : {}) }
    }
    case 'ts':
    case 'js':
      if (target !== null) report(scope, node, 'code.info', `A program runs by itself: write "${language} run".`)
      return { engine: 'script', language }
    default:
      return readIncidentRun(scope, node, language, target, words)
  }
}

function readIncidentRun(scope: Scope, node: Code, language: string, incident: string | null, words: ReadonlyMap<string, string | null>): CodeRun | null {
  const example = `${language} run=pool-exhaustion at=5`
  const atMinutes = (words.get('at') ?? '').split(',').map((text) => (text.trim() === '' ? Number.NaN : Number(text)))
  if (incident === null || !atMinutes.every(Number.isFinite)) {
    report(scope, node, 'code.incident', `The block names an incident and the minutes after its page at which it is asked: ${example}.`)
    return null
  }
  const number = (name: string): number | null => {
    const text = words.get(name)
    if (text === undefined || text === null) return null
    const value = Number(text)
    if (value > 0) return value
    report(scope, node, 'code.info', `"${name}" is a number above 0; "${text}" is not.`)
    return null
  }
  const asked = { incident, atMinutes, most: number('most') }
  if (language === 'promql') return { engine: 'promql', ...asked }
  if (language === 'logql') return { engine: 'logql', ...asked, sinceMinutes: number('since') ?? defaultSinceMinutes }
  const [only] = atMinutes
  if (atMinutes.length > 1 || only === undefined || only < 0) {
    report(scope, node, 'code.incident', `A line of the terminal is typed at one time, from the page on: ${example}.`)
    return null
  }
  return { engine: 'shell', ...asked }
}
