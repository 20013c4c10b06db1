/** The drawn graph with all nodes of one meaning taken as one, so that two boxes for one thing do no harm. */
import type { Diagram, DiagramEdge } from './diagram.ts'
import { nameOf } from './describe.ts'
import type { Meanings } from './meaning.ts'

export interface Link {
  from: string
  to: string
  edge: DiagramEdge
}

export interface UnitGraph {
  diagram: Diagram
  meanings: Meanings
  /** A meaning's name, or `#` and the id of a node that means nothing asked for. */
  unitOf(id: string): string
  isDrawn(meaning: string): boolean
  /** Arrows in the direction of their heads; a line without a head is none. */
  links: readonly Link[]
  /** All of them, both ways. */
  joints: readonly Link[]
}

export function unitGraph(diagram: Diagram, meanings: Meanings): UnitGraph {
  const unitOf = (id: string): string => meanings.of(id) ?? `#${id}`
  const links = diagram.edges.flatMap((edge): Link[] => {
    const [from, to] = [unitOf(edge.from), unitOf(edge.to)]
    if (edge.arrow === 'none') return []
    return edge.arrow === 'both' ? [{ from, to, edge }, { from: to, to: from, edge }] : [{ from, to, edge }]
  })
  const joints = diagram.edges.flatMap((edge): Link[] => {
    const [from, to] = [unitOf(edge.from), unitOf(edge.to)]
    return [{ from, to, edge }, { from: to, to: from, edge }]
  })
  return { diagram, meanings, unitOf, isDrawn: (meaning) => meanings.ids(meaning).length > 0, links, joints }
}

export interface WayDemand {
  from: readonly string[]
  to: readonly string[]
  /** Whether a unit may stand between the two ends. */
  between(unit: string): boolean
  /** Words that an arrow of the way, or a nameless node on it, must match. */
  says?: readonly string[] | undefined
  /** Whether the arrow with those words is dotted. */
  dotted?: boolean | undefined
  /** True by default; otherwise lines count both ways, with or without a head. */
  directed?: boolean
}

/** Whether words match a pattern, as written or with `UserRegistered` and `user_registered` taken apart. */
export function matchesAny(text: string, patterns: readonly string[]): boolean {
  const apart = text.replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replaceAll('_', ' ')
  return patterns.some((pattern) => {
    const expression = new RegExp(pattern, 'iu')
    return expression.test(text) || expression.test(apart)
  })
}

/** The shortest way that meets a demand, as its arrows; null when there is none. */
export function findWay(graph: UnitGraph, { from, to, between, says, dotted, directed = true }: WayDemand): DiagramEdge[] | null {
  const isAny = says === undefined && dotted === undefined
  const isSaid = (link: Link): boolean =>
    (dotted === undefined || link.edge.dotted === dotted) &&
    (says === undefined || matchesAny(link.edge.label, says) || (link.to.startsWith('#') && matchesAny(nameOf(graph.diagram, link.edge.to), says)))
  interface Step {
    unit: string
    said: boolean
    before: Step | null
    edge: DiagramEdge | null
  }
  const seen = new Set<string>()
  let front: Step[] = from.map((unit) => ({ unit, said: isAny, before: null, edge: null }))
  while (front.length > 0) {
    const next: Step[] = []
    for (const step of front) {
      for (const link of directed ? graph.links : graph.joints) {
        if (link.from !== step.unit || (link.to === link.from && !to.includes(link.to))) continue
        const reached: Step = { unit: link.to, said: step.said || isSaid(link), before: step, edge: link.edge }
        if (to.includes(link.to) && reached.said) return wayTo(reached)
        const key = `${reached.said} ${link.to}`
        if (seen.has(key) || to.includes(link.to) || !between(link.to)) continue
        seen.add(key)
        next.push(reached)
      }
    }
    front = next
  }
  return null

  function wayTo(last: Step): DiagramEdge[] {
    const way: DiagramEdge[] = []
    for (let step: Step | null = last; step !== null; step = step.before) if (step.edge !== null) way.unshift(step.edge)
    return way
  }
}

/** One end of a demand as a list. */
export function listOf(end: string | readonly string[]): readonly string[] {
  return typeof end === 'string' ? [end] : end
}

/** Ends that are not drawn, in words; empty when all are. */
export function missing(graph: UnitGraph, names: readonly (string | readonly string[])[]): string {
  const absent = names.filter((one) => !listOf(one).some((name) => graph.isDrawn(name))).map((one) => listOf(one).map((name) => graph.meanings.called(name)).join(' or '))
  return [...new Set(absent)].join(', ')
}
