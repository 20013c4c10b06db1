/**
 * How blocks that a learner works with are drawn. They contain blocks themselves, so they are handed in from above
 * instead of imported by the block that draws all: the module graph stays without cycles.
 */
import { createContext, useContext, type ReactNode } from 'react'
import type { Block } from '../../../../exercises/content/model.ts'

export type InteractiveBlock = Extract<Block, { t: 'diagram' | 'figure' | 'check' | 'walkthrough' | 'exercise' | 'incident' | 'template' | 'after' }>

const InteractiveBlocksContext = createContext<((block: InteractiveBlock) => ReactNode) | null>(null)

export const InteractiveBlocksProvider = InteractiveBlocksContext.Provider

/** The drawer of interactive blocks; throws outside `Content`, which is a bug. */
export function useInteractiveBlocks(): (block: InteractiveBlock) => ReactNode {
  const draw = useContext(InteractiveBlocksContext)
  if (draw === null) throw new Error('Interactive blocks need a Content above them')
  return draw
}
