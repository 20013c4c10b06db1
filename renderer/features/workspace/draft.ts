/** Text that is kept while it is written: debounced, and at once when the window goes. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { useApi } from '../../app/data.ts'

const PAUSE_MS = 400

export type SavedState =
  | { name: 'untouched' }
  | { name: 'saving' }
  | { name: 'saved'; at: Date }
  /** Kept by the core, not on disk yet. */
  | { name: 'memory' }
  | { name: 'failed'; message: string }

export interface Draft {
  /** `undefined` while it is being read; null when there is none. */
  text: string | null | undefined
  saved: SavedState
  keep(text: string): void
  /** Sends what waits for a pause, now. */
  flush(): void
}

/** Reads the draft under `key` and keeps what is written to it. One key for the life of the caller. */
export function useDraft(key: string): Draft {
  const api = useApi()
  const [text, setText] = useState<string | null | undefined>(undefined)
  const [saved, setSaved] = useState<SavedState>({ name: 'untouched' })
  const waiting = useRef<{ text: string; timer: ReturnType<typeof setTimeout> } | null>(null)
  /** The last text that the core did not take, sent again when it is back. */
  const refused = useRef<string | null>(null)
  /** How many texts were sent: only the answer to the last one tells whether what is written is saved. */
  const sent = useRef(0)

  useEffect(() => {
    let current = true
    void api.call('draft.get', { key }).then((answer) => {
      if (!current) return
      setText(answer.ok ? answer.value.text : null)
      if (!answer.ok) setSaved({ name: 'failed', message: answer.error.message })
    })
    return () => {
      current = false
    }
  }, [api, key])

  const send = useCallback(
    (last: string) => {
      sent.current += 1
      const place = sent.current
      void api.call('draft.set', { key, text: last }).then((answer) => {
        if (place !== sent.current) return
        refused.current = answer.ok ? null : last
        // A newer text is on its way: its own answer will tell.
        if (waiting.current !== null) return
        if (!answer.ok) setSaved({ name: 'failed', message: answer.error.message })
        else setSaved(answer.value.durable ? { name: 'saved', at: new Date() } : { name: 'memory' })
      })
    },
    [api, key],
  )

  const flush = useCallback(() => {
    const last = waiting.current
    if (last === null) return
    clearTimeout(last.timer)
    waiting.current = null
    send(last.text)
  }, [send])

  useEffect(
    () =>
      api.onState((state) => {
        if (state === 'open' && waiting.current === null && refused.current !== null) send(refused.current)
      }),
    [api, send],
  )

  const keep = useCallback(
    (next: string) => {
      if (waiting.current !== null) clearTimeout(waiting.current.timer)
      waiting.current = { text: next, timer: setTimeout(flush, PAUSE_MS) }
      setSaved({ name: 'saving' })
    },
    [flush],
  )

  useEffect(() => {
    const hidden = (): void => {
      if (document.visibilityState === 'hidden') flush()
    }
    window.addEventListener('pagehide', flush)
    document.addEventListener('visibilitychange', hidden)
    return () => {
      window.removeEventListener('pagehide', flush)
      document.removeEventListener('visibilitychange', hidden)
      flush()
    }
  }, [flush])

  return { text, saved, keep, flush }
}
