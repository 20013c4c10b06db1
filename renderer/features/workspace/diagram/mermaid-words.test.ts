import { describe, expect, it } from 'vitest'
import { familyOf, namesIn, wordsAt } from './mermaid-words.ts'

describe('names of a diagram', () => {
  it.each([
    ['flowchart LR\n  api["Product API"] -->|get it| cache[(Cache)]\n  cache -. miss .-> db', ['api', 'cache', 'miss', 'db']],
    ['flowchart LR\n  a -- some words --> b\n  subgraph inside [The boundary]\n    c\n  end', ['a', 'b', 'inside', 'c']],
    ['sequenceDiagram\n  participant A as Session A\n  A->>B: hello there\n  alt it works\n  Note over A,B: think\n  end', ['A', 'B']],
    ['%% remark\nflowchart LR\n  a:::hot --> b\n  style a fill:#eee', ['a', 'hot', 'b']],
  ])('of %s', (text, names) => expect(namesIn(text)).toEqual(names))
})

describe('what fits', () => {
  const labels = (text: string): string[] => wordsAt(text.replace('|caret|', ''), text.indexOf('|caret|')).map((word) => word.label)
  it('at the start: the kinds of diagrams', () => expect(labels('flow|caret|')).toContain('flowchart LR'))
  it('after an arrow: the names, without the one being written', () => expect(labels('flowchart LR\n  api --> cache\n  api --> ca|caret|')).toEqual(['api', 'cache']))
  it('at the start of a line: names, pieces and keywords of its family', () => {
    const found = labels('sequenceDiagram\n  A->>B: hi\n  |caret|')
    expect(found).toEqual(expect.arrayContaining(['A', 'B', 'alternatives', 'deactivate']))
    expect(found).not.toContain('subgraph')
  })
  it('by the first line', () => expect([familyOf('%% x\nsequenceDiagram\n'), familyOf('flowchart LR')]).toEqual(['sequence', 'graph']))
})
