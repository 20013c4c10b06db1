/** Judges arrows: those that must be drawn, those that must not, and the words at a fork. */
import type { Judgement } from '../../../core/judgement.ts'
import { describeEdge, describeWay, nameOf, short } from '../describe.ts'
import type { DiagramEdge } from '../diagram.ts'
import type { DiagramCheckOf, EdgeDemand } from '../schema.ts'
import type { UnitGraph } from '../unit-graph.ts'
import { findWay, listOf, matchesAny, missing } from '../unit-graph.ts'
import type { Part } from './part.ts'
import { judgeParts } from './part.ts'

export function judgeEdges(check: DiagramCheckOf<'edges'>, graph: UnitGraph): Judgement {
  return judgeParts(check.edges.map((demand) => judgeEdge(demand, graph)))
}

function judgeEdge(demand: EdgeDemand, graph: UnitGraph): Part {
  const { asks, says, via, straight, dotted, directed } = demand
  const { diagram } = graph
  const [from, to] = [listOf(demand.from), listOf(demand.to)]
  const absent = missing(graph, [from, to])
  if (absent !== '') return { met: false, evidence: `${asks} Not drawn: ${absent}.` }
  const between = (unit: string): boolean => !straight && (unit.startsWith('#') || via.includes(unit))
  const way = findWay(graph, { from, to, between, says, dotted, directed })
  if (way !== null) return { met: true, evidence: `${asks} I read: ${describeWay(diagram, way)}.` }
  const otherLine = dotted === undefined ? null : findWay(graph, { from, to, between, says, directed })
  if (otherLine !== null) return { met: false, line: otherLine[0]?.line, evidence: `${asks} I read: ${describeWay(diagram, otherLine)}. The line should be ${dotted === true ? 'dotted' : 'solid'}.` }
  const wordless = says === undefined ? null : findWay(graph, { from, to, between, directed })
  if (wordless !== null) return { met: false, line: wordless[0]?.line, evidence: `${asks} I read: ${describeWay(diagram, wordless)}. Its words do not say that.` }
  const headless = diagram.edges.find((edge) => edge.arrow === 'none' && joins(graph, edge, from, to))
  if (headless !== undefined) return { met: false, line: headless.line, evidence: `${asks} I read: ${describeEdge(diagram, headless)}. A line without a head does not say who calls whom.` }
  const reverse = findWay(graph, { from: to, to: from, between })
  if (reverse !== null) return { met: false, line: reverse[0]?.line, evidence: `${asks} I read it the other way round: ${describeWay(diagram, reverse)}.` }
  return { met: false, evidence: `${asks} I found no arrow from ${names(graph, from)} to ${names(graph, to)}.${leaving(graph, from)}`, line: diagram.nodes.find((node) => from.includes(graph.unitOf(node.id)))?.line }
}

function joins(graph: UnitGraph, edge: DiagramEdge, from: readonly string[], to: readonly string[]): boolean {
  const [a, b] = [graph.unitOf(edge.from), graph.unitOf(edge.to)]
  return (from.includes(a) && to.includes(b)) || (from.includes(b) && to.includes(a))
}

function names({ meanings }: UnitGraph, ends: readonly string[]): string {
  return ends.map((name) => meanings.called(name)).join(' or ')
}

/** The first arrows that leave something, so that the learner sees where theirs went. */
function leaving(graph: UnitGraph, from: readonly string[]): string {
  const found = graph.links.filter((link) => from.includes(link.from)).slice(0, 3)
  return found.length === 0 ? '' : ` I read: ${found.map((link) => describeEdge(graph.diagram, link.edge)).join('; ')}.`
}

/** Arrows of a graph that must not be there. */
export function judgeAbsentEdges(check: DiagramCheckOf<'absent'>, graph: UnitGraph): Judgement {
  return judgeParts(
    check.absent.map(({ from, to, says, because }): Part => {
      const absent = missing(graph, [from, to])
      if (absent !== '') return { met: false, evidence: `Not judged yet: ${absent} is not drawn.` }
      const way = findWay(graph, { from: listOf(from), to: listOf(to), between: (unit) => unit.startsWith('#'), says })
      if (way === null) return { met: true, evidence: `As it should be: no arrow from ${names(graph, listOf(from))} to ${names(graph, listOf(to))}${says === undefined ? '' : ' of that kind'}.` }
      return { met: false, line: way[0]?.line, evidence: `I read: ${describeWay(graph.diagram, way)}. ${because}` }
    }),
  )
}

export function judgeBranches(check: DiagramCheckOf<'branches'>, graph: UnitGraph): Judgement {
  const { diagram } = graph
  return judgeParts(
    check.branches.map(({ asks, at, outcomes }): Part => {
      const ids = [...diagram.nodes, ...diagram.groups].map((node) => node.id).filter((id) => at === undefined || listOf(at).includes(graph.unitOf(id)))
      if (ids.length === 0) return { met: false, evidence: `${asks} Not drawn: ${at === undefined ? 'anything' : names(graph, listOf(at))}.` }
      // The fork may be a node of its own or one of several that share a meaning.
      const forks = [...ids.map((id) => [id]), ids.filter(() => at !== undefined)]
      let best: { met: number; evidence: string; line: number | null } | null = null
      for (const fork of forks) {
        const leaving = diagram.edges.filter((edge) => fork.includes(edge.from) && edge.arrow !== 'none')
        if (leaving.length < 2) continue
        const taken = new Set<DiagramEdge>()
        const missed = outcomes.filter(({ says, to }) => {
          const found = leaving.find((edge) => !taken.has(edge) && matchesAny(edge.label, says) && (to === undefined || leadsTo(graph, edge, to)))
          if (found !== undefined) taken.add(found)
          return found === undefined
        })
        const met = outcomes.length - missed.length
        const read = leaving.map((edge) => describeEdge(diagram, edge)).join('; ')
        if (missed.length === 0) return { met: true, evidence: `${asks} I read: ${read}.` }
        if (met > (best?.met ?? -1)) best = { met, line: leaving.find((edge) => !taken.has(edge))?.line ?? null, evidence: `${asks} At "${short(nameOf(diagram, fork[0] ?? ''))}" I read: ${read}. ${missed.length} of ${outcomes.length} outcomes have no arrow with words that say so.` }
      }
      return best === null ? { met: false, evidence: `${asks} Nothing there has two arrows out of it.` } : { met: false, evidence: best.evidence, line: best.line }
    }),
  )
}

/** Whether an arrow leads to a meaning, directly or by way of nodes that mean nothing asked for. */
function leadsTo(graph: UnitGraph, edge: DiagramEdge, to: string): boolean {
  const reached = graph.unitOf(edge.to)
  return reached === to || (reached.startsWith('#') && findWay(graph, { from: [reached], to: [to], between: (unit) => unit.startsWith('#') }) !== null)
}
