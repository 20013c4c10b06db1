// @vitest-environment jsdom
import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, test, vi } from 'vitest'
import { defaultSettings } from '../../main/api/index.ts'
import type { ApiClient } from '../../main/api/index.ts'
import { CommandsProvider } from './commands.tsx'
import { StoreContext } from './data.ts'
import { LayoutMemoryProvider } from './layout-memory-provider.tsx'
import { createStore } from './store.ts'
import type { AppState } from './store.ts'
import { ToastProvider, useToast } from './toast.tsx'

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)

function Screen() {
  const toast = useToast()
  return (
    <>
      <button onClick={() => toast('Added Grace.')}>add</button>
      <button onClick={() => toast('Removed a note.', { label: 'Undo', run: () => undefined })}>remove</button>
    </>
  )
}

test('what was said stays when another learner goes on, and what can be undone is offered to the one who did it', async () => {
  let active = 'ada'
  let pushChange = (): void => undefined
  const api = {
    state: 'open',
    call: (name: string) => Promise.resolve(name === 'profile.list' ? { ok: true, value: { profiles: [], active } } : { ok: false, error: { code: 'internal', message: '' } }),
    on: (name: string, listener: () => void) => {
      if (name === 'profile.changed') pushChange = listener
      return () => undefined
    },
    onState: () => () => undefined,
  } as unknown as ApiClient
  const store = createStore(api, { settings: defaultSettings, library: { revision: '' }, profiles: { profiles: [], active }, connection: 'open' } as unknown as AppState)
  const container = document.body.appendChild(document.createElement('div'))
  const root = createRoot(container)
  const switchTo = (profile: string): Promise<void> =>
    act(async () => {
      active = profile
      pushChange()
    })
  await act(async () =>
    root.render(
      <StoreContext value={store}>
        <CommandsProvider>
          <ToastProvider>
            <LayoutMemoryProvider>
              <Screen />
            </LayoutMemoryProvider>
          </ToastProvider>
        </CommandsProvider>
      </StoreContext>,
    ),
  )
  const press = (name: string): Promise<void> => act(async () => [...container.querySelectorAll('button')].find(({ textContent }) => textContent === name)?.click())
  await press('add')
  await press('remove')
  expect(container.textContent).toContain('Added Grace.')
  expect(container.textContent).toContain('Removed a note.')
  await switchTo('grace')
  expect(container.textContent).toContain('Added Grace.')
  expect(container.textContent).not.toContain('Removed a note.')
  await switchTo('ada')
  expect(container.textContent).toContain('Removed a note.')
  await act(async () => root.unmount())
})
