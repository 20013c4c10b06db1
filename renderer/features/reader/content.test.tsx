// @vitest-environment jsdom
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Block } from '../../../exercises/content/model.ts'
import { TooltipProvider } from '../../ui/index.ts'
import { Prose } from './content.tsx'
import { choiceCheck, numberCheck, orderCheck } from './fixture-chapter.ts'

let root: Root
let host: HTMLElement

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => setTimeout(run))
  vi.stubGlobal('CSS', { escape: (text: string) => text })
  host = document.body.appendChild(document.createElement('div'))
  root = createRoot(host)
})
afterEach(() => {
  act(() => root.unmount())
  host.remove()
})

function draw(...blocks: Block[]): void {
  act(() =>
    root.render(
      <TooltipProvider>
        <Prose of={blocks} />
      </TooltipProvider>,
    ),
  )
}
const button = (name: string): HTMLButtonElement => {
  const found = [...host.querySelectorAll('button')].find((candidate) => (candidate.getAttribute('aria-label') ?? candidate.textContent) === name)
  if (found === undefined) throw new Error(`no button ${name}`)
  return found
}
const click = (element: HTMLElement): void => act(() => element.click())
const type = (input: HTMLInputElement, text: string): void =>
  act(() => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(input, text)
    input.dispatchEvent(new Event('input', { bubbles: true }))
  })

describe('text', () => {
  it('shows hostile text as text', () => {
    const hostile = '<img src=x onerror=alert(1)><script>alert(2)</script>'
    draw(
      { t: 'p', id: 'p', c: [{ t: 'text', v: hostile }, { t: 'code', v: hostile }] },
      { t: 'code', lang: 'sql', text: hostile, tokens: [{ text: hostile, kind: 'string' }], output: hostile },
    )
    expect(host.querySelectorAll('img, script')).toHaveLength(0)
    expect(host.textContent).toContain(hostile)
  })
  it('opens outside links elsewhere and routes the others', () => {
    draw({
      t: 'p',
      id: 'p',
      c: [
        { t: 'link', href: 'https://sqlite.org', external: true, c: [{ t: 'text', v: 'out' }] },
        { t: 'link', href: '/chapters/ch07#locks', external: false, c: [{ t: 'text', v: 'in' }] },
      ],
    })
    const [out, inside] = [...host.querySelectorAll('a')]
    expect([out?.target, out?.rel]).toEqual(['_blank', 'noopener noreferrer'])
    expect(inside?.getAttribute('href')).toBe('/chapters/ch07/locks')
  })
})

describe('a choice', () => {
  it('asks for a choice, explains the chosen option first, and can be tried again', () => {
    draw({ t: 'check', check: choiceCheck })
    click(button('Check answer'))
    expect(host.textContent).toContain('Choose one first.')
    expect(host.textContent).not.toContain('It rose at 14:03:20.')

    click(host.querySelectorAll('input')[0]!)
    expect(host.textContent).not.toContain('It waits for the database.')
    click(button('Check answer'))
    expect(host.textContent).toContain('Not yet')
    expect(host.textContent).toContain('It waits for the database.')
    expect(host.querySelector('details')?.textContent).toContain('It rose at 14:03:20.')

    click(button('Try again'))
    expect(host.textContent).not.toContain('It waits for the database.')
    click(host.querySelectorAll('input')[1]!)
    act(() => {
      host.querySelector('form')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true }))
    })
    expect(host.textContent).toContain('Right')
    expect(host.textContent).toContain('Attempt 2')
  })
})

describe('on paper', () => {
  it('a check stands unmarked, whatever was answered, and is as it was afterwards', () => {
    draw({ t: 'check', check: choiceCheck }, { t: 'check', check: orderCheck })
    click(host.querySelectorAll('input')[1]!)
    click(button('Check answer'))
    const onScreen = host.textContent
    act(() => void window.dispatchEvent(new Event('beforeprint')))
    expect(host.querySelectorAll('form, input, button')).toHaveLength(0)
    expect(host.textContent).not.toContain('It rose at 14:03:20.')
    expect([...host.querySelectorAll('ol li')].map((item) => item.textContent)).toEqual(['The API', 'The database', 'The cache'])
    expect([...host.querySelectorAll('ul li')].map((item) => item.textContent).toSorted()).toEqual(['four', 'one', 'three', 'two'])
    act(() => void window.dispatchEvent(new Event('afterprint')))
    expect(host.textContent).toBe(onScreen)
  })
})

describe('a number', () => {
  it('keeps what was typed when it cannot be read, and says which way a wrong one is off', () => {
    draw({ t: 'check', check: numberCheck })
    const input = host.querySelector('input')!
    type(input, 'about two')
    click(button('Check answer'))
    expect(input.getAttribute('aria-invalid')).toBe('true')
    expect(input.value).toBe('about two')
    type(input, '2')
    click(button('Check answer'))
    expect(host.textContent).toContain('2 checkouts/s is too high.')
    expect(host.querySelector('details')?.open).toBe(false)
  })
})

describe('an order', () => {
  it('is put right with the buttons, which keep the focus', () => {
    draw({ t: 'check', check: orderCheck })
    const labels = (): string[] => [...host.querySelectorAll('li')].map((item) => item.dataset['item'] ?? '')
    const wanted = orderCheck.type === 'order' ? orderCheck.items.map((item) => item.id) : []
    for (const [place, id] of wanted.entries()) {
      while (labels().indexOf(id) > place) {
        const up = button(`Move up: ${id}`)
        act(() => up.focus())
        click(up)
        expect(document.activeElement?.closest('li')?.dataset['item']).toBe(id)
      }
    }
    expect(labels()).toEqual(wanted)
    click(button('Check answer'))
    expect(host.textContent).toContain('Right')
  })
})
