/** Judges a sequence: which messages are sent, in which order, in which block, with whom active. */
import type { Judgement } from '../../../core/judgement.ts'
import { atLine, describeEdge, nameOf, short } from '../describe.ts'
import type { SequenceDiagram, SequenceMessage } from '../diagram.ts'
import type { Meanings } from '../meaning.ts'
import type { DiagramCheckOf, MessageDemand, MessagePattern } from '../schema.ts'
import { listOf, matchesAny } from '../unit-graph.ts'
import type { Part } from './part.ts'
import { judgeParts } from './part.ts'

export interface Sequence {
  diagram: SequenceDiagram
  meanings: Meanings
}

function isEnd(meanings: Meanings, id: string, end: string | readonly string[]): boolean {
  return listOf(end).some((name) => name === 'any' || meanings.of(id) === name)
}

/** Whether a message is one that a pattern describes; one with two heads goes both ways. */
function isLike({ diagram, meanings }: Sequence, message: SequenceMessage, { from, to, says, not }: MessagePattern): boolean {
  const ends = (isEnd(meanings, message.from, from) && isEnd(meanings, message.to, to)) || (message.arrow === 'both' && isEnd(meanings, message.to, from) && isEnd(meanings, message.from, to))
  // Whom it is sent to belongs to what it says: `lock` to "Account 17" locks account 17.
  return ends && (says === undefined || matchesAny(`${message.label} (${nameOf(diagram, message.to)})`, says)) && !matchesAny(message.label, not)
}

export function judgeOrder(check: DiagramCheckOf<'order'>, sequence: Sequence): Judgement {
  const { diagram } = sequence
  const byId = new Map(check.messages.map((message) => [message.id, message]))
  const sent = check.messages.map((demand): Part => {
    const found = diagram.edges.find((message) => isLike(sequence, message, demand))
    return found === undefined
      ? { met: false, ...near(demand, sequence) }
      : { met: true, evidence: `${demand.asks} I read: ${describeEdge(diagram, found)}.` }
  })
  const orders = check.orders ?? (check.messages.length > 1 ? [check.messages.map((message) => message.id)] : [])
  const kept = orders.map((order): Part => judgeOne(order.flatMap((id) => byId.get(id) ?? []), sequence))
  return judgeParts([...sent, ...kept.filter((part) => !part.met || sent.every((one) => one.met))])
}

/** Whether messages follow one another; each is taken at the first place after the one before, which finds an order if there is one. */
function judgeOne(order: readonly MessageDemand[], sequence: Sequence): Part {
  const { diagram } = sequence
  let from = 0
  let before: SequenceMessage | null = null
  for (const demand of order) {
    const index = diagram.edges.findIndex((message, at) => at >= from && isLike(sequence, message, demand))
    const found = diagram.edges[index]
    if (found === undefined) {
      const early = diagram.edges.find((message) => isLike(sequence, message, demand))
      if (early === undefined || before === null) return { met: false, evidence: `The order cannot be judged: not everything is sent.` }
      return { met: false, line: early.line, evidence: `Out of order: ${describeEdge(diagram, early)} has to come after ${describeEdge(diagram, before)}.` }
    }
    before = found
    from = index + 1
  }
  const lines = order.length === 0 ? '' : order.map((one) => one.id).join(', then ')
  return { met: true, evidence: `In order: ${lines}.` }
}

/** What comes closest to a message that is missing. */
function near(demand: MessageDemand, sequence: Sequence): Pick<Part, 'evidence' | 'line'> {
  const { diagram, meanings } = sequence
  const same = diagram.edges.filter((message) => isLike(sequence, message, { ...demand, says: undefined, not: [] }))
  const back = diagram.edges.find((message) => isLike(sequence, message, { from: demand.to, to: demand.from, says: demand.says, not: demand.not }))
  if (same.length > 0) return { line: same[0]?.line, evidence: `${demand.asks} Between these two I read: ${same.slice(0, 4).map((message) => describeEdge(diagram, message)).join('; ')}. No words say that.` }
  if (back !== undefined) return { line: back.line, evidence: `${demand.asks} I read it the other way round: ${describeEdge(diagram, back)}.` }
  const ends = [demand.from, demand.to].map((end) => listOf(end).map((name) => (name === 'any' ? 'anybody' : meanings.called(name))).join(' or '))
  return { evidence: `${demand.asks} I found no message from ${ends[0] ?? ''} to ${ends[1] ?? ''}.` }
}

/** Messages that must not be sent, at all or before another one. */
export function judgeAbsentMessages(check: DiagramCheckOf<'absent'>, sequence: Sequence): Judgement {
  const { diagram, meanings } = sequence
  const hasEnd = (end: string | readonly string[]): boolean => listOf(end).some((name) => name === 'any' || meanings.ids(name).length > 0)
  return judgeParts(
    check.absent.map(({ from, to, says, because, before }): Part => {
      if (!hasEnd(from) || !hasEnd(to)) return { met: false, evidence: 'Not judged yet: not everybody is drawn.' }
      const end = before === undefined ? diagram.edges.length : diagram.edges.findIndex((message) => isLike(sequence, message, before))
      if (end < 0) return { met: false, evidence: 'Not judged yet: the message that it has to wait for is not sent.' }
      const found = diagram.edges.slice(0, end).find((message) => isLike(sequence, message, { from, to, says, not: [] }))
      if (found === undefined) return { met: true, evidence: before === undefined ? 'As it should be: no such message.' : `As it should be: no such message before ${describeEdge(diagram, diagram.edges[end] ?? diagram.edges[0] ?? nothing)}.` }
      return { met: false, line: found.line, evidence: `I read: ${describeEdge(diagram, found)}. ${because}` }
    }),
  )
}

const nothing = { from: '', to: '', label: '', arrow: 'forward', dotted: false, line: null } as const

export function judgeBlocks(check: DiagramCheckOf<'blocks'>, sequence: Sequence): Judgement {
  const { diagram } = sequence
  return judgeParts(
    check.blocks.map(({ asks, kinds, says, message, apartFrom }): Part => {
      const sent = diagram.edges.filter((one) => isLike(sequence, one, message))
      const others = apartFrom === undefined ? [] : diagram.edges.filter((one) => isLike(sequence, one, apartFrom))
      if (sent.length === 0 || (apartFrom !== undefined && others.length === 0)) return { met: false, evidence: `${asks} Not judged yet: no such message.` }
      const words = kinds.join('`, `')
      for (const one of sent) {
        for (const place of one.blocks) {
          const block = diagram.blocks[place.block]
          const branch = block?.branches[place.branch] ?? ''
          if (block === undefined || !kinds.includes(block.kind) || (says !== undefined && !matchesAny(branch, says))) continue
          if (apartFrom !== undefined && !others.some((other) => !other.blocks.some((at) => at.block === place.block && at.branch === place.branch))) continue
          return { met: true, evidence: `${asks} In \`${block.kind}\`, "${short(branch)}"${atLine(block.line)}: ${describeEdge(diagram, one)}.` }
        }
      }
      const [first] = sent
      const inside = sent.flatMap((one) => one.blocks).flatMap((place) => diagram.blocks[place.block] ?? [])
      const seen = inside.length === 0 ? 'It stands in no block' : `It stands in ${[...new Set(inside)].map((block) => `\`${block.kind}\` "${short(block.branches.join('", "'))}"`).join(', ')}`
      return { met: false, line: first?.line, evidence: `${asks} ${first === undefined ? '' : `I read: ${describeEdge(diagram, first)}. `}${seen}; wanted: a branch of \`${words}\`${says === undefined ? '' : ' whose words say when'}${apartFrom === undefined ? '' : ', apart from the other one'}.` }
    }),
  )
}

export function judgeNotes(check: DiagramCheckOf<'notes'>, sequence: Sequence): Judgement {
  const { diagram, meanings } = sequence
  return judgeParts(
    check.notes.map(({ asks, says, over }): Part => {
      const found = diagram.notes.find((note) => matchesAny(note.label, says) && (over === undefined || note.over.some((id) => meanings.of(id) === over)))
      if (found !== undefined) return { met: true, evidence: `${asks} I read the note "${short(found.label)}"${atLine(found.line)}.` }
      const read = diagram.notes.slice(0, 4).map((note) => `"${short(note.label)}"`).join(', ')
      return { met: false, line: diagram.notes[0]?.line, evidence: `${asks} ${read === '' ? 'There is no note' : `I read the notes ${read}, and none says that`}.` }
    }),
  )
}

export function judgeActive(check: DiagramCheckOf<'active'>, sequence: Sequence): Judgement {
  const { diagram, meanings } = sequence
  return judgeParts(
    check.active.map(({ asks, who, during }): Part => {
      const sent = diagram.edges.filter((one) => isLike(sequence, one, during))
      const [first] = sent
      if (first === undefined) return { met: false, evidence: `${asks} Not judged yet: no such message.` }
      const found = sent.find((one) => one.active.some((id) => meanings.of(id) === who))
      if (found !== undefined) return { met: true, evidence: `${asks} Active: ${describeEdge(diagram, found)}.` }
      return { met: false, line: first.line, evidence: `${asks} ${meanings.called(who)} is not active at ${describeEdge(diagram, first)}. Write \`activate\`, or a \`+\` on the arrow.` }
    }),
  )
}
