import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DiagramOutline } from './diagram-outline.ts'
import { groupPath, stepsOf } from './diagram-outline.ts'

const node = (id: string, group: string | null = null): DiagramOutline['nodes'][number] => ({ id, label: id.toUpperCase(), group, details: [] })
const outline: DiagramOutline = {
  nodes: [node('a'), node('b', 'inner')],
  edges: [
    { from: 'a', to: 'b', label: 'asks', group: null },
    { from: 'b', to: 'b', label: 'waits', group: 'inner' },
    { from: 'b', to: 'outer', label: '', group: null },
  ],
  groups: [
    { id: 'outer', label: 'If ok', parent: null },
    { id: 'inner', label: 'Loop twice', parent: 'outer' },
  ],
  isOrdered: true,
}

describe('steps', () => {
  it('show an edge at both of its ends, a loop once, and name a group at the other end', () => {
    expect(stepsOf(outline, 'b').map((step) => [step.direction, step.other.label, step.edge.label, step.position])).toEqual([
      ['from', 'A', 'asks', 1],
      ['to', 'B', 'waits', 2],
      ['to', 'If ok', '', 3],
    ])
    expect(stepsOf(outline, 'outer').map((step) => step.other.label)).toEqual(['B'])
  })
  it('lose no edge', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd')
    fc.assert(
      fc.property(fc.array(fc.record({ from: id, to: id }), { maxLength: 20 }), (ends) => {
        const graph: DiagramOutline = { nodes: ['a', 'b', 'c', 'd'].map((one) => node(one)), edges: ends.map((end) => ({ ...end, label: '', group: null })), groups: [], isOrdered: false }
        const seen = graph.nodes.flatMap((one) => stepsOf(graph, one.id)).map((step) => step.position)
        ends.forEach((end, index) => expect(seen.filter((position) => position === index + 1)).toHaveLength(end.from === end.to ? 1 : 2))
      }),
    )
  })
})

describe('the path of groups', () => {
  it('begins with the outermost', () => {
    expect([groupPath(outline, 'inner'), groupPath(outline, 'outer'), groupPath(outline, null), groupPath(outline, 'gone')]).toEqual([['If ok', 'Loop twice'], ['If ok'], [], []])
  })
  it('ends in a circle', () => {
    const circle = { ...outline, groups: [{ id: 'x', label: 'X', parent: 'y' }, { id: 'y', label: 'Y', parent: 'x' }] }
    expect(groupPath(circle, 'x')).toEqual(['Y', 'X'])
  })
})
