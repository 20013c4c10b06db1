import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { contrastRatio, lightness, okLabDistance } from './contrast.ts'
import type { Vision } from './contrast.ts'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')

function block(opening: string): Record<string, string> {
  const start = css.indexOf(opening)
  expect(start, `${opening} in tokens.css`).toBeGreaterThanOrEqual(0)
  const body = css.slice(start, css.indexOf('}', start))
  return Object.fromEntries([...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map((match) => [match[1]!, match[2]!]))
}

const light = block(':root {')
const dark = block(":root[data-theme='dark'] {")
const grounds = ['canvas', 'surface', 'inset', 'overlay']

/** The worst ratio of a token over the four grounds, as section 2 of the design states it. */
const statedWorst: Record<string, [light: number, dark: number]> = {
  'border-strong': [3.13, 3.67],
  text: [14.5, 12.0],
  'text-2': [7.12, 7.72],
  'text-3': [4.94, 5.54],
  accent: [5.58, 3.02],
  'accent-text': [7.05, 7.45],
  focus: [5.58, 5.94],
  ok: [5.04, 5.66],
  warn: [5.64, 8.82],
  crit: [5.27, 5.9],
}

/** A token on its own ground. */
const statedPairs: [fore: string, back: string, light: number, dark: number][] = [
  ['accent-text', 'accent-soft', 6.85, 7.51],
  ['text', 'selection', 12.12, 8.25],
  ['on-crit', 'crit', 6.02, 7.73],
  ['text-3', 'neutral-soft', 4.63, 4.96],
  ['ok', 'ok-soft', 4.97, 5.55],
  ['warn', 'warn-soft', 5.64, 8.59],
  ['crit', 'crit-soft', 5.06, 6.22],
]

/** Controls and graphics need 3; everything else is text and needs 4.5. */
const graphics = new Set(['border-strong', 'accent', 'focus'])

describe.each([
  ['light', light, 0],
  ['dark', dark, 1],
] as const)('%s theme', (_name, theme, column) => {
  test.each(Object.entries(statedWorst))('%s over every ground', (token, stated) => {
    const worst = Math.min(...grounds.map((ground) => contrastRatio(theme[token]!, theme[ground]!)))
    expect(worst).toBeGreaterThanOrEqual(graphics.has(token) ? 3 : 4.5)
    expect(worst).toBeCloseTo(stated[column], 1)
  })

  test.each(statedPairs)('%s on %s', (fore, back, ...stated) => {
    const ratio = contrastRatio(theme[fore]!, theme[back]!)
    expect(ratio).toBeGreaterThanOrEqual(4.5)
    expect(ratio).toBeCloseTo(stated[column], 1)
  })

  test('on-accent on every state of a filled action', () => {
    for (const state of ['accent', 'accent-hover', 'accent-press']) {
      expect(contrastRatio(theme['on-accent']!, theme[state]!)).toBeGreaterThanOrEqual(4.5)
    }
  })

  test('text on every soft ground', () => {
    for (const soft of ['accent-soft', 'ok-soft', 'warn-soft', 'crit-soft', 'neutral-soft']) {
      expect(contrastRatio(theme['text']!, theme[soft]!)).toBeGreaterThanOrEqual(10)
    }
  })

  test('series stand out from every ground', () => {
    for (const series of [1, 2, 3, 4, 5, 6]) {
      for (const ground of grounds) expect(contrastRatio(theme[`series-${series}`]!, theme[ground]!)).toBeGreaterThanOrEqual(3.1)
    }
  })

  const statedDistances: Record<Vision, [number, number]> = { normal: [13.3, 15.0], protan: [12.4, 14.7], deutan: [13.2, 14.2], tritan: [10.8, 12.1] }
  test.each(Object.entries(statedDistances) as [Vision, [number, number]][])('series stay apart with %s vision', (vision, stated) => {
    const colours = [1, 2, 3, 4, 5, 6].map((series) => theme[`series-${series}`]!)
    const distances = colours.flatMap((one, index) => colours.slice(index + 1).map((other) => okLabDistance(one, other, vision)))
    expect(Math.min(...distances)).toBeCloseTo(stated[column], 0)
  })

  test('heat goes one way in lightness', () => {
    const steps = [1, 2, 3, 4, 5, 6].map((step) => lightness(theme[`heat-${step}`]!))
    const sorted = steps.toSorted((a, b) => (column === 0 ? b - a : a - b))
    expect(steps).toEqual(sorted)
  })
})

test('both themes name the same colours', () => {
  expect(Object.keys(dark).toSorted()).toEqual(Object.keys(light).toSorted())
})

test('the frame before the script shows the dark theme’s own values', () => {
  const early = block(':root:not([data-theme]) {')
  for (const [name, value] of Object.entries(early)) expect(value, name).toBe(dark[name])
})
