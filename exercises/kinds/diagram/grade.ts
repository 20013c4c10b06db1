/** Grades a diagram: checks on what was drawn, each with the learner's own nodes and arrows as evidence. */
import type { Grade } from '../../core/grade.ts'
import type { Judgement, NotJudged } from '../../core/judgement.ts'
import { gradeByJudging } from '../../core/judgement.ts'
import type { Diagram } from './diagram.ts'
import { judgeAbsentEdges, judgeBranches, judgeEdges } from './judges/edges.ts'
import { judgeAbsentMessages, judgeActive, judgeBlocks, judgeNotes, judgeOrder } from './judges/messages.ts'
import { judgeGroups, judgeNodes, judgeSize } from './judges/nodes.ts'
import { judgeAcyclic, judgeCycle, judgePaths } from './judges/ways.ts'
import { assignMeanings } from './meaning.ts'
import type { ParseMermaid } from './read/read-diagram.ts'
import { readDiagram } from './read/read-diagram.ts'
import type { DiagramCheck, DiagramExercise } from './schema.ts'
import type { UnitGraph } from './unit-graph.ts'
import { unitGraph } from './unit-graph.ts'

/** What the first line of a diagram of each kind says. */
export const firstLines: Readonly<Record<Diagram['kind'], string>> = { flowchart: 'flowchart LR', state: 'stateDiagram-v2', sequence: 'sequenceDiagram' }

/** Grades `answer`, which `parse` reads: the same function of Mermaid in every host. */
export async function gradeDiagram(exercise: DiagramExercise, answer: string, parse: ParseMermaid): Promise<Grade> {
  const read = await readDiagram(answer, parse)
  if (!read.ok) {
    const isEmpty = answer.trim() === ''
    const { message, line } = read.error
    const fault: NotJudged = isEmpty ? { failure: 'not-run', evidence: message } : { failure: 'syntax', evidence: `Line ${line}: ${message}`, line }
    return gradeByJudging(exercise.checks, () => fault)
  }
  return gradeDrawn(exercise, read.value)
}

/** Grades a diagram that was read. */
export function gradeDrawn(exercise: DiagramExercise, diagram: Diagram): Grade {
  const { accepts } = exercise
  if (!accepts.includes(diagram.kind)) {
    const wanted = accepts.map((kind) => `\`${firstLines[kind]}\``).join(' or ')
    return gradeByJudging(exercise.checks, () => ({ failure: 'syntax', evidence: `This is a \`${firstLines[diagram.kind]}\`; the brief asks for ${wanted}.`, line: 1 }))
  }
  const graph = unitGraph(diagram, assignMeanings(diagram, exercise.meanings))
  return gradeByJudging(exercise.checks, (check) => judge(check, graph))
}

function judge(check: DiagramCheck, graph: UnitGraph): Judgement | NotJudged {
  const { diagram, meanings } = graph
  if (diagram.kind === 'sequence') {
    const sequence = { diagram, meanings }
    if (check.type === 'order') return judgeOrder(check, sequence)
    if (check.type === 'blocks') return judgeBlocks(check, sequence)
    if (check.type === 'notes') return judgeNotes(check, sequence)
    if (check.type === 'active') return judgeActive(check, sequence)
    if (check.type === 'absent') return judgeAbsentMessages(check, sequence)
  }
  switch (check.type) {
    case 'nodes':
      return judgeNodes(check, graph)
    case 'size':
      return judgeSize(check, graph)
    case 'groups':
      return judgeGroups(check, graph)
    case 'edges':
      return judgeEdges(check, graph)
    case 'absent':
      return judgeAbsentEdges(check, graph)
    case 'branches':
      return judgeBranches(check, graph)
    case 'paths':
      return judgePaths(check, graph)
    case 'cycle':
      return judgeCycle(check, graph)
    case 'acyclic':
      return judgeAcyclic(check, graph)
    case 'order':
    case 'blocks':
    case 'notes':
    case 'active':
      return { failure: 'syntax', evidence: 'Only a `sequenceDiagram` has messages in time.', line: 1 }
  }
}
