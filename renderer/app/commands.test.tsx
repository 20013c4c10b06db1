// @vitest-environment jsdom
import { act } from 'react'
import { createRoot } from 'react-dom/client'
import type { Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defaultSettings } from '../../main/api/index.ts'
import type { ApiClient } from '../../main/api/index.ts'
import { globalCommandIds } from './command-ids.ts'
import { CommandsProvider, useCommandList, useCommands } from './commands.tsx'
import { StoreContext } from './data.ts'
import { useGlobalCommands } from './global-commands.tsx'
import { createStore } from './store.ts'
import type { AppState, AppStore } from './store.ts'
import { ToastProvider } from './toast.tsx'

;(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true

let root: Root
let container: HTMLElement
let sendPush: (name: string, payload: unknown) => void
let store: AppStore

beforeEach(() => {
  const listeners = new Map<string, ((payload: unknown) => void)[]>()
  sendPush = (name, payload) => listeners.get(name)?.forEach((listener) => listener(payload))
  const api = {
    state: 'open',
    call: () => Promise.resolve({ ok: false, error: { code: 'internal', message: '' } }),
    on: (name: string, listener: (payload: unknown) => void) => {
      listeners.set(name, [...(listeners.get(name) ?? []), listener])
      return () => undefined
    },
    onState: () => () => undefined,
  } as unknown as ApiClient
  store = createStore(api, { settings: defaultSettings, library: { revision: '' }, profiles: { profiles: [], active: '' }, connection: 'open' } as unknown as AppState)
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }))
  container = document.body.appendChild(document.createElement('div'))
  root = createRoot(container)
})
afterEach(async () => {
  await act(async () => root.unmount())
  container.remove()
  vi.unstubAllGlobals()
})

async function show(node: React.ReactNode): Promise<void> {
  await act(async () =>
    root.render(
      <StoreContext value={store}>
        <CommandsProvider>{node}</CommandsProvider>
      </StoreContext>,
    ),
  )
}
/** Resolves when `words` are on screen: at once, before effects that wait for the next paint. */
function seen(words: string): Promise<void> {
  return new Promise((resolve) => {
    new MutationObserver((_, observer) => {
      if (!container.textContent.includes(words)) return
      observer.disconnect()
      resolve()
    }).observe(container, { childList: true, subtree: true, characterData: true })
  })
}
async function press(key: string, target: Element = document.body, more: KeyboardEventInit = {}): Promise<boolean> {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })
  await act(async () => target.dispatchEvent(event))
  return event.defaultPrevented
}

function Screen({ onNext, title = 'Next' }: { onNext(): void; title?: string }) {
  useCommands([
    { id: 'next', title, section: 'Screen', keys: 'j', run: onNext },
    { id: 'submit', title: 'Submit', section: 'Screen', keys: 'Mod+Enter', run: onNext },
  ])
  return (
    <>
      <input type="text" />
      <input type="checkbox" />
      <div contentEditable suppressContentEditableWarning />
      <p>{useCommandList().map((command) => command.title).join(', ')}</p>
    </>
  )
}

test('a key runs the latest callback, and titles follow', async () => {
  const first = vi.fn()
  const second = vi.fn()
  await show(<Screen onNext={first} />)
  await show(<Screen onNext={second} title="Next one" />)
  expect(await press('j')).toBe(true)
  expect(first).not.toHaveBeenCalled()
  expect(second).toHaveBeenCalledTimes(1)
  expect(container.textContent).toContain('Next one')
})

test('a command goes with its screen', async () => {
  const next = vi.fn()
  await show(<Screen onNext={next} />)
  await show(<p />)
  expect(await press('j')).toBe(false)
  expect(next).not.toHaveBeenCalled()
})

test('characters typed into text are text; keys with Mod still act', async () => {
  const next = vi.fn()
  await show(<Screen onNext={next} />)
  const [text, box] = container.querySelectorAll('input')
  expect(await press('j', text)).toBe(false)
  expect(await press('j', container.querySelector('div[contenteditable]')!)).toBe(false)
  expect(await press('Enter', text, { ctrlKey: true })).toBe(true)
  expect(await press('j', box)).toBe(true)
  expect(next).toHaveBeenCalledTimes(2)
})

test('Enter on the link to the screen in view is free for the screen; on another link it follows it', async () => {
  const resume = vi.fn()
  function Home() {
    useCommands([{ id: 'resume', title: 'Resume', section: 'Home', keys: 'Enter', run: resume }])
    return (
      <>
        <a href="#/" aria-current="page">
          Home
        </a>
        <a href="#/chapters">Chapters</a>
      </>
    )
  }
  await show(<Home />)
  const [here, elsewhere] = container.querySelectorAll('a')
  expect(await press('Enter', elsewhere)).toBe(false)
  expect(await press('Enter', here)).toBe(true)
  expect(resume).toHaveBeenCalledTimes(1)
})

test('single keys can be turned off', async () => {
  const next = vi.fn()
  await show(<Screen onNext={next} />)
  await act(async () => store.change({ singleKeys: false }))
  expect(await press('j')).toBe(false)
  expect(await press('Enter', document.body, { ctrlKey: true })).toBe(true)
})

test('an open dialog keeps the keyboard to itself', async () => {
  const next = vi.fn()
  await show(
    <>
      <Screen onNext={next} />
      {/* As Radix draws one. */}
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role */}
      <div role="dialog" data-state="open" />
    </>,
  )
  await press('j')
  await press('Enter', document.body, { ctrlKey: true })
  expect(next).not.toHaveBeenCalled()
})

test('what the native menu sends runs the command of that id', async () => {
  const next = vi.fn()
  await show(<Screen onNext={next} />)
  await act(async () => sendPush('app.command', { command: 'next' }))
  await act(async () => sendPush('app.command', { command: 'unknown' }))
  expect(next).toHaveBeenCalledTimes(1)
})

test('every id that the menu may send is registered by the shell', async () => {
  const registered: string[] = []
  function Shell() {
    const nothing = (): void => undefined
    useGlobalCommands({ openPalette: nothing, showKeys: nothing, toggleSidebar: nothing, toggleInspector: nothing, toggleBottom: nothing, nextRegion: nothing, hasInspector: true, hasBottom: true })
    registered.push(...useCommandList().map((command) => command.id))
    return null
  }
  await show(
    <ToastProvider>
      <Shell />
    </ToastProvider>,
  )
  expect(registered).toEqual(expect.arrayContaining([...globalCommandIds]))
})

test('a key works from the moment that its screen is seen', async () => {
  const runs: string[] = []
  function Screen({ name }: { name: string }) {
    useCommands([{ id: 'go', title: 'Go', section: 'Test', keys: 'Enter', run: () => void runs.push(name) }])
    return <p>{name}</p>
  }
  const flags = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }
  flags.IS_REACT_ACT_ENVIRONMENT = false
  try {
    for (const [at, name] of ['first', 'second'].entries()) {
      const shown = seen(name)
      root.render(
        <StoreContext value={store}>
          <CommandsProvider>
            <Screen name={name} key={at} />
          </CommandsProvider>
        </StoreContext>,
      )
      await shown
      if (at > 0) document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
    }
  } finally {
    flags.IS_REACT_ACT_ENVIRONMENT = true
  }
  expect(runs).toEqual(['second'])
})
