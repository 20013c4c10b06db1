/** Walking compiled content: every block, however deep. */
import type { Block, Chapter } from './model.ts'

/** Visits each block and the blocks inside it, in reading order. Walkthroughs' own texts are not part of it. */
export function eachBlock(blocks: readonly Block[], visit: (block: Block) => void): void {
  for (const block of blocks) {
    visit(block)
    for (const inner of innerBlocks(block)) eachBlock(inner, visit)
  }
}

function innerBlocks(block: Block): readonly (readonly Block[])[] {
  switch (block.t) {
    case 'list':
      return block.items
    case 'quote':
    case 'callout':
    case 'after':
      return [block.c]
    case 'diagram':
    case 'figure':
      return [block.description]
    case 'check': {
      const { check } = block
      if (check.type === 'choice' || check.type === 'multiple') return [check.prompt, ...check.options.map((option) => option.explanation)]
      return [check.prompt, check.explanation]
    }
    default:
      return []
  }
}

/** Ids of what a learner does in these blocks, in reading order. */
export interface Tasks {
  checks: string[]
  exercises: string[]
  walkthroughs: string[]
  diagrams: string[]
  figures: string[]
  incidents: string[]
}

/** Collects what there is to do and to look at in some blocks. */
export function tasksOf(blocks: readonly Block[]): Tasks {
  const tasks: Tasks = { checks: [], exercises: [], walkthroughs: [], diagrams: [], figures: [], incidents: [] }
  eachBlock(blocks, (block) => {
    if (block.t === 'check') tasks.checks.push(block.check.id)
    else if (block.t === 'exercise') tasks.exercises.push(block.id)
    else if (block.t === 'walkthrough') tasks.walkthroughs.push(block.id)
    else if (block.t === 'diagram') tasks.diagrams.push(block.id)
    else if (block.t === 'figure') tasks.figures.push(block.id)
    else if (block.t === 'incident') tasks.incidents.push(block.id)
  })
  return tasks
}

/** Everything in a chapter that `#anchor` may name: sections, headings, diagrams, figures, checks and walkthroughs. */
export function anchorsOf(chapter: Chapter): Set<string> {
  const anchors = new Set<string>()
  for (const section of chapter.sections) {
    anchors.add(section.id)
    eachBlock(section.blocks, (block) => {
      if (block.t === 'heading' || block.t === 'diagram' || block.t === 'figure' || block.t === 'walkthrough') anchors.add(block.id)
      if (block.t === 'check') anchors.add(block.check.id)
    })
  }
  return anchors
}
