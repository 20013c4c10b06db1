/** How tall a section will be, roughly: sections out of sight are not laid out, and the scroll bar needs a length. */
import type { Block, Section } from '../../../exercises/content/model.ts'
import { guessHeight } from './diagrams/pan-zoom.ts'

/** Measured on chapter 7 at 17/28: a line of prose holds about 13 words. */
const wordsInLine = 13
const linePx = 28

function guessBlock(block: Block): number {
  switch (block.t) {
    case 'code':
      return 90 + 24 * block.text.split('\n').length + (block.output === undefined ? 0 : 44 + 20 * block.output.split('\n').length)
    case 'diagram':
      return 120 + guessHeight(block.source)
    case 'figure':
      return 520
    case 'check':
      return 200 + 50 * ('options' in block.check ? block.check.options.length : 'items' in block.check ? block.check.items.length : 1)
    case 'table':
      return 60 + 44 * block.rows.length
    case 'walkthrough':
      return 640
    case 'exercise':
    case 'incident':
    case 'template':
      return 150
    case 'callout':
      return 100
    case 'heading':
      return 70
    case 'p':
    case 'list':
    case 'quote':
    case 'references':
    case 'after':
    case 'rule':
      return 16
  }
}

/** Height in px of a section that has not been laid out. */
export function guessSectionHeight(section: Section): number {
  const prose = (section.words / wordsInLine) * linePx
  return Math.round(50 + prose + section.blocks.reduce((sum, block) => sum + guessBlock(block), 0))
}
