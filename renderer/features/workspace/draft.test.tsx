// @vitest-environment jsdom
import { act, useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ApiClient } from '../../../main/api/index.ts'
import { StoreContext } from '../../app/data.ts'
import type { AppStore } from '../../app/store.ts'
import { useDraft } from './draft.ts'
import type { Draft } from './draft.ts'

let draft: Draft
/** Answers that the core has not given yet, in the order of the calls. */
let pending: (() => void)[]
const sent: string[] = []

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  vi.useFakeTimers()
  pending = []
  sent.length = 0
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function call(name: string, input: { text?: string }): Promise<unknown> {
  if (name === 'draft.get') return Promise.resolve({ ok: true, value: { text: null } })
  sent.push(input.text ?? '')
  return new Promise((resolve) => pending.push(() => resolve({ ok: true, value: { durable: true } })))
}

function Writer() {
  const own = useDraft('answer:one')
  useEffect(() => {
    draft = own
  })
  return <p>{own.saved.name}</p>
}

/** Draws a writer; the answer takes it away. */
async function open(): Promise<{ host: HTMLElement; close(): void }> {
  const api = { call, onState: () => () => undefined } as unknown as ApiClient
  const host = document.createElement('div')
  const root = createRoot(host)
  await act(async () => root.render(<StoreContext value={{ api } as unknown as AppStore}><Writer /></StoreContext>))
  return { host, close: () => act(() => root.unmount()) }
}

it('is saved when the core has the last text, not when it has one before', async () => {
  const { host, close } = await open()
  const write = (text: string): Promise<void> =>
    act(async () => {
      draft.keep(text)
      await vi.advanceTimersByTimeAsync(1_000)
    })
  await write('SELECT 1')
  await write('SELECT 12')
  expect(sent).toEqual(['SELECT 1', 'SELECT 12'])
  await act(async () => pending[0]?.())
  expect(host.textContent).toBe('saving')
  await act(async () => pending[1]?.())
  expect(host.textContent).toBe('saved')
  close()
})

it('waits for a pause, and not when it is told to send', async () => {
  const { close } = await open()
  await act(async () => draft.keep('SELECT 1'))
  expect(sent).toEqual([])
  await act(async () => draft.flush())
  expect(sent).toEqual(['SELECT 1'])
  close()
})
