// @vitest-environment jsdom
import { act } from 'react'
import { createRoot } from 'react-dom/client'
import type { Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defaultSettings } from '../../main/api/index.ts'
import type { ApiClient, CallName } from '../../main/api/index.ts'
import { StoreContext, useCall, useSettings } from './data.ts'
import { createStore } from './store.ts'
import type { AppState, AppStore } from './store.ts'

;(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true

const initial: AppState = {
  info: { version: '0', host: 'memory', platform: 'test', dataDir: '/data', capabilities: { nativeMenu: false, openFolder: false, saveDialog: false, pdf: false }, development: false },
  library: { revision: 'r1', chapters: [], appendices: [], exercises: [], incidents: [], templates: [], paths: [], placement: null, skills: [], changes: [], problems: [] },
  progress: { chapters: {}, exercises: {}, incidents: {}, skills: {}, placed: {}, known: [], resume: null, changesSeen: [], notes: [], resets: [], events: 0 },
  settings: defaultSettings,
  storage: { state: 'ok', pending: 0, message: null, notices: [] },
  profiles: { profiles: [], active: 'p' },
  connection: 'open',
}

function fakeApi(answer: (name: CallName, input: unknown) => unknown) {
  const pushes = new Map<string, (payload: unknown) => void>()
  let state: (next: 'open' | 'closed') => void = () => undefined
  const call = vi.fn((name: CallName, input: unknown) => Promise.resolve(answer(name, input)))
  const api = {
    state: 'open',
    call,
    on: (name: string, listener: (payload: unknown) => void) => {
      pushes.set(name, listener)
      return () => pushes.delete(name)
    },
    onState: (listener: (next: 'open' | 'closed') => void) => {
      state = listener
      return () => undefined
    },
  } as unknown as ApiClient
  return { api, call, push: (name: string, payload: unknown) => pushes.get(name)?.(payload), setState: (next: 'open' | 'closed') => state(next) }
}

let root: Root
let container: HTMLElement
beforeEach(() => {
  container = document.createElement('div')
  root = createRoot(container)
})
afterEach(async () => act(async () => root.unmount()))

async function show(store: AppStore, node: React.ReactNode): Promise<void> {
  await act(async () => root.render(<StoreContext value={store}>{node}</StoreContext>))
}

function Chapter({ id }: { id: string }) {
  const chapter = useCall('library.chapter', { id })
  return (
    <p>
      {chapter.state} {chapter.value?.chapter.title} {chapter.error?.message}
      <button onClick={chapter.reload}>again</button>
    </p>
  )
}
const named = (title: string) => ({ ok: true, value: { chapter: { title, sections: [] } } })
const refreshes = (name: CallName) => (name === 'library.index' ? { ok: true, value: initial.library } : { ok: false, error: { code: 'internal', message: 'not asked' } })

test('a call that failed because the core was away is repeated when it is back', async () => {
  let up = false
  const { api, setState } = fakeApi((name) => (name !== 'library.chapter' ? refreshes(name) : up ? named('Databases') : { ok: false, error: { code: 'disconnected', message: 'away' } }))
  const store = createStore(api, initial)
  await show(store, <Chapter id="ch07" />)
  expect(container.textContent).toContain('failed')
  up = true
  await act(async () => setState('open'))
  expect(container.textContent).toContain('ready Databases')
})

test('content that changes is asked for again, and the old stays until the new is there', async () => {
  let title = 'Old'
  const { api, push } = fakeApi((name) => (name === 'library.index' ? { ok: true, value: { ...initial.library, revision: title } } : named(title)))
  const store = createStore(api, initial)
  await show(store, <Chapter id="ch07" />)
  expect(container.textContent).toContain('ready Old')
  title = 'New'
  await act(async () => push('library.changed', { revision: 'New', chapters: ['ch07'], exercises: [] }))
  expect(container.textContent).toContain('ready New')
})

test('going back to a chapter of the same revision asks nobody', async () => {
  const { api, call } = fakeApi((_name, input) => named((input as { id: string }).id))
  const store = createStore(api, initial)
  await show(store, <Chapter id="ch01" />)
  await show(store, <Chapter id="ch02" />)
  const asked = call.mock.calls.length
  await show(store, <Chapter id="ch01" />)
  expect(container.textContent).toContain('ready ch01')
  expect(call.mock.calls.length).toBe(asked)
})

test('a late answer to an earlier input is not shown', async () => {
  const waiting: ((value: unknown) => void)[] = []
  const { api } = fakeApi(() => new Promise((resolve) => waiting.push(resolve)))
  const store = createStore(api, initial)
  await show(store, <Chapter id="ch01" />)
  await show(store, <Chapter id="ch02" />)
  await act(async () => waiting[1]?.(named('Second')))
  await act(async () => waiting[0]?.(named('First')))
  expect(container.textContent).toContain('ready Second')
})

test('a setting holds at once, and stays when it cannot be kept', async () => {
  const problems = vi.fn()
  const { api } = fakeApi(() => ({ ok: false, error: { code: 'storage', message: 'full disk' } }))
  const store = createStore(api, initial)
  store.onProblem(problems)
  function Theme() {
    const { settings, change } = useSettings()
    return <button onClick={() => change({ theme: 'dark' })}>{settings.theme}</button>
  }
  await show(store, <Theme />)
  await act(async () => container.querySelector('button')?.click())
  expect(container.textContent).toBe('dark')
  expect(problems).toHaveBeenCalledWith({ code: 'storage', message: 'full disk' })
})
