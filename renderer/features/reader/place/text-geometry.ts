/** Where sections and blocks lie on screen. The only file that measures the text. */
import { blockAtLine, type AnchorEdge } from './anchor-line.ts'
import type { Place } from './chapter-map.ts'

/** Text that is gone to lands this far under the top of its window. */
export const landingPx = 24

interface Anchor extends AnchorEdge {
  element: HTMLElement
}

function anchorsOf(elements: Iterable<HTMLElement>, windowTop: number): Anchor[] {
  return [...elements].map((element) => ({ element, topPx: element.getBoundingClientRect().top - windowTop }))
}

/** The element that scrolls the text: the shell's main region. */
export function scrollerOf(root: HTMLElement): HTMLElement {
  return root.closest('main') ?? document.documentElement
}

function sectionElements(root: HTMLElement): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>('[data-section]')]
}

function blockElements(section: HTMLElement): HTMLElement[] {
  return [...section.querySelectorAll<HTMLElement>(':scope > [data-block]')]
}

function placeOf(section: HTMLElement, block: HTMLElement | undefined): Place {
  const index = block?.dataset['block']
  return { section: section.dataset['section'] ?? '', block: index === undefined || index === '' ? null : Number(index) }
}

/** The block that crosses a line, `linePx` under the top of the window, and where its top is. Null without sections. */
export function placeAtLine(root: HTMLElement, linePx: number): { place: Place; topPx: number } | null {
  const windowTop = scrollerOf(root).getBoundingClientRect().top
  const sections = anchorsOf(sectionElements(root), windowTop)
  const section = sections[blockAtLine(sections, linePx)]
  if (section === undefined) return null
  const blocks = anchorsOf(blockElements(section.element), windowTop)
  const block = blocks[blockAtLine(blocks, linePx)]
  return { place: placeOf(section.element, block?.element), topPx: (block ?? section).topPx }
}

/** The element of a place, or its section's heading; null when the section is not on the page. */
export function elementOf(root: HTMLElement, place: Place): HTMLElement | null {
  const section = root.querySelector<HTMLElement>(`[data-section="${CSS.escape(place.section)}"]`)
  if (section === null) return null
  const blocks = blockElements(section)
  const block = place.block === null ? undefined : blocks.find((candidate) => candidate.dataset['block'] === String(place.block))
  return block ?? blocks[0] ?? section
}

/** Scrolls so that `element` has its top `topPx` under the top of the window. Says whether anything moved. */
export function alignElement(root: HTMLElement, element: HTMLElement, topPx: number): boolean {
  const scroller = scrollerOf(root)
  const offset = element.getBoundingClientRect().top - scroller.getBoundingClientRect().top - topPx
  if (Math.abs(offset) < 1) return false
  const before = scroller.scrollTop
  scroller.scrollTop = before + offset
  return scroller.scrollTop !== before
}

/**
 * Blocks of the section at a line and of its neighbours, in reading order, with their tops: for moving from block to
 * block. Sections further away are not laid out, and measuring them would force it.
 */
export function blocksAround(root: HTMLElement, linePx: number): { element: HTMLElement; topPx: number }[] {
  const windowTop = scrollerOf(root).getBoundingClientRect().top
  const sections = anchorsOf(sectionElements(root), windowTop)
  const at = blockAtLine(sections, linePx)
  return sections.slice(Math.max(0, at - 1), at + 2).flatMap((section) => anchorsOf(blockElements(section.element), windowTop))
}
