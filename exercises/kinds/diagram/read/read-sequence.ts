/** Sequence diagrams: participants, messages in order, the blocks around them, activations and notes. */
import { labelText } from '../../../content/diagram-outline.ts'
import type { Arrow, BlockPlace, SequenceBlock, SequenceDiagram } from '../diagram.ts'
import type { Fields } from './fields.ts'
import { call, fieldsList, isFields, textOf } from './fields.ts'
import { labelOf } from './read-graph.ts'
import { lineOfName, sequenceLines } from './source-lines.ts'

const opening: ReadonlyMap<string, SequenceBlock['kind']> = new Map([
  ['ALT_START', 'alt'],
  ['OPT_START', 'opt'],
  ['LOOP_START', 'loop'],
  ['PAR_START', 'par'],
  ['PAR_OVER_START', 'par'],
  ['CRITICAL_START', 'critical'],
  ['BREAK_START', 'break'],
])
const turning = new Set(['ALT_ELSE', 'PAR_AND', 'CRITICAL_OPTION'])
const closing = new Set(['ALT_END', 'OPT_END', 'LOOP_END', 'PAR_END', 'CRITICAL_END', 'BREAK_END'])

/** A message between two participants; everything else that Mermaid lists has a name of its own. */
function arrowOf(name: string): { arrow: Arrow; dotted: boolean; isReverse: boolean } {
  return {
    arrow: name.startsWith('BIDIRECTIONAL') ? 'both' : 'forward',
    dotted: name.includes('DOTTED'),
    isReverse: name.includes('REVERSE'),
  }
}

/** Reads Mermaid's database of a sequence diagram. */
export function readSequence(db: Fields, lines: readonly string[]): SequenceDiagram {
  const lineTypes = db['LINETYPE']
  const nameOfType = new Map(Object.entries(isFields(lineTypes) ? lineTypes : {}).map(([name, type]) => [type, name]))
  const actors = call(db, 'getActors')
  const diagram: SequenceDiagram = { kind: 'sequence', nodes: [], edges: [], groups: [], blocks: [], notes: [] }
  const boxes = fieldsList(call(db, 'getBoxes'))
  for (const [index, box] of boxes.entries()) diagram.groups.push({ id: `box ${index + 1}`, ...labelOf(box['name'], 'box'), parent: null, line: null })
  for (const [id, actor] of actors instanceof Map ? actors : []) {
    if (typeof id !== 'string' || !isFields(actor)) continue
    const box = boxes.findIndex((one) => Array.isArray(one['actorKeys']) && one['actorKeys'].includes(id))
    const shape = actor['type'] === 'actor' ? 'actor' : actor['type'] === 'database' ? 'store' : 'box'
    diagram.nodes.push({ id, ...labelOf(actor['description'], id), shape, group: box < 0 ? null : `box ${box + 1}`, line: lineOfName(lines, id) })
  }
  const at = sequenceLines(lines)
  const open: BlockPlace[] = []
  const active = new Map<string, number>()
  for (const message of fieldsList(call(db, 'getMessages'))) {
    const name = nameOfType.get(message['type']) ?? ''
    const opens = opening.get(name)
    const from = textOf(message['from'])
    if (opens !== undefined) {
      open.push({ block: diagram.blocks.length, branch: 0 })
      diagram.blocks.push({ kind: opens, branches: [labelText(message['message'])], line: at.blocks[diagram.blocks.length] ?? null })
    } else if (turning.has(name)) {
      const last = open.pop()
      const branches = diagram.blocks[last?.block ?? -1]?.branches
      if (last === undefined || branches === undefined) continue
      open.push({ block: last.block, branch: branches.length })
      branches.push(labelText(message['message']))
    } else if (closing.has(name)) open.pop()
    else if (name === 'ACTIVE_START') {
      active.set(from, (active.get(from) ?? 0) + 1)
      // `A->>+B` lists the activation after the message that causes it.
      const last = diagram.edges.at(-1)
      if (last?.to === from && !last.active.includes(from)) last.active.push(from)
    } else if (name === 'ACTIVE_END') active.set(from, Math.max(0, (active.get(from) ?? 0) - 1))
    else if (typeof message['to'] !== 'string' || typeof message['message'] !== 'string') continue
    else if (name === 'NOTE') diagram.notes.push({ over: [...new Set([from, message['to']])], label: labelText(message['message']), line: at.notes[diagram.notes.length] ?? null })
    else {
      const { arrow, dotted, isReverse } = arrowOf(name)
      diagram.edges.push({
        from: isReverse ? message['to'] : from,
        to: isReverse ? from : message['to'],
        label: labelText(message['message']),
        arrow,
        dotted,
        line: at.messages[diagram.edges.length] ?? null,
        blocks: [...open],
        active: [...active].filter(([, depth]) => depth > 0).map(([id]) => id),
      })
    }
  }
  return diagram
}
