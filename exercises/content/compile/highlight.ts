/** Source text to coloured runs, by highlight.js grammars; the colours are the theme's. */
import { common, createLowlight } from 'lowlight'
import type { CodeToken } from '../model.ts'
import { logqlGrammar, promqlGrammar } from './query-grammars.ts'

const lowlight = createLowlight({ ...common, promql: promqlGrammar, logql: logqlGrammar })
lowlight.registerAlias({ sql: ['pgsql', 'postgres', 'mysql', 'sqlite'], plaintext: ['text', 'output', 'log', 'plan'] })

/** Whether a fence may name this language. */
export function knowsLanguage(language: string): boolean {
  return lowlight.registered(language)
}

/** Classes of highlight.js by the kind we draw; the rest stays plain. */
const kinds: Record<string, NonNullable<CodeToken['kind']>> = {
  'hljs-keyword': 'keyword',
  'hljs-literal': 'keyword',
  'hljs-built_in': 'keyword',
  'hljs-type': 'keyword',
  'hljs-operator': 'keyword',
  'hljs-selector-tag': 'keyword',
  'hljs-tag': 'keyword',
  'hljs-string': 'string',
  'hljs-regexp': 'string',
  'hljs-char': 'string',
  'hljs-addition': 'string',
  'hljs-number': 'number',
  'hljs-symbol': 'number',
  'hljs-comment': 'comment',
  'hljs-doctag': 'comment',
  'hljs-quote': 'comment',
  'hljs-meta': 'comment',
  'hljs-title': 'name',
  'hljs-attr': 'name',
  'hljs-attribute': 'name',
  'hljs-name': 'name',
  'hljs-section': 'name',
  'hljs-variable': 'name',
  'hljs-deletion': 'invalid',
}

type Tree = ReturnType<typeof lowlight.highlight>
type Child = Tree['children'][number]

/** Colours `text`; the runs joined are always exactly `text`. An unknown language gives one plain run. */
export function highlight(language: string, text: string): CodeToken[] {
  if (!lowlight.registered(language) || text === '') return text === '' ? [] : [{ text }]
  const tokens: CodeToken[] = []
  const walk = (node: Child, kind: CodeToken['kind']): void => {
    if (node.type === 'text') push(tokens, node.value, kind)
    else if (node.type === 'element') {
      const classes = Array.isArray(node.properties['className']) ? node.properties['className'] : []
      const own = classes.map((name) => kinds[String(name)]).find((found) => found !== undefined)
      for (const child of node.children) walk(child, own ?? kind)
    }
  }
  for (const child of lowlight.highlight(language, text).children) walk(child, undefined)
  return tokens
}

function push(tokens: CodeToken[], text: string, kind: CodeToken['kind']): void {
  const last = tokens.at(-1)
  if (last && last.kind === kind) last.text += text
  else tokens.push(kind === undefined ? { text } : { text, kind })
}
