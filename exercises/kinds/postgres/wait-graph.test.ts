import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Activity } from './wait-graph.ts'
import { waitGraph } from './wait-graph.ts'

const session = (pid: number, blockedBy: number[], lock = 'ShareLock'): Activity => ({
  pid, session: String.fromCharCode(64 + pid), state: 'active', query: 'UPDATE', transactionMs: 5, waitsFor: blockedBy.length > 0 ? 'Lock: transactionid' : null, blockedBy,
  locks: blockedBy.length > 0 ? [{ target: 'transaction 7', mode: lock, granted: false }] : [],
})

describe('waitGraph', () => {
  it('draws who waits for whom and for what', () => {
    const graph = waitGraph([session(1, []), session(2, [1]), session(3, [2, 2])])
    expect(graph.edges).toEqual([{ from: 'B', to: 'A', lock: 'ShareLock on transaction 7' }, { from: 'C', to: 'B', lock: 'ShareLock on transaction 7' }])
    expect(graph.nodes.map((node) => node.waiting)).toEqual([false, true, true])
    expect(graph.cycle).toBeNull()
  })

  it('finds the ring of a deadlock, without those who only wait for it', () => {
    expect(waitGraph([session(3, [1]), session(1, [2]), session(2, [1])]).cycle).toEqual(['A', 'B'])
  })

  it('shows a session that nobody listed', () => {
    expect(waitGraph([session(1, [99])]).nodes).toMatchObject([{ id: 'A' }, { id: 'process 99', pid: 99, state: 'unknown' }])
  })

  it('names a ring exactly when one exists', () => {
    const graphs = fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })), { maxLength: 10 })
    fc.assert(
      fc.property(graphs, (pairs) => {
        const activity = [1, 2, 3, 4, 5, 6].map((pid) => session(pid, pairs.filter(([from]) => from === pid).map(([, to]) => to)))
        const { edges, cycle } = waitGraph(activity)
        if (cycle !== null) return cycle.every((node, index) => edges.some((edge) => edge.from === node && edge.to === cycle[(index + 1) % cycle.length]))
        // Without a ring, taking away those who wait for nobody left empties the graph.
        let left = edges
        for (let turn = 0; turn < 6; turn += 1) left = left.filter((edge) => left.some((next) => next.from === edge.to))
        return left.length === 0
      }),
    )
  })
})
