/** Mermaid's complaints in plain words, at the line of the learner's text. */
import type { DiagramFault } from '../diagram.ts'
import { isFields } from './fields.ts'

/** What Mermaid's parsers call the pieces of a diagram, for those that help somebody who looks for a slip. */
const pieces: ReadonlyMap<string, string> = new Map([
  ['NODE_STRING', 'the name of a node'],
  ['LINK', 'an arrow such as `-->`'],
  ['START_LINK', 'an arrow such as `-->`'],
  ['SQE', 'a closing `]`'],
  ['PE', 'a closing `)`'],
  ['DIAMOND_STOP', 'a closing `}`'],
  ['PIPE', 'a `|`'],
  ['SQS', 'a `[`'],
  ['PS', 'a `(`'],
  ['DIAMOND_START', 'a `{`'],
  ['STR', 'text in quotes'],
  ['TXT', 'a colon and the words of the message, `: like this`'],
  ['ACTOR', 'the name of a participant'],
  ['NEWLINE', 'the end of the line'],
  ['SEMI', 'a `;`'],
  ['EOF', 'the end of the text'],
  ['end', '`end`'],
  ['SOLID_ARROW', 'an arrow such as `->>`'],
  ['subgraph', '`subgraph`'],
  ['ACTIVE_PARTICIPANT', 'an active participant'],
  ['1', 'the end of the text'],
  ['INVALID', 'a character that has no meaning here'],
  ['MINUS', 'a `-`'],
  ['TAGEND', 'a `>`'],
  ['TAGSTART', 'a `<`'],
])

function numberAt(value: unknown, name: string): number | null {
  return isFields(value) && typeof value[name] === 'number' ? value[name] : null
}

/** 1-based line in the text that Mermaid parsed. */
export function failingLine(error: unknown): number {
  if (isFields(error) && isFields(error['hash'])) {
    const line = numberAt(error['hash']['loc'], 'last_line')
    if (line !== null) return line
  }
  const found = error instanceof Error ? /line:? (\d+)/i.exec(error.message) : null
  return found?.[1] === undefined ? 1 : Number(found[1])
}

/**
 * Says what is wrong with a text that Mermaid does not parse.
 * @param leading how many lines Mermaid dropped before it counted
 */
export function faultOf(error: unknown, lines: readonly string[], leading: number): DiagramFault {
  const line = Math.min(Math.max(failingLine(error) + leading, 1), Math.max(lines.length, 1))
  return { line, message: explain(error, lines[line - 1] ?? '', lines) }
}

function explain(error: unknown, text: string, lines: readonly string[]): string {
  const message = error instanceof Error ? error.message : String(error)
  if (/No diagram type detected|UnknownDiagram/i.test(message)) return 'The first line must say what is drawn: `flowchart LR`, `sequenceDiagram` or `stateDiagram-v2`.'
  if (/Edge limit/i.test(message)) return 'There are more than 500 arrows. Draw what the brief asks for.'
  if (/inactivate an inactive/i.test(message)) return 'A participant is deactivated that is not active. Every `-` or `deactivate` needs a `+` or `activate` before it.'
  const hash = isFields(error) && isFields(error['hash']) ? error['hash'] : {}
  const token = String(hash['token'] ?? '')
  const expected = Array.isArray(hash['expected']) ? hash['expected'].map((one) => String(one).replaceAll("'", '')) : []
  if (token === '') return firstSentence(message)
  const advice = adviceFor(token, expected, text, lines)
  const found = pieces.get(token) ?? `\`${String(hash['text'] ?? token).trim() || token}\``
  const before = `Mermaid found ${found}`
  if (advice !== '') return `${advice} ${before}.`
  const wanted = [...new Set(expected.flatMap((name) => pieces.get(name) ?? []))].slice(0, 4)
  return wanted.length === 0 ? `${before}, which cannot stand here.` : `${before} and expected ${list(wanted)}.`
}

function adviceFor(token: string, expected: readonly string[], text: string, lines: readonly string[]): string {
  if (token === 'end') return 'The word `end` closes a block. To use it in a label, write "End" in quotes.'
  if (/[^-<]->[^>]/.test(` ${text} `) && expected.includes('LINK')) return 'An arrow of a flowchart has two dashes: `-->`.'
  if (['PS', 'SQS', 'DIAMOND_START'].includes(token) && /[[({]/.test(text)) return 'Brackets inside a label need quotes around the label: `a["reads (first)"]`.'
  if (expected.includes('TXT')) return 'Every message needs words after a colon: `A->>B: what it says`.'
  const opened = lines.filter((line) => /^\s*(subgraph|alt|opt|loop|par|critical|break|rect|box)\b/.test(line)).length
  const closed = lines.filter((line) => /^\s*end\s*$/.test(line)).length
  if (token === '1' && opened > closed) return `${opened === 1 ? '1 block is' : `${opened} blocks are`} opened and ${closed === 0 ? 'none' : closed} closed: an \`end\` is missing. It stands on a line of its own.`
  return ''
}

function list(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} or ${parts.at(-1) ?? ''}`
}

function firstSentence(message: string): string {
  const first = message.split('\n', 1)[0]?.slice(0, 200) ?? ''
  return first.endsWith('.') ? first : `${first}.`
}
