/**
 * Mermaid in Node: its parser asks for a page, so jsdom lends one. Imported only where diagrams are checked, since both
 * are large. Nothing is drawn.
 */
import { JSDOM } from 'jsdom'
import type { DiagramSource } from '../../exercises/content/compile/scope.ts'
import { outlineDiagram } from '../../exercises/content/diagram-outline.ts'
import type { DiagramOutline } from '../../exercises/content/diagram-outline.ts'
import type { Problem } from '../../exercises/core/problem.ts'
import { failingLine } from '../../exercises/kinds/diagram/read/fault.ts'
import { mermaidParseSettings } from '../../exercises/kinds/diagram/read/read-diagram.ts'
import type { ParseMermaid } from '../../exercises/kinds/diagram/read/read-diagram.ts'

/** What Mermaid finds on the global object of a page. */
const pageGlobals = ['document', 'Element', 'HTMLElement', 'SVGElement', 'DOMParser', 'XMLSerializer', 'Node'] as const

let loading: Promise<ParseMermaid> | undefined

/** Loads Mermaid once and gives its parser, which throws what Mermaid throws. */
export function loadMermaidParser(): Promise<ParseMermaid> {
  loading ??= load()
  return loading
}

async function load(): Promise<ParseMermaid> {
  const { window } = new JSDOM('<!doctype html><body></body>')
  const lend = (name: string, value: unknown): void => {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
  }
  lend('window', window)
  for (const name of pageGlobals) lend(name, window[name])
  const { default: mermaid } = await import('mermaid')
  mermaid.initialize({ ...mermaidParseSettings, logLevel: 'fatal' })
  return async (source) => mermaid.mermaidAPI.getDiagramFromText(source)
}

/** Parses every diagram; a failure is an error at its line of the content file. */
export async function checkDiagrams(diagrams: readonly DiagramSource[]): Promise<Problem[]> {
  if (diagrams.length === 0) return []
  const parse = await loadMermaidParser()
  const problems: Problem[] = []
  for (const diagram of diagrams) {
    // Mermaid drops comment lines and leading blank lines before it counts.
    const blanked = diagram.source.replaceAll(/^[ \t]*%%(?!\{).*$/gm, '')
    const leading = (/^\s*/.exec(blanked)?.[0] ?? '').split('\n').length - 1
    try {
      await parse(blanked)
    } catch (error) {
      const last = diagram.source.split('\n').length
      const line = Math.min(Math.max(failingLine(error) + leading, 1), last)
      problems.push({ file: diagram.file, line: diagram.line + line - 1, severity: 'error', rule: 'diagram.mermaid', message: `The diagram "${diagram.id}" does not parse: ${explain(error)}` })
    }
  }
  return problems
}

/** The outline of a diagram as the reader will show it; null where the kind has none. */
export async function outlineOfSource(source: string): Promise<DiagramOutline | null> {
  const parse = await loadMermaidParser()
  return outlineDiagram((await parse(source)).db)
}

function explain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const expecting = /Expecting (.*), got '([^']+)'/.exec(message)
  if (expecting) return `it does not expect ${expecting[2]} here.`
  const first = message.split('\n', 1)[0] ?? message
  return first.endsWith('.') ? first : `${first}.`
}
