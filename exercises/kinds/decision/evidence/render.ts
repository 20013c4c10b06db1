/** From a topology and a list of what to show, the texts that a decision reveals: what the simulated world really prints. */
import { formatProblem } from '../../../core/problem.ts'
import { createWorld, readTopology } from '../../../simulator/model/index.ts'
import { printPart } from './print.ts'
import type { Evidence } from './shows.ts'
import { lastTimeUs } from './shows.ts'

/** By name, the text of each show. Throws with what is wrong; only tests and authors render. */
export function renderEvidence(topology: string, { seed, shows }: Evidence): Record<string, string> {
  const read = readTopology('topology.yaml', topology)
  if (!read.ok) throw new Error(read.error.map(formatProblem).join('\n'))
  const world = createWorld(read.value, { seed })
  const texts: Record<string, string> = {}
  // A command reads the world as it is, so the world goes on from one moment to the next.
  const inTime = Object.entries(shows).flatMap(([name, parts]) => parts.map((part, index) => ({ name, part, index })))
  const printed = new Map<string, string[]>()
  for (const { name, part, index } of inTime.toSorted((left, right) => lastTimeUs(left.part) - lastTimeUs(right.part))) {
    const timeUs = lastTimeUs(part)
    if (timeUs > world.nowUs) world.runUntil(timeUs)
    const parts = printed.get(name) ?? []
    parts[index] = printPart(world, part)
    printed.set(name, parts)
  }
  for (const [name, parts] of printed) texts[name] = `${parts.join('\n\n')}\n`
  return texts
}
