/** Judges ways through the graph: what they pass, what they avoid, whether they come back. */
import type { Judgement } from '../../../core/judgement.ts'
import { describeWay } from '../describe.ts'
import type { DiagramEdge } from '../diagram.ts'
import type { DiagramCheckOf } from '../schema.ts'
import type { UnitGraph } from '../unit-graph.ts'
import { findWay, missing } from '../unit-graph.ts'
import type { Part } from './part.ts'
import { judgeParts } from './part.ts'

export function judgePaths(check: DiagramCheckOf<'paths'>, graph: UnitGraph): Judgement {
  const { diagram, meanings } = graph
  return judgeParts(
    check.paths.map(({ asks, from, to, through, avoids, every }): Part => {
      const absent = missing(graph, [from, to, ...through])
      if (absent !== '') return { met: false, evidence: `${asks} Not drawn: ${absent}.` }
      const stops = [from, ...through, to]
      const way: DiagramEdge[] = []
      for (const [index, stop] of stops.slice(1).entries()) {
        const start = stops[index] ?? from
        const leg = findWay(graph, { from: [start], to: [stop], between: (unit) => !avoids.includes(unit) })
        if (leg === null) {
          const around = avoids.length === 0 ? '' : ` that leaves out ${avoids.map((name) => meanings.called(name)).join(', ')}`
          return { met: false, evidence: `${asks} No way leads from ${meanings.called(start)} to ${meanings.called(stop)}${around}.`, line: diagram.nodes.find((node) => graph.unitOf(node.id) === start)?.line }
        }
        way.push(...leg)
      }
      const around = every ? through.map((name) => findWay(graph, { from: [from], to: [to], between: (unit) => unit !== name })).find((found) => found !== null) : undefined
      if (around !== undefined && around !== null) return { met: false, line: around[0]?.line, evidence: `${asks} This way goes around: ${describeWay(diagram, around)}.` }
      return { met: true, evidence: `${asks} I read: ${describeWay(diagram, way)}.` }
    }),
  )
}

export function judgeCycle(check: DiagramCheckOf<'cycle'>, graph: UnitGraph): Judgement {
  const { diagram, meanings } = graph
  const { asks, through } = check
  const parts = through.map((name, index): Part => {
    const next = through[(index + 1) % through.length] ?? name
    const absent = missing(graph, [name, next])
    if (absent !== '') return { met: false, evidence: `${asks} Not drawn: ${absent}.` }
    const way = findWay(graph, { from: [name], to: [next], between: (unit) => !through.includes(unit) })
    if (way !== null) return { met: true, evidence: `From ${meanings.called(name)} to ${meanings.called(next)}: ${describeWay(diagram, way)}.` }
    const line = diagram.nodes.find((node) => graph.unitOf(node.id) === name)?.line
    return { met: false, line, evidence: `${asks} Nothing leads from ${meanings.called(name)} to ${meanings.called(next)} without another of the steps in between.` }
  })
  return judgeParts(parts)
}

export function judgeAcyclic(check: DiagramCheckOf<'acyclic'>, graph: UnitGraph): Judgement {
  const absent = missing(graph, check.among)
  if (absent !== '') return { passed: false, share: 0, evidence: `Not judged yet: ${absent} is not drawn.` }
  for (const unit of new Set(graph.links.map((link) => link.from))) {
    const way = findWay(graph, { from: [unit], to: [unit], between: () => true })
    if (way === null || way.every((edge) => edge.from === edge.to)) continue
    const line = way[0]?.line
    return { passed: false, share: 0, evidence: `This way comes back to where it began: ${describeWay(graph.diagram, way)}.`, ...(typeof line === 'number' ? { line } : {}) }
  }
  return { passed: true, share: 1, evidence: 'No way comes back to where it began.' }
}
