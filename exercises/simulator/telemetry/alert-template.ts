import type { Labels } from '../promql/source.ts'
import { formatGeneral } from '../query/number-text.ts'
import { humanize, humanize1024, humanizeDuration, humanizePercentage, sprintf } from './go-format.ts'

/** What a template may speak of. */
export interface TemplateData {
  readonly labels: Labels
  readonly value: number
}

type Term = string | number

const functions: Readonly<Record<string, (terms: readonly Term[]) => Term>> = {
  humanize: ([value]) => humanize(numberOf(value)),
  humanize1024: ([value]) => humanize1024(numberOf(value)),
  humanizeDuration: ([value]) => humanizeDuration(numberOf(value)),
  humanizePercentage: ([value]) => humanizePercentage(numberOf(value)),
  printf: ([format, ...values]) => sprintf(textOf(format), values),
  toUpper: ([text]) => textOf(text).toUpperCase(),
  toLower: ([text]) => textOf(text).toLowerCase(),
  title: ([text]) => textOf(text).replace(/(^|\s)\S/g, (letter) => letter.toUpperCase()),
}

/**
 * The part of Go's text/template that alerting rules use: `{{ $value }}`, `{{ $labels.name }}`, pipes into printf and
 * the humanize functions of Prometheus. A mistake becomes part of the text, as in Prometheus.
 */
export function expandTemplate(template: string, data: TemplateData): string {
  if (!template.includes('{{')) return template
  try {
    // Dashes inside the braces eat the white space next to them.
    const trimmed = template.replace(/\s*\{\{-\s/g, '{{').replace(/\s-\}\}\s*/g, '}}')
    return trimmed.replace(/\{\{([\s\S]*?)\}\}/g, (_, action: string) => textOf(pipeline(action, data)))
  } catch (error) {
    return `<error expanding template: ${error instanceof TemplateError ? error.message : String(error)}>`
  }
}

class TemplateError extends Error {}

function pipeline(action: string, data: TemplateData): Term {
  let piped: Term[] = []
  let result: Term = ''
  for (const command of splitPipes(tokens(action))) {
    result = run([...command], piped, data)
    piped = [result]
  }
  return result
}

function run(words: string[], piped: readonly Term[], data: TemplateData): Term {
  const [first, ...rest] = words
  if (first === undefined) throw new TemplateError('missing value for command')
  const call = Object.hasOwn(functions, first) ? functions[first] : undefined
  if (call === undefined) {
    if (rest.length > 0 || piped.length > 0) throw new TemplateError(`can't give argument to non-function ${first}`)
    return term(first, data)
  }
  return call([...rest.map((word) => term(word, data)), ...piped])
}

function term(word: string, data: TemplateData): Term {
  if (word === '$value' || word === '.Value') return data.value
  const label = /^(?:\$labels|\.Labels)\.([a-zA-Z_]\w*)$/.exec(word)
  if (label !== null) return data.labels[label[1] ?? ''] ?? ''
  if (word.startsWith('"')) return quoted(word)
  if (word.startsWith('`')) return word.slice(1, -1)
  const value = Number(word)
  if (Number.isNaN(value)) throw new TemplateError(`function "${word}" not defined`)
  return value
}

function quoted(word: string): string {
  try {
    return String(JSON.parse(word))
  } catch {
    throw new TemplateError(`malformed string ${word}`)
  }
}

function tokens(action: string): string[] {
  return action.match(/"(?:[^"\\]|\\.)*"|`[^`]*`|\||[^\s|]+/g) ?? []
}

function splitPipes(words: readonly string[]): string[][] {
  const commands: string[][] = [[]]
  for (const word of words) {
    if (word === '|') commands.push([])
    else commands.at(-1)?.push(word)
  }
  return commands
}

function numberOf(term: Term | undefined): number {
  if (term === undefined) throw new TemplateError('not enough arguments')
  return Number(term)
}

function textOf(term: Term | undefined): string {
  if (term === undefined) throw new TemplateError('not enough arguments')
  return typeof term === 'number' ? formatGeneral(term) : term
}
