/** Turns Mermaid source into SVG. The library is large, so it is loaded when a chapter with diagrams is opened. */
import type { Mermaid } from 'mermaid'
import { fail, ok, type Result } from '../../../../exercises/core/result.ts'
import { mermaidParseSettings } from '../../../../exercises/kinds/diagram/read/read-diagram.ts'
import { themeRules, themeVariables, type DiagramColours } from './diagram-theme.ts'

/** A drawing. Every id in `svg` begins with `templateId`, which each place on the page replaces by its own. */
export interface DrawnDiagram {
  svg: string
  width: number
  height: number
}

/** Stands for the drawing's id; alphanumeric, so that it is replaced alike in attributes, styles and url() references. */
export const templateId = 'firedrillDiagram'

let loading: Promise<Mermaid> | null = null
let themeInForce: string | null = null
let queue: Promise<unknown> = Promise.resolve()
let hasBegun = false

/** Drawings of this window by theme and source; a chapter has tens at most, so none is dropped until the limit. */
const drawn = new Map<string, Result<DrawnDiagram, string>>()
const drawnLimit = 200

/** Loads the library once; called ahead of need when a chapter opens. A failed load may be tried again. */
export function loadMermaid(): Promise<Mermaid> {
  loading ??= import('mermaid').then(
    ({ default: mermaid }) => {
      // Read before the first drawing sets colours, a label must be the same as after it.
      mermaid.initialize({ ...mermaidParseSettings })
      return mermaid
    },
    (error: unknown) => {
      loading = null
      throw error
    },
  )
  return loading
}

function configure(mermaid: Mermaid, key: string, colours: DiagramColours): void {
  if (themeInForce === key) return
  themeInForce = key
  mermaid.initialize({
    ...mermaidParseSettings,
    theme: 'base',
    look: 'classic',
    layout: 'dagre',
    themeVariables: themeVariables(colours),
    themeCSS: themeRules(colours),
    fontFamily: "'Inter Variable', Inter, system-ui, sans-serif",
    flowchart: { useMaxWidth: false, curve: 'basis', padding: 12 },
    sequence: { useMaxWidth: false, mirrorActors: false, actorFontSize: 14, messageFontSize: 14, noteFontSize: 14 },
    state: { useMaxWidth: false },
    er: { useMaxWidth: false },
  })
}

function sizeOf(svg: string): { width: number; height: number } {
  const box = /viewBox="([^"]+)"/.exec(svg)?.[1]?.trim().split(/[\s,]+/).map(Number) ?? []
  const width = box[2]
  const height = box[3]
  return { width: width !== undefined && width > 0 ? width : 480, height: height !== undefined && height > 0 ? height : 320 }
}

async function drawNow(source: string, key: string, colours: DiagramColours): Promise<Result<DrawnDiagram, string>> {
  try {
    const mermaid = await loadMermaid()
    // Labels are measured while drawing: with a fallback face they would not fit their boxes.
    await document.fonts.load("14px 'Inter Variable'")
    configure(mermaid, key, colours)
    const { svg } = await mermaid.render(templateId, source)
    return ok({ svg, ...sizeOf(svg) })
  } catch (error) {
    document.getElementById(`d${templateId}`)?.remove()
    return fail(error instanceof Error ? error.message : String(error))
  }
}

/** A drawing that was made before in this theme, at once. */
export function drawnAlready(source: string, key: string): Result<DrawnDiagram, string> | null {
  return drawn.get(`${key}\n${source}`) ?? null
}

/** Whether a drawing was asked for yet. */
export function hasBegunDrawing(): boolean {
  return hasBegun
}

/** Resolves when every drawing that was asked for is there, or has failed. */
export function diagramsDrawn(): Promise<unknown> {
  return queue
}

/** Draws `source` in the given colours; one at a time, since the library measures in the page. Never rejects. */
export function drawDiagram(source: string, key: string, colours: DiagramColours): Promise<Result<DrawnDiagram, string>> {
  hasBegun = true
  const turn = queue.then(async () => {
    const known = drawnAlready(source, key)
    if (known !== null) return known
    const result = await drawNow(source, key, colours)
    if (drawn.size >= drawnLimit) drawn.clear()
    if (result.ok) drawn.set(`${key}\n${source}`, result)
    return result
  })
  queue = turn
  return turn
}

/**
 * The drawing as an element of this page, under its own id and named for screen readers. Scripts and handlers are
 * dropped, though strict mode has none. Null when the drawing is not SVG.
 */
export function svgElement(diagram: DrawnDiagram, id: string, name: { title: string; describedBy: string }): SVGSVGElement | null {
  const parsed = new DOMParser().parseFromString(diagram.svg.replaceAll(templateId, id), 'image/svg+xml')
  const root = parsed.documentElement
  if (!(root instanceof SVGSVGElement)) return null
  for (const element of root.querySelectorAll('script, iframe, object, embed')) element.remove()
  for (const element of [root, ...root.querySelectorAll('*')]) {
    for (const name of element.getAttributeNames()) if (/^on/i.test(name)) element.removeAttribute(name)
  }
  root.setAttribute('width', String(diagram.width))
  root.setAttribute('height', String(diagram.height))
  root.setAttribute('role', 'img')
  root.removeAttribute('aria-roledescription')
  root.setAttribute('aria-label', name.title)
  root.setAttribute('aria-describedby', name.describedBy)
  root.style.maxWidth = 'none'
  return document.importNode(root, true)
}
