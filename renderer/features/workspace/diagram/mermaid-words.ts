/** What can be written next in a Mermaid diagram: its keywords, and the names that the diagram has already. */

export interface DiagramWord {
  label: string
  detail: string
  kind: 'keyword' | 'name' | 'snippet'
  /** With `${1:place}` marks where the caret goes. */
  insert: string
}

export interface Snippet {
  id: string
  label: string
  detail: string
  /** For which first lines it is offered. */
  of: 'graph' | 'sequence'
  text: string
}

/** Pieces that the Insert menu and completion offer. */
export const snippets: readonly Snippet[] = [
  { id: 'node', of: 'graph', label: 'Node', detail: 'a thing with a name', text: '${1:api}["${2:Product API}"]' },
  { id: 'store', of: 'graph', label: 'Store', detail: 'a database or cache', text: '${1:db}[("${2:Database}")]' },
  { id: 'decision', of: 'graph', label: 'Decision', detail: 'two labelled ways out', text: '${1:check}{"${2:In cache?}"}\n  $1 -->|yes| ${3:answer}\n  $1 -->|no| ${4:ask}' },
  { id: 'arrow', of: 'graph', label: 'Arrow with words', detail: 'who calls whom, and what for', text: '${1:from} -->|${2:what it says}| ${3:to}' },
  { id: 'dotted', of: 'graph', label: 'Dotted arrow', detail: 'asynchronous, or only sometimes', text: '${1:from} -.->|${2:event}| ${3:to}' },
  { id: 'subgraph', of: 'graph', label: 'Subgraph', detail: 'a boundary around nodes', text: 'subgraph ${1:inside} [${2:Name of the boundary}]\n    ${3:node}\n  end' },
  { id: 'participant', of: 'sequence', label: 'Participant', detail: 'somebody who sends or receives', text: 'participant ${1:API} as ${2:Product API}' },
  { id: 'actor', of: 'sequence', label: 'Person', detail: 'a participant who is a person', text: 'actor ${1:User}' },
  { id: 'message', of: 'sequence', label: 'Message', detail: 'a call and what it says', text: '${1:A}->>${2:B}: ${3:what it says}' },
  { id: 'reply', of: 'sequence', label: 'Reply', detail: 'what comes back', text: '${1:B}-->>${2:A}: ${3:result}' },
  { id: 'alt', of: 'sequence', label: 'Alternatives', detail: 'either this or that', text: 'alt ${1:when it is so}\n    ${2:A}->>${3:B}: ${4:then this}\n  else ${5:when it is not}\n    $2->>$3: ${6:then that}\n  end' },
  { id: 'opt', of: 'sequence', label: 'Option', detail: 'only sometimes', text: 'opt ${1:when}\n    ${2:A}->>${3:B}: ${4:this}\n  end' },
  { id: 'loop', of: 'sequence', label: 'Loop', detail: 'again and again', text: 'loop ${1:until when}\n    ${2:A}->>${3:B}: ${4:this}\n  end' },
  { id: 'note', of: 'sequence', label: 'Note', detail: 'what nobody sends', text: 'Note over ${1:A},${2:B}: ${3:what is true now}' },
]

const keywords: Readonly<Record<Snippet['of'], readonly string[]>> = {
  graph: ['subgraph', 'end', 'direction LR', 'direction TB', 'classDef', 'class', 'style', 'linkStyle', 'state', 'note right of'],
  sequence: ['participant', 'actor', 'activate', 'deactivate', 'alt', 'else', 'opt', 'loop', 'par', 'and', 'critical', 'option', 'break', 'end', 'Note over', 'Note right of', 'Note left of', 'autonumber', 'box', 'create', 'destroy', 'rect'],
}
const firstLines = ['flowchart LR', 'flowchart TB', 'sequenceDiagram', 'stateDiagram-v2']
const reserved = new Set(['subgraph', 'end', 'direction', 'classDef', 'class', 'style', 'linkStyle', 'participant', 'actor', 'as', 'activate', 'deactivate', 'alt', 'else', 'opt', 'loop', 'par', 'and', 'critical', 'option', 'break', 'Note', 'note', 'over', 'right', 'left', 'of', 'autonumber', 'box', 'create', 'destroy', 'rect', 'state', 'flowchart', 'graph', 'sequenceDiagram', 'stateDiagram', 'LR', 'RL', 'TB', 'TD', 'BT', 'v2'])

/** Whether a text draws a sequence or a graph, by its first line with words. */
export function familyOf(text: string): Snippet['of'] {
  return /^\s*sequenceDiagram/m.test(text.replaceAll(/^\s*%%.*$/gm, '')) ? 'sequence' : 'graph'
}

/** Names of nodes or participants, in the order in which they appear. `before`: the offset of a word that is being written. */
export function namesIn(text: string, writing: { start: number; end: number } = { start: 0, end: 0 }): string[] {
  const without = `${text.slice(0, writing.start)} ${text.slice(writing.end)}`
  const code = without
    .replaceAll(/^\s*(%%|style|classDef|linkStyle|title|accTitle|accDescr).*$/gm, '')
    .replaceAll(/"[^"\n]*"|\|[^|\n]*\||\[[^\]\n]*\]|\([^)\n]*\)|\{[^}\n]*\}/g, ' ')
    // Words after a colon belong to a message; those after `as`, `alt` and the like are for readers.
    .replaceAll(/(?<!:):(?!:).*$/gm, '')
    .replaceAll(/^(\s*(?:alt|else|opt|loop|par|and|critical|option|break|rect|box))\b.*$/gm, '')
    .replaceAll(/\bas\b.*$/gm, '')
    .replaceAll(/--[^->\n]+-->/g, '-->')
  const found = code.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []
  return [...new Set(found)].filter((name) => !reserved.has(name) && name.length > (name === 'x' || name === 'o' ? 1 : 0))
}

/** What fits at an offset. */
export function wordsAt(text: string, offset: number): DiagramWord[] {
  const start = offset - (/[\p{L}\p{N}_]*$/u.exec(text.slice(0, offset))?.[0].length ?? 0)
  const end = offset + (/^[\p{L}\p{N}_]*/u.exec(text.slice(offset))?.[0].length ?? 0)
  const isFirst = text.slice(0, start).trim() === ''
  if (isFirst) return firstLines.map((line) => ({ label: line, detail: 'what is drawn', kind: 'keyword', insert: `${line}\n  ` }))
  const family = familyOf(text)
  const startsLine = /^\s*$/.test(text.slice(text.lastIndexOf('\n', start - 1) + 1, start))
  const names = namesIn(text, { start, end }).map((name): DiagramWord => ({ label: name, detail: family === 'graph' ? 'node' : 'participant', kind: 'name', insert: name }))
  if (!startsLine) return names
  return [
    ...names,
    ...snippets.filter((snippet) => snippet.of === family).map((snippet): DiagramWord => ({ label: snippet.label.toLowerCase(), detail: snippet.detail, kind: 'snippet', insert: snippet.text })),
    ...keywords[family].map((word): DiagramWord => ({ label: word, detail: 'Mermaid', kind: 'keyword', insert: word })),
  ]
}
