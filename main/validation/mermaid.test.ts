import { describe, expect, it } from 'vitest'
import { checkDiagrams, outlineOfSource } from './mermaid.ts'

const linesOf = async (source: string): Promise<string[]> => (await checkDiagrams([{ file: 'c.md', id: 'd', line: 11, source }])).map(({ file, line, rule }) => `${file}:${line} ${rule}`)

describe('diagrams that do not parse', () => {
  it.each([
    ['a good one', 'flowchart LR\n  a --> b', []],
    ['the line of the fault', 'flowchart LR\n  a --> b\n  b --> [', ['c.md:13 diagram.mermaid']],
    ['comments are counted', '%% one\n\nflowchart LR\n%% two\n  a --> b\n  b --> [', ['c.md:16 diagram.mermaid']],
    ['an unknown kind', 'flowchat LR\n  a --> b', ['c.md:11 diagram.mermaid']],
    ['a message without text', 'sequenceDiagram\n  A->>B: hello\n  A->>B again', ['c.md:13 diagram.mermaid']],
    ['an empty one', '', ['c.md:11 diagram.mermaid']],
  ])('%s', async (_, source, expected) => expect(await linesOf(source)).toEqual(expected))
})

describe('the outline', () => {
  it('of a flowchart', async () => {
    expect(await outlineOfSource('flowchart LR\n  subgraph s1 [Group one]\n  a["A node<br/>in two lines"] -->|label| b{Decide}\n  end\n  b -.-> c((C))\n  b --> s1')).toEqual({
      nodes: [
        { id: 'a', label: 'A node in two lines', group: 's1', details: [] },
        { id: 'b', label: 'Decide', group: 's1', details: [] },
        { id: 'c', label: 'C', group: null, details: [] },
      ],
      edges: [
        { from: 'a', to: 'b', label: 'label', group: null },
        { from: 'b', to: 'c', label: '', group: null },
        { from: 'b', to: 's1', label: '', group: null },
      ],
      groups: [{ id: 's1', label: 'Group one', parent: null }],
      isOrdered: false,
    })
  })
  it('of states, with a note', async () => {
    const outline = await outlineOfSource('stateDiagram-v2\n  [*] --> Idle\n  Idle --> Busy : start\n  state Busy {\n    X --> Y\n  }\n  Busy --> [*]\n  note right of Idle: hey')
    expect(outline?.nodes.map(({ label, group }) => [label, group])).toEqual([['Start', null], ['Idle', null], ['X', 'Busy'], ['Y', 'Busy'], ['End', null], ['Note: hey', null]])
    expect(outline?.groups).toEqual([{ id: 'Busy', label: 'Busy', parent: null }])
    expect(outline?.edges.map((edge) => edge.label)).toEqual(['', 'start', '', '', ''])
  })
  it('of entities and classes', async () => {
    expect(await outlineOfSource('erDiagram\n  CUSTOMER ||--o{ ORDER : places\n  ORDER {\n    int id PK\n  }')).toMatchObject({
      nodes: [{ label: 'CUSTOMER' }, { label: 'ORDER', details: ['id int PK'] }],
      edges: [{ label: 'exactly one places zero or more' }],
    })
    expect(await outlineOfSource('classDiagram\n  class Animal {\n    +int age\n    +run()\n  }\n  Animal <|-- Dog')).toMatchObject({
      nodes: [{ label: 'Animal', details: ['+int age', '+run()'] }, { label: 'Dog' }],
      edges: [{ from: 'Animal', to: 'Dog', label: 'is extended by' }],
    })
  })
  it('of a conversation', async () => {
    expect(await outlineOfSource('sequenceDiagram\n  participant A as Session A\n  actor B\n  A->>B: hello\n  Note over A,B: think\n  alt ok\n  loop twice\n  B-->>A: yes\n  end\n  else no\n  B-xA: no\n  end\n  A->>A: done')).toEqual({
      nodes: [{ id: 'A', label: 'Session A', group: null, details: [] }, { id: 'B', label: 'B', group: null, details: [] }],
      edges: [
        { from: 'A', to: 'B', label: 'hello', group: null },
        { from: 'A', to: 'B', label: 'think', group: null, isNote: true },
        { from: 'B', to: 'A', label: 'yes', group: 'block-2' },
        { from: 'B', to: 'A', label: 'no', group: 'block-3' },
        { from: 'A', to: 'A', label: 'done', group: null },
      ],
      groups: [
        { id: 'block-1', label: 'If ok', parent: null },
        { id: 'block-2', label: 'Loop twice', parent: 'block-1' },
        { id: 'block-3', label: 'Else no', parent: null },
      ],
      isOrdered: true,
    })
  })
  it('of a pie is none', async () => expect(await outlineOfSource('pie\n "a" : 3')).toBeNull())
})
