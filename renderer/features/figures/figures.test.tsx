// @vitest-environment jsdom
import { act, Suspense } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { figureKinds, figureTypes } from '../../../exercises/content/figure-types.ts'
import type { FigureType, FigureValues } from '../../../exercises/content/figure-types.ts'
import { TooltipProvider } from '../../ui/index.ts'
import { figures } from './index.ts'
import { forgetFigures } from './kit/use-figure.ts'

let root: Root
let host: HTMLElement

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  vi.stubGlobal('ResizeObserver', undefined)
  forgetFigures()
  open()
})
afterEach(close)

function open(): void {
  host = document.body.appendChild(document.createElement('div'))
  root = createRoot(host)
}
function close(): void {
  act(() => root.unmount())
  host.remove()
}
async function draw(type: FigureType, attributes: FigureValues = {}): Promise<void> {
  const View = figures[type]
  await act(async () => {
    root.render(
      <TooltipProvider>
        <Suspense fallback={null}>
          <View id="figure" attributes={attributes} />
        </Suspense>
      </TooltipProvider>,
    )
  })
  await vi.waitFor(async () => {
    await act(async () => {})
    expect(host.querySelector('[data-summary]')).not.toBeNull()
  }, { timeout: 20_000 })
}
const summary = (): string => host.querySelector('[data-summary]')?.textContent ?? ''
const button = (name: string): HTMLButtonElement => {
  const found = [...host.querySelectorAll('button')].find((candidate) => candidate.textContent === name)
  if (found === undefined) throw new Error(`no button ${name}`)
  return found
}
function slide(input: HTMLInputElement, value: string): void {
  act(() => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(input, value)
    input.dispatchEvent(new Event('input', { bubbles: true }))
  })
}
const slider = (label: string): HTMLInputElement => {
  const found = [...host.querySelectorAll('label')].find((candidate) => candidate.textContent === label)
  const input = host.querySelector<HTMLInputElement>(`[id="${found?.htmlFor ?? ''}"]`)
  if (input === null) throw new Error(`no slider ${label}`)
  return input
}

describe('every figure', () => {
  it.each(figureTypes)('%s says what it shows, names its controls, and follows them', async (type) => {
    await draw(type)
    const before = summary()
    expect(before.length).toBeGreaterThan(40)
    expect(before).not.toMatch(/NaN|undefined|Infinity/)
    for (const input of host.querySelectorAll('input')) expect(input.ariaLabel ?? host.querySelector(`label[for="${input.id}"]`)?.textContent ?? '', input.outerHTML).not.toBe('')
    const said = new Set([before])
    for (const input of host.querySelectorAll<HTMLInputElement>('input[type=range]')) {
      if (input.disabled) continue
      for (const end of [input.max, input.min]) {
        slide(input, end)
        said.add(summary())
        expect(summary(), `${input.getAttribute('aria-valuetext') ?? ''}`).not.toMatch(/NaN|undefined|Infinity/)
      }
    }
    for (const option of host.querySelectorAll<HTMLButtonElement>('[role=radio]')) {
      act(() => option.click())
      said.add(summary())
    }
    for (const choice of host.querySelectorAll<HTMLButtonElement>('[aria-pressed=false]')) {
      act(() => choice.click())
      said.add(summary())
    }
    expect(said.size).toBeGreaterThan(1)
    act(() => button('Start values').click())
    expect(summary()).toBe(before)
  })

  it('has readings for every name that a goal may use', () => {
    for (const type of figureTypes) expect(Object.keys(figureKinds[type].readings).length, type).toBeGreaterThan(0)
  })
})

describe('a figure', () => {
  it('starts from what the chapter gives and keeps what the reader left', async () => {
    await draw('littles-law', { rate: 100 })
    expect(summary()).toContain('100 requests/s × 250 ms inside = 25')
    slide(slider('Mean time inside'), '0')
    const left = summary()
    close()
    open()
    await draw('littles-law', { rate: 100 })
    expect(summary()).toBe(left)
  })

  it('tells of a goal once the reader has reached it, not before they move anything', async () => {
    await draw('utilisation-latency', { rate: 80, goal: 'p99Ms <= 250' })
    expect(host.textContent).not.toContain('Done: the figure')
    slide(slider('Servers'), '2')
    expect(host.textContent).toContain('Done: the figure')
    slide(slider('Arrival rate'), slider('Arrival rate').max)
    expect(host.textContent).not.toContain('Done: the figure')
  })

  it('takes exact numbers, and keeps the last good one while a wrong one stands', async () => {
    await draw('littles-law')
    const field = host.querySelector<HTMLInputElement>('input[aria-label="Requests a second, /s, exact"]')!
    slide(field, '137')
    expect(summary()).toContain('137 requests/s')
    slide(field, '99999')
    expect(summary()).toContain('137 requests/s')
    expect(host.textContent).toContain('From 1 to 2,000.')
    expect(field.getAttribute('aria-invalid')).toBe('true')
  })

  it('gives its numbers as a table', async () => {
    await draw('amdahl')
    const details = host.querySelector('details')!
    act(() => {
      details.open = true
      details.dispatchEvent(new Event('toggle'))
    })
    expect([...details.querySelectorAll('th[scope=col]')].map((head) => head.textContent)).toEqual(['Workers (logarithmic)', 'Amdahl'])
    expect(details.querySelectorAll('tbody tr').length).toBeGreaterThan(8)
  })
})
