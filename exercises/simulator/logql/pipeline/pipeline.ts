import type { Stage } from '../syntax.ts'
import type { LabelsBuilder } from './labels-builder.ts'
import type { LineCursor } from './line-cursor.ts'
import type { NeededLabels } from './needed-labels.ts'
import { compileStage, type CompiledStage } from './stages.ts'

/** The stages of a query in the order in which they run. */
export class Pipeline {
  private readonly stages: readonly CompiledStage[]

  constructor(stages: readonly Stage[], needed: NeededLabels, query: string) {
    this.stages = filtersFirst(stages).flatMap((stage) => compileStage(stage, needed, query) ?? [])
  }

  /** Whether the line stays. `line` and `builder` are left as the stages make them. */
  run(line: LineCursor, builder: LabelsBuilder): boolean {
    for (const stage of this.stages) if (!stage(line, builder)) return false
    return true
  }
}

/** Moves line filters before parsers, up to the last stage that changes the line: a line that is out need not be parsed. */
export function filtersFirst(stages: readonly Stage[]): Stage[] {
  const ordered: Stage[] = []
  let front = 0
  for (const stage of stages) {
    if (stage.kind === 'line-filter') {
      ordered.splice(front, 0, stage)
      front += 1
    } else {
      ordered.push(stage)
      if (stage.kind === 'line-format' || stage.kind === 'decolorize' || stage.kind === 'unpack') front = ordered.length
    }
  }
  return ordered
}
