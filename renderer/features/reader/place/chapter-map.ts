/** What a chapter holds and where: the outline beside the text, link targets, and the blocks that position is kept by. */
import type { Block, Chapter, Check, Inline, Section } from '../../../../exercises/content/model.ts'
import { eachBlock } from '../../../../exercises/content/walk.ts'

/** The words of a run of inlines, without their form. */
export function plainText(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      switch (inline.t) {
        case 'text':
        case 'code':
        case 'num':
        case 'term':
          return inline.v
        case 'br':
          return ' '
        default:
          return plainText(inline.c)
      }
    })
    .join('')
}

/** The id by which a block can be found again, or null where it has none. */
export function blockId(block: Block): string | null {
  switch (block.t) {
    case 'p':
    case 'heading':
    case 'diagram':
    case 'figure':
    case 'walkthrough':
    case 'exercise':
    case 'incident':
    case 'template':
      return block.id
    case 'check':
      return block.check.id
    default:
      return null
  }
}

export interface SectionMap {
  /** Headings and figures, for the list "On this page". */
  landmarks: { id: string; title: string; kind: 'heading' | 'figure'; depth: 3 | 4 }[]
  checks: Check[]
  exercises: string[]
  walkthroughs: string[]
}

/** Gathers what one section holds. */
export function mapSection(section: Section): SectionMap {
  const map: SectionMap = { landmarks: [], checks: [], exercises: [], walkthroughs: [] }
  eachBlock(section.blocks, (block) => {
    if (block.t === 'heading') map.landmarks.push({ id: block.id, title: plainText(block.c), kind: 'heading', depth: block.depth })
    else if (block.t === 'diagram' || block.t === 'figure') map.landmarks.push({ id: block.id, title: block.title, kind: 'figure', depth: 3 })
    else if (block.t === 'check') map.checks.push(block.check)
    else if (block.t === 'exercise') map.exercises.push(block.id)
    else if (block.t === 'walkthrough') map.walkthroughs.push(block.id)
  })
  return map
}

/** A place in a chapter: a block of a section by its position, or null for the start of the section. */
export interface Place {
  section: string
  block: number | null
}

/** Position in its section of the block that is, or holds, the one with this id; -1 when there is none. */
function indexOfBlock(section: Section, id: string): number {
  return section.blocks.findIndex((outer) => {
    let found = false
    eachBlock([outer], (block) => {
      if (blockId(block) === id) found = true
    })
    return found
  })
}

/** Finds what a link names: a section, or any block with an id. Null when it is gone. */
export function findPlace(chapter: Chapter, id: string): Place | null {
  if (chapter.sections.some((section) => section.id === id)) return { section: id, block: null }
  for (const section of chapter.sections) {
    const index = indexOfBlock(section, id)
    if (index !== -1) return { section: section.id, block: index }
  }
  return null
}

/**
 * Where to open a chapter: at the named section or block; at the kept place when it lies in that section or nothing is
 * named; else at the top (null). A kept paragraph that was edited away falls back to its section.
 */
export function openingPlace(chapter: Chapter, named: string | null, kept: { section: string; block: string } | null): Place | null {
  const target = named === null ? null : findPlace(chapter, named)
  const keptSection = chapter.sections.find((section) => section.id === kept?.section)
  if (kept !== null && keptSection !== undefined && (target === null || (target.block === null && target.section === kept.section))) {
    const index = indexOfBlock(keptSection, kept.block)
    return { section: keptSection.id, block: index === -1 ? null : index }
  }
  return target
}

/**
 * The name of a place in the learner's progress: the block's own id or the nearest before it, else the section's.
 * `after` counts the blocks from the named one to the place.
 */
export function keptBlock(section: Section, block: number | null): { id: string; after: number } {
  const at = block ?? -1
  for (let index = at; index >= 0; index -= 1) {
    const candidate = section.blocks[index]
    const id = candidate === undefined ? null : blockId(candidate)
    if (id !== null) return { id, after: at - index }
  }
  return { id: section.id, after: at + 1 }
}

/** The place that `keptBlock` named, in a text that may have changed since; the section's start when it is gone. */
export function placeKept(section: Section, kept: { id: string; after: number }): Place {
  const index = indexOfBlock(section, kept.id)
  const block = index === -1 ? kept.after - 1 : index + kept.after
  return { section: section.id, block: block < 0 ? null : Math.min(block, section.blocks.length - 1) }
}

/** The route of a link in content: `/chapters/ch07#locks` and `#locks` become `/chapters/ch07/locks`. */
export function routeOf(href: string, chapterId: string | null): string {
  const mark = href.indexOf('#')
  if (mark === -1) return href
  const target = href.slice(mark + 1)
  const path = mark === 0 ? `/chapters/${chapterId ?? ''}` : href.slice(0, mark)
  return target === '' ? path : `${path}/${target}`
}
