/** Compiled content with everything in it that works. What the reader and the workspace's briefs draw with. */
import type { ReactNode } from 'react'
import type { Block, Check } from '../../../exercises/content/model.ts'
import { AfterBlock } from './blocks/after-block.tsx'
import { Blocks } from './blocks/blocks.tsx'
import { ExerciseCard } from './blocks/exercise-card.tsx'
import { IncidentCard } from './blocks/incident-card.tsx'
import { InteractiveBlocksProvider, type InteractiveBlock } from './blocks/interactive-blocks.ts'
import { TemplateBlock } from './blocks/template-block.tsx'
import { CheckView } from './checks/check-view.tsx'
import { DiagramFigure } from './diagrams/diagram-figure.tsx'
import { FigureBlock } from './figures/figure-block.tsx'
import { WalkthroughBlock } from './walkthroughs/walkthrough-block.tsx'
import styles from './blocks/blocks.module.css'

/** An edited question begins anew when its form changed, so that a half-made answer never meets options it was not made for. */
function checkShape(check: Check): string {
  const parts = 'options' in check ? check.options.map((option) => option.id) : 'items' in check ? check.items.map((item) => item.id) : []
  return [check.id, check.type, ...parts].join(' ')
}

function drawInteractive(block: InteractiveBlock): ReactNode {
  switch (block.t) {
    case 'diagram':
      return <DiagramFigure diagram={block} />
    case 'figure':
      return <FigureBlock figure={block} />
    case 'check':
      return <CheckView key={checkShape(block.check)} check={block.check} />
    case 'walkthrough':
      return <WalkthroughBlock id={block.id} />
    case 'exercise':
      return <ExerciseCard id={block.id} />
    case 'incident':
      return <IncidentCard id={block.id} />
    case 'template':
      return <TemplateBlock id={block.id} />
    case 'after':
      return <AfterBlock block={block} />
  }
}

/** Lets blocks below draw checks, diagrams, walkthroughs, exercises and folded text. */
export function Content({ children }: { children: ReactNode }): ReactNode {
  return <InteractiveBlocksProvider value={drawInteractive}>{children}</InteractiveBlocksProvider>
}

/** Prose outside a chapter, such as an exercise's brief: the same type and spacing as the reader. */
export function Prose({ of }: { of: readonly Block[] }): ReactNode {
  return (
    <Content>
      <div className={styles.prose}>
        <Blocks of={of} />
      </div>
    </Content>
  )
}
