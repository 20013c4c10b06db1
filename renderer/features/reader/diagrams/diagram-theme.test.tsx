// @vitest-environment jsdom
import { act, type ReactNode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { currentDiagramColours, useDiagramColours } from './diagram-theme.ts'

let root: Root
let host: HTMLElement
let systemChanged: () => void = () => undefined

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  vi.stubGlobal('matchMedia', () => ({
    addEventListener: (_: string, listener: () => void) => (systemChanged = listener),
    removeEventListener: () => undefined,
  }))
  host = document.body.appendChild(document.createElement('div'))
  root = createRoot(host)
})
afterEach(() => {
  act(() => root.unmount())
  host.remove()
  document.documentElement.removeAttribute('style')
})

function Figure(): ReactNode {
  return <output>{useDiagramColours().colours.surface}</output>
}
/** As a change of theme does: the tokens of the page get other values. */
const paint = (surface: string): Promise<void> =>
  act(async () => {
    document.documentElement.style.setProperty('--surface', surface)
    await Promise.resolve()
  })
const shown = (): string[] => [...host.querySelectorAll('output')].map((output) => output.textContent)

it('every figure on the page takes the colours of a new theme, also after some have gone and come back', async () => {
  await paint('white')
  act(() => root.render([1, 2, 3].map((key) => <Figure key={key} />)))
  expect(shown()).toEqual(['white', 'white', 'white'])
  await paint('black')
  expect(shown()).toEqual(['black', 'black', 'black'])

  act(() => root.render([2].map((key) => <Figure key={key} />)))
  await paint('grey')
  act(() => root.render(null))
  await paint('navy')
  act(() => root.render([4, 5].map((key) => <Figure key={key} />)))
  expect(shown()).toEqual(['navy', 'navy'])
  expect(currentDiagramColours().colours.surface).toBe('navy')
})

it("follows the system's theme, which changes no attribute of the page", () => {
  act(() => root.render([1, 2].map((key) => <Figure key={key} />)))
  const sheet = document.head.appendChild(document.createElement('style'))
  sheet.textContent = ':root { --surface: olive; }'
  act(() => systemChanged())
  expect(shown()).toEqual(['olive', 'olive'])
  sheet.remove()
})
