/** Judges what is drawn at all: nodes by meaning, the size, and what stands around them. */
import type { Judgement } from '../../../core/judgement.ts'
import { atLine, nameOf, short } from '../describe.ts'
import type { DiagramCheckOf } from '../schema.ts'
import type { UnitGraph } from '../unit-graph.ts'
import { missing } from '../unit-graph.ts'
import type { Part } from './part.ts'
import { judgeParts } from './part.ts'

const shapeWords = { decision: 'a decision, such as `x{In stock?}`', store: 'a store, such as `x[(Database)]`', actor: 'a person: write `actor` in place of `participant`' } as const

export function judgeNodes(check: DiagramCheckOf<'nodes'>, graph: UnitGraph): Judgement {
  const { diagram, meanings } = graph
  return judgeParts(
    check.nodes.map(({ is, shape, once }): Part => {
      const called = meanings.called(is)
      const ids = meanings.ids(is)
      if (ids.length === 0) return { met: false, evidence: `Not drawn: ${called}.` }
      const nodes = diagram.nodes.filter((node) => ids.includes(node.id))
      const line = nodes[0]?.line
      const read = ids.map((id) => `"${short(nameOf(diagram, id))}"`).join(', ')
      if (shape !== undefined && !nodes.some((node) => node.shape === shape)) return { met: false, line, evidence: `I read ${read} as ${called}, and it should look like ${shapeWords[shape]}.` }
      const plain = nodes.filter((node) => node.shape !== 'decision')
      if (once && plain.length > 1) return { met: false, line: plain[1]?.line, evidence: `Drawn ${plain.length} times: ${called}. I read ${read}; there is one of it.` }
      return { met: true, evidence: `Drawn: ${called}. I read ${read}${atLine(line ?? null)}.` }
    }),
  )
}

export function judgeSize(check: DiagramCheckOf<'size'>, { diagram }: UnitGraph): Judgement {
  const count = diagram.nodes.length
  const touched = new Set(diagram.edges.flatMap((edge) => [edge.from, edge.to]))
  const holds = (id: string): boolean => touched.has(id) || diagram.groups.some((group) => group.id === id && group.parent !== null && holds(group.parent))
  const alone = check.joined ? diagram.nodes.filter((node) => !touched.has(node.id) && !(node.group !== null && holds(node.group))) : []
  const within = count >= check.least && count <= check.most
  const evidence = [`${count} nodes; ${check.least} to ${check.most}.`]
  for (const node of alone) evidence.push(`"${short(node.title)}"${atLine(node.line)} has no arrow: what does it do here?`)
  const line = alone[0]?.line
  return { passed: within && alone.length === 0, share: 0, evidence, ...(typeof line === 'number' ? { line } : {}) }
}

export function judgeGroups(check: DiagramCheckOf<'groups'>, graph: UnitGraph): Judgement {
  const { diagram, meanings } = graph
  const parents = new Map(diagram.groups.map((group) => [group.id, group.parent]))
  /** Groups around a node or group, itself included when it is one. */
  const around = (id: string): string[] => {
    const found: string[] = []
    for (let at: string | null = parents.has(id) ? id : (diagram.nodes.find((node) => node.id === id)?.group ?? null); at !== null && !found.includes(at); at = parents.get(at) ?? null) found.push(at)
    return found
  }
  const isIn = (name: string, group: string): boolean => meanings.ids(name).some((id) => around(id).includes(group))
  return judgeParts(
    check.groups.map(({ asks, inside, outside }): Part => {
      const absent = missing(graph, [...inside, ...outside])
      if (absent !== '') return { met: false, evidence: `${asks} Not drawn: ${absent}.` }
      const holding = diagram.groups.filter((group) => inside.every((name) => isIn(name, group.id)))
      const good = holding.find((group) => !outside.some((name) => isIn(name, group.id)))
      if (good !== undefined) return { met: true, evidence: `${asks} Inside "${short(good.title)}".` }
      const names = inside.map((name) => meanings.called(name)).join(', ')
      const [near] = holding
      if (near === undefined) return { met: false, line: diagram.groups[0]?.line, evidence: `${asks} No subgraph holds ${names}.` }
      const intruders = outside.filter((name) => isIn(name, near.id)).map((name) => meanings.called(name))
      return { met: false, line: near.line, evidence: `${asks} "${short(near.title)}"${atLine(near.line)} holds ${names}, and ${intruders.join(', ')} too.` }
    }),
  )
}
