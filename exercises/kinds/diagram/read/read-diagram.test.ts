import { beforeAll, describe, expect, it } from 'vitest'
import { loadMermaidParser } from '../../../../main/validation/mermaid.ts'
import type { Diagram, DiagramFault } from '../diagram.ts'
import { describeEdge } from '../describe.ts'
import type { ParseMermaid } from './read-diagram.ts'
import { readDiagram } from './read-diagram.ts'

let parse: ParseMermaid
beforeAll(async () => {
  parse = await loadMermaidParser()
})
const read = async (source: string): Promise<Diagram> => {
  const result = await readDiagram(source, parse)
  if (!result.ok) throw new Error(`${result.error.line}: ${result.error.message}`)
  return result.value
}
const fault = async (source: string): Promise<DiagramFault> => {
  const result = await readDiagram(source, parse)
  if (result.ok) throw new Error('It was read.')
  return result.error
}
const edges = async (source: string): Promise<string[]> => {
  const diagram = await read(source)
  return diagram.edges.map((edge) => describeEdge(diagram, edge))
}

describe('a flowchart', () => {
  it('is read with its arrows, words and lines', async () => {
    expect(await edges('%% a comment\nflowchart LR\n  a["Product API<br/>reads first"] -->|get| c[(Cache)]\n  c -. miss .-> d\n  a --- d\n  a <--> e\n  a ~~~ d\n  a & c --> f')).toEqual([
      'Product API -> Cache, "get" (line 3)',
      'Cache -> d, "miss" (line 4)',
      'Product API --- d (line 5)',
      'Product API <-> e (line 6)',
      'Product API -> f (line 8)',
      'Cache -> f (line 8)',
    ])
  })
  it('keeps shapes and groups', async () => {
    const diagram = await read('flowchart TB\n  subgraph out [Outer]\n    subgraph in [Inner]\n      q{In stock?}\n    end\n    s[(Store)]\n  end\n  q --> s')
    expect(diagram.nodes.map(({ id, title, shape, group }) => [id, title, shape, group])).toEqual([['q', 'In stock?', 'decision', 'in'], ['s', 'Store', 'store', 'out']])
    expect(diagram.groups.map(({ id, title, parent }) => [id, title, parent])).toEqual(expect.arrayContaining([['in', 'Inner', 'out'], ['out', 'Outer', null]]))
  })
  it('takes words that are special in JavaScript for words', async () => {
    expect(await edges('flowchart LR\n  a["__proto__"] -->|toString| b["constructor"]')).toEqual(['__proto__ -> constructor, "toString" (line 2)'])
    expect(({} as Record<string, unknown>)['label']).toBeUndefined()
  })
})

describe('a state diagram', () => {
  it('is a graph too', async () => {
    expect(await edges('stateDiagram-v2\n  [*] --> Open\n  Open --> Closed : done\n  note right of Open: hey')).toEqual(['Start -> Open (line 2)', 'Open -> Closed, "done" (line 3)'])
  })
})

describe('a sequence', () => {
  const source = `sequenceDiagram
  participant A as Session A
  actor B
  A->>+B: hello
  Note over A,B: think
  alt it is there
    B-->>-A: yes
  else it is not
    B-xA: no
    loop twice
      A-)B: again
    end
  end
  A->>A: done`
  it('is read in order, with blocks and activations', async () => {
    const diagram = await read(source)
    if (diagram.kind !== 'sequence') throw new Error('no sequence')
    expect(diagram.edges.map((message) => [describeEdge(diagram, message), message.blocks.map(({ block, branch }) => `${block}.${branch}`).join(' '), message.active.join()])).toEqual([
      ['Session A -> B, "hello" (line 4)', '', 'B'],
      ['B -> Session A, "yes" (line 7)', '0.0', 'B'],
      ['B -> Session A, "no" (line 9)', '0.1', ''],
      ['Session A -> B, "again" (line 11)', '0.1 1.0', ''],
      ['Session A -> Session A, "done" (line 14)', '', ''],
    ])
    expect(diagram.blocks).toEqual([{ kind: 'alt', branches: ['it is there', 'it is not'], line: 6 }, { kind: 'loop', branches: ['twice'], line: 10 }])
    expect(diagram.notes).toEqual([{ over: ['A', 'B'], label: 'think', line: 5 }])
    expect(diagram.nodes.map(({ title, shape }) => [title, shape])).toEqual([['Session A', 'box'], ['B', 'actor']])
  })
})

describe('faults', () => {
  it.each([
    ['nothing', '', 1, 'There is no diagram yet'],
    ['only a comment', '%% later', 1, 'There is no diagram yet'],
    ['an unknown kind', 'flowchat LR\n a --> b', 1, '`flowchart LR`'],
    ['one that is not judged', 'pie\n "a": 3', 1, 'cannot be judged'],
    ['a short arrow', 'flowchart LR\n  a --> b\n  b -> c', 3, 'has two dashes'],
    ['a bracket in a label', 'flowchart LR\n  a[reads (first)] --> b', 2, 'quotes around the label'],
    ['a message without words', '\nsequenceDiagram\n  A->>B: hello\n  A->>B', 4, 'words after a colon'],
    ['an open subgraph', 'flowchart LR\n  subgraph x\n  a --> b', 3, 'an `end` is missing'],
    ['a node called end', 'flowchart LR\n  a --> end', 2, 'The word `end` closes'],
    ['the end of what never began', 'sequenceDiagram\n  A->>B: y\n  deactivate B', 1, 'needs a `+` or `activate`'],
  ])('%s', async (_, source, line, words) => {
    const { message, line: found } = await fault(source)
    expect(message).toContain(words)
    expect([found, message]).toEqual([line, message])
  })
})

describe('what is refused', () => {
  it.each([
    ['a link', 'flowchart LR\n  a --> b\n  click a href "https://example.org"', 3, '`click`'],
    ['a call', 'flowchart LR\n  a --> b\n  click a call alert()', 3, '`click`'],
    ['a javascript link', 'flowchart LR\n  a --> b\n  click a "javascript:alert(1)"', 3, '`click`'],
    ['settings', '%%{init: {"securityLevel": "loose", "__proto__": {"x": 1}}}%%\nflowchart LR\n  a --> b', 1, 'Settings'],
    ['settings before the diagram', '---\nconfig:\n  theme: forest\n---\nflowchart LR\n  a --> b', 1, 'Settings'],
    ['a name that breaks the layout', 'flowchart LR\n  a --> __proto__', 2, '`__proto__`'],
    ['another', 'sequenceDiagram\n  participant A\n  A->>constructor: hi', 3, '`constructor`'],
    ['HTML', 'flowchart LR\n  a["<img src=x onerror=alert(1)>Cache"] --> b', 2, 'HTML'],
    ['a script', 'sequenceDiagram\n  A->>B: <script>alert(1)</script>', 2, 'HTML'],
    ['a tag over two lines', 'flowchart LR\n  a["<b\n onclick=alert(1)>x"]', 2, 'HTML'],
    ['an image', 'flowchart LR\n  a@{ img: "https://example.org/a.png" } --> b', 2, 'Images'],
    ['an icon', 'flowchart LR\n  a@{\n  icon: "fa:user" }\n  a --> b', 3, 'Images'],
    ['a style that fetches', 'flowchart LR\n  a --> b\n  style a fill:url(https://example.org/x)', 3, 'Styles'],
    ['a class that fetches', 'flowchart LR\n  a --> b\n  classDef c background:u\\72l(x)\n  class a c', 3, 'Styles'],
    ['links of a participant', 'sequenceDiagram\n  A->>B: hi\n  links A: {"__proto__": "https://example.org"}', 3, 'Participants'],
    ['a link of a participant', 'sequenceDiagram\n  A->>B: hi\n  link A: x @ https://example.org', 3, 'Participants'],
  ])('%s', async (_, source, line, words) => {
    const found = await fault(source)
    expect(found.message).toContain(words)
    expect(found.line).toBe(line)
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })
  it('but colours are not', async () => {
    expect(await edges('flowchart LR\n  a:::c --> b\n  classDef c fill:#eee,stroke:#123\n  style b stroke-width:2px\n  linkStyle 0 stroke:red')).toHaveLength(1)
  })
  it('nor are a line break, a comparison and characters that HTML knows', async () => {
    const diagram = await read('flowchart LR\n  a["Cache<br/>p99 < 5 ms & more"] -->|"#lt;b#gt; get"| b["x > y"]')
    expect(diagram.nodes.map((node) => node.label)).toEqual(['Cache p99 < 5 ms & more', 'x > y'])
    expect(diagram.edges[0]?.label).toBe('<b> get')
  })
})

describe('size', () => {
  const many = (count: number): string => Array.from({ length: count }, (_, index) => `n${index}`).join(' & ')
  it.each([
    ['too long', `flowchart LR\n${'  a --> b\n'.repeat(2500)}`, 'characters'],
    ['too many lines', `flowchart LR\n${'a-->b\n'.repeat(500)}`, 'lines'],
    ['a line that is too long', `flowchart LR\n  a["${'x'.repeat(2000)}"]`, 'characters'],
    ['arrows that multiply', `flowchart LR\n  ${many(30)} --> ${many(30)}`, 'arrows'],
    ['too many nodes', `flowchart LR\n  ${many(90)}`, '90 nodes'],
    ['nested brackets', `flowchart LR\n  ${'a[('.repeat(300)}`, ''],
    ['nested blocks', `sequenceDiagram\n${'alt x\n'.repeat(390)}`, '`end` is missing'],
    ['a list of opened quotes', `flowchart LR\n${'  a["|'.repeat(150)}`, ''],
    ['spaces without end', `flowchart LR\n  a${' '.repeat(990)}-`, ''],
    // A pattern that explodes on one of these would take minutes, and meet the limit of the test.
  ])('%s is told', async (_, source, words) => {
    expect((await fault(source)).message).toContain(words)
  }, 10_000)
})
