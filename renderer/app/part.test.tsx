// @vitest-environment jsdom
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ErrorBoundary } from './error-boundary.tsx'
import { part } from './part.tsx'

let root: Root
let host: HTMLElement
beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  host = document.createElement('div')
  root = createRoot(host)
})
afterEach(() => {
  act(() => root.unmount())
  vi.unstubAllGlobals()
})

const Greeting = ({ name }: { name: string }): string => `Hello ${name}`

it('shows what stands in for it, then itself, without waiting for a timer', async () => {
  const greeting = part(() => Promise.resolve({ default: Greeting }), 'wait')
  act(() => root.render(<greeting.View name="Ada" />))
  expect(host.textContent).toBe('wait')
  await act(async () => undefined)
  expect(host.textContent).toBe('Hello Ada')
})

it('is drawn in the first frame when it was fetched ahead, once', async () => {
  const load = vi.fn(() => Promise.resolve({ default: Greeting }))
  const greeting = part(load, 'wait')
  await Promise.all([greeting.fetch(), greeting.fetch()])
  act(() => root.render(<greeting.View name="Ada" />))
  expect(host.textContent).toBe('Hello Ada')
  expect(load).toHaveBeenCalledTimes(1)
})

it('tells a failure to the boundary around it, and is fetched again when drawn again', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const load = vi.fn(() => (load.mock.calls.length === 1 ? Promise.reject(new Error('gone')) : Promise.resolve({ default: Greeting })))
  const greeting = part(load)
  await act(async () => root.render(<ErrorBoundary region="This screen"><greeting.View name="Ada" /></ErrorBoundary>))
  expect(host.textContent).toContain('This screen stopped working')
  await act(async () => [...host.querySelectorAll('button')].find((button) => button.textContent?.startsWith('Draw'))?.click())
  expect(host.textContent).toBe('Hello Ada')
  vi.restoreAllMocks()
})
