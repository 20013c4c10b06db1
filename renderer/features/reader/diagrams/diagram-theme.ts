/** Colours for diagrams, read from the interface's own tokens so that a theme change redraws them alike. */
import { useSyncExternalStore } from 'react'

const tokenNames = ['surface', 'inset', 'text', 'text-2', 'border-strong', 'accent-soft', 'accent-text', 'warn-soft', 'warn', 'neutral-soft'] as const
type Token = (typeof tokenNames)[number]
export type DiagramColours = Readonly<Record<Token, string>>

let current: { key: string; colours: DiagramColours } | null = null

function readColours(): { key: string; colours: DiagramColours } {
  const style = getComputedStyle(document.documentElement)
  const pairs = tokenNames.map((name) => [name, style.getPropertyValue(`--${name}`).trim()] as const)
  return { key: pairs.map(([, value]) => value).join(' '), colours: Object.fromEntries(pairs) as DiagramColours }
}

/** Every figure that is mounted. They share one watch: who looks first must not keep the change from the others. */
const listeners = new Set<() => void>()
let stopWatching: (() => void) | null = null

function look(): void {
  const next = readColours()
  if (next.key === current?.key) return
  current = next
  for (const listener of listeners) listener()
}

function watch(): () => void {
  const observer = new MutationObserver(look)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class', 'style'] })
  const media = window.matchMedia('(prefers-color-scheme: dark)')
  media.addEventListener('change', look)
  return () => {
    observer.disconnect()
    media.removeEventListener('change', look)
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  stopWatching ??= watch()
  // The theme may have changed while no diagram was on screen.
  look()
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    stopWatching?.()
    stopWatching = null
  }
}

/** The colours of the theme in force, outside a component. */
export function currentDiagramColours(): { key: string; colours: DiagramColours } {
  current ??= readColours()
  return current
}

/** The colours of the theme in force, and a key that changes with them. */
export function useDiagramColours(): { key: string; colours: DiagramColours } {
  return useSyncExternalStore(subscribe, currentDiagramColours)
}

/** Mermaid's names for our colours. */
export function themeVariables(colours: DiagramColours): Record<string, string> {
  const { surface, inset, text } = colours
  const muted = colours['text-2']
  const edge = colours['border-strong']
  return {
    background: surface,
    fontFamily: "'Inter Variable', Inter, system-ui, sans-serif",
    fontSize: '14px',
    primaryColor: inset,
    primaryTextColor: text,
    primaryBorderColor: edge,
    secondaryColor: colours['neutral-soft'],
    secondaryTextColor: text,
    secondaryBorderColor: edge,
    tertiaryColor: surface,
    tertiaryTextColor: text,
    tertiaryBorderColor: edge,
    mainBkg: inset,
    nodeBorder: edge,
    nodeTextColor: text,
    textColor: text,
    titleColor: text,
    lineColor: muted,
    arrowheadColor: muted,
    clusterBkg: surface,
    clusterBorder: edge,
    edgeLabelBackground: surface,
    actorBkg: inset,
    actorBorder: edge,
    actorTextColor: text,
    actorLineColor: edge,
    signalColor: muted,
    signalTextColor: text,
    labelBoxBkgColor: inset,
    labelBoxBorderColor: edge,
    labelTextColor: text,
    loopTextColor: text,
    noteBkgColor: colours['warn-soft'],
    noteBorderColor: colours.warn,
    noteTextColor: text,
    activationBkgColor: colours['accent-soft'],
    activationBorderColor: colours['accent-text'],
    sequenceNumberColor: surface,
    labelColor: text,
    altBackground: inset,
    transitionColor: muted,
    transitionLabelColor: text,
    stateLabelColor: text,
    stateBkg: inset,
    compositeBackground: surface,
    compositeTitleBackground: inset,
    compositeBorder: edge,
    specialStateColor: muted,
    innerEndBackground: muted,
    errorBkgColor: surface,
    errorTextColor: text,
    attributeBackgroundColorOdd: surface,
    attributeBackgroundColorEven: inset,
  }
}

/** Rules that Mermaid has no name for: labels stand on the ground, so that lines do not run through the words. */
export function themeRules(colours: DiagramColours): string {
  return `.edgeLabel text { paint-order: stroke; stroke: ${colours.surface}; stroke-width: 6px; stroke-linejoin: round; }`
}
