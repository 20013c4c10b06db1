/** The reader's place: opened where it was left, followed while scrolling, kept in the address and in the progress. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { useLocation } from 'wouter'
import type { Chapter } from '../../../../exercises/content/model.ts'
import { routes } from '../../../app/routes.ts'
import { stepFromLine } from './anchor-line.ts'
import { findPlace, keptBlock, openingPlace, placeKept, type Place } from './chapter-map.ts'
import { alignElement, blocksAround, elementOf, landingPx, placeAtLine, scrollerOf } from './text-geometry.ts'

/** Diagrams and late sections may still move the text this long after opening, unless the reader moves first. */
const settleMs = 4000
/** The address follows the section once scrolling pauses. */
const addressMs = 250
/** The place is kept once it has been still this long. */
const keepMs = 1000

export interface ReadingPlace {
  /** Id of the section being read. */
  section: string | null
  goTo(place: Place): void
  /** To the next or previous block or section. */
  stepBlock(step: 1 | -1): void
  stepSection(step: 1 | -1): void
}

/** The line by which the section in view is told: a quarter down, where eyes rest. */
function readingLine(root: HTMLElement): number {
  return Math.max(64, scrollerOf(root).clientHeight / 4)
}

/** False while the next screen loads: React keeps the chapter mounted then, but without boxes to tell a place by. */
function isLaidOut(text: HTMLElement): boolean {
  return text.getClientRects().length > 0
}

/** Scrolls to a place. The chapter's title and goals belong to its first section, which therefore begins at the very top. */
function bringTo(text: HTMLElement, chapter: Chapter, place: Place): void {
  const element = elementOf(text, place)
  if (place.block === null && place.section === chapter.sections[0]?.id) scrollerOf(text).scrollTop = 0
  else if (element !== null) alignElement(text, element, landingPx)
}

/**
 * Follows the reader through `chapter`, drawn under `root`. `named` is the section (or block) of the address, `kept` the
 * last place on record at opening; `onKeep` is told where reading has come to rest, by section and block id.
 */
export function useReadingPlace(
  root: RefObject<HTMLElement | null>,
  chapter: Chapter,
  named: string | null,
  kept: { section: string; block: string } | null,
  onKeep: (section: string, block: string) => void,
): ReadingPlace {
  const [, navigate] = useLocation()
  const [opening] = useState(() => openingPlace(chapter, named, kept))
  const [section, setSection] = useState<string | null>(opening?.section ?? chapter.sections[0]?.id ?? null)
  const spied = useRef<string | null>(named)
  const settling = useRef<{ place: Place; untilMs: number } | null>(null)
  const anchor = useRef<{ section: string; block: { id: string; after: number }; topPx: number } | null>(null)
  const keptRef = useRef(kept)
  const latest = useRef({ chapter, onKeep, navigate })
  useEffect(() => {
    latest.current = { chapter, onKeep, navigate }
  })

  const settleAt = useCallback(
    (place: Place): void => {
      const text = root.current
      if (text === null) return
      settling.current = { place, untilMs: performance.now() + settleMs }
      bringTo(text, latest.current.chapter, place)
    },
    [root],
  )

  // Before the first paint, so that the chapter never shows its top on the way to the kept paragraph.
  useLayoutEffect(() => {
    const text = root.current
    if (text === null) return
    if (opening === null) scrollerOf(text).scrollTop = 0
    else settleAt(opening)
    const scroller = scrollerOf(text)
    return () => {
      scroller.scrollTop = 0
    }
  }, [root, opening, settleAt])

  // What is laid out late must not push the target away; the first move of the reader's own ends this.
  useEffect(() => {
    const text = root.current
    if (text === null) return
    const release = (): void => {
      settling.current = null
    }
    const observer = new ResizeObserver(() => {
      const target = settling.current
      if (target === null) return
      if (performance.now() > target.untilMs) return release()
      bringTo(text, latest.current.chapter, target.place)
    })
    observer.observe(text)
    const moves = ['wheel', 'pointerdown', 'keydown', 'touchstart'] as const
    for (const move of moves) window.addEventListener(move, release, { passive: true, capture: true })
    return () => {
      observer.disconnect()
      for (const move of moves) window.removeEventListener(move, release, { capture: true })
    }
  }, [root])

  // New text under the reader's eyes: the block at the top stays where it was.
  useLayoutEffect(() => {
    const text = root.current
    const held = anchor.current
    if (text === null || held === null) return
    const changed = chapter.sections.find((candidate) => candidate.id === held.section)
    if (changed === undefined) return
    const element = elementOf(text, placeKept(changed, held.block))
    if (element !== null) alignElement(text, element, held.topPx)
  }, [root, chapter])

  useEffect(() => {
    const text = root.current
    if (text === null) return
    const scroller = scrollerOf(text)
    let frame = 0
    let addressTimer = 0
    let keepTimer = 0

    const keep = (): void => {
      window.clearTimeout(keepTimer)
      const held = anchor.current
      if (held === null || (held.section === keptRef.current?.section && held.block.id === keptRef.current.block)) return
      keptRef.current = { section: held.section, block: held.block.id }
      latest.current.onKeep(held.section, held.block.id)
    }
    const look = (): void => {
      frame = 0
      if (!isLaidOut(text)) return
      const top = placeAtLine(text, landingPx)
      const read = placeAtLine(text, readingLine(text))
      if (top === null || read === null) return
      const now = latest.current.chapter
      const of = now.sections.find((candidate) => candidate.id === top.place.section)
      if (of === undefined) return
      anchor.current = { section: of.id, block: keptBlock(of, top.place.block), topPx: top.topPx }
      window.clearTimeout(keepTimer)
      keepTimer = window.setTimeout(keep, keepMs)
      const { section: reading } = read.place
      setSection(reading)
      window.clearTimeout(addressTimer)
      if (settling.current !== null) return
      addressTimer = window.setTimeout(() => {
        if (!isLaidOut(text)) return
        const current = spied.current === null ? (now.sections[0]?.id ?? null) : (findPlace(now, spied.current)?.section ?? null)
        if (current === reading) return
        spied.current = reading
        latest.current.navigate(routes.chapter(now.id, reading), { replace: true })
      }, addressMs)
    }
    const scrolled = (): void => {
      if (frame === 0) frame = requestAnimationFrame(look)
    }
    const hidden = (): void => {
      if (document.visibilityState === 'hidden') keep()
    }
    scroller.addEventListener('scroll', scrolled, { passive: true })
    document.addEventListener('visibilitychange', hidden)
    window.addEventListener('pagehide', keep)
    scrolled()
    return () => {
      keep()
      cancelAnimationFrame(frame)
      window.clearTimeout(addressTimer)
      scroller.removeEventListener('scroll', scrolled)
      document.removeEventListener('visibilitychange', hidden)
      window.removeEventListener('pagehide', keep)
    }
  }, [root])

  const goTo = useCallback(
    (place: Place): void => {
      const text = root.current
      if (text === null) return
      spied.current = place.section
      setSection(place.section)
      settleAt(place)
      elementOf(text, place)?.focus({ preventScroll: true })
    },
    [root, settleAt],
  )

  // An address that did not come from scrolling: a link, Back, the palette.
  useLayoutEffect(() => {
    if (named === spied.current) return
    spied.current = named
    const place = named === null ? null : findPlace(latest.current.chapter, named)
    const first = latest.current.chapter.sections[0]
    if (place !== null) goTo(place)
    else if (named === null && first !== undefined) goTo({ section: first.id, block: null })
    spied.current = named
  }, [named, goTo])

  const stepBlock = useCallback(
    (step: 1 | -1): void => {
      const text = root.current
      if (text === null) return
      settling.current = null
      const blocks = blocksAround(text, landingPx)
      const next = stepFromLine(blocks, landingPx, step)
      const target = next === null ? undefined : blocks[next]
      if (target === undefined) return
      alignElement(text, target.element, landingPx)
      target.element.focus({ preventScroll: true })
    },
    [root],
  )

  const stepSection = useCallback(
    (step: 1 | -1): void => {
      const { sections } = latest.current.chapter
      const target = sections[sections.findIndex((candidate) => candidate.id === section) + step]
      if (target !== undefined) latest.current.navigate(routes.chapter(latest.current.chapter.id, target.id))
    },
    [section],
  )

  return { section, goTo, stepBlock, stepSection }
}
