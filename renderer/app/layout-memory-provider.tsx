import { useEffect, useMemo, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { LayoutMemoryContext } from '../ui/index.ts'
import type { LayoutMemory } from '../ui/index.ts'
import { useApi, useAppState } from './data.ts'

const draftKey = 'layout'
const writeAfterMs = 500

/** Remembers pane sizes with the profile's drafts: unlike the browser's storage, these follow the data folder. */
export function LayoutMemoryProvider({ children }: { children: ReactNode }) {
  const profile = useAppState((state) => state.profiles.active)
  return <ProfileLayout key={profile}>{children}</ProfileLayout>
}

function ProfileLayout({ children }: { children: ReactNode }) {
  const api = useApi()
  const [loaded, setLoaded] = useState(false)
  const sizes = useRef(new Map<string, number>())
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)

  useEffect(() => {
    let current = true
    void api.call('draft.get', { key: draftKey }).then((answer) => {
      if (!current) return
      if (answer.ok && answer.value.text !== null) sizes.current = readSizes(answer.value.text)
      setLoaded(true)
    })
    return () => {
      current = false
    }
  }, [api])

  const memory = useMemo<LayoutMemory>(
    () => ({
      read: (key) => sizes.current.get(key),
      write: (key, value) => {
        sizes.current.set(key, value)
        if (timer.current !== null) clearTimeout(timer.current)
        timer.current = setTimeout(() => {
          void api.call('draft.set', { key: draftKey, text: JSON.stringify(Object.fromEntries(sizes.current)) })
        }, writeAfterMs)
      },
    }),
    [api],
  )
  return loaded ? <LayoutMemoryContext value={memory}>{children}</LayoutMemoryContext> : null
}

/** Sizes from a kept text; whatever is not a number is forgotten. */
export function readSizes(text: string): Map<string, number> {
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed !== 'object' || parsed === null) return new Map()
    return new Map(Object.entries(parsed).filter((entry): entry is [string, number] => typeof entry[1] === 'number' && Number.isFinite(entry[1])))
  } catch {
    return new Map()
  }
}
