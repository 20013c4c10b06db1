/**
 * A part of the window that is fetched apart from the rest. React's own `lazy` shows what was fetched at least 300 ms
 * after its fallback, however fast it came; this draws at once, and in the same frame when it was fetched ahead.
 */
import { useEffect, useState } from 'react'
import type { ComponentType, ReactNode } from 'react'

export interface Part<Props extends object> {
  /** Draws the part; until it is there, `waiting`. A part that cannot be fetched throws to the boundary around it. */
  View: (props: Props) => ReactNode
  /** Fetches ahead of need. Rejects when that fails; the next call tries again. */
  fetch(): Promise<void>
}

export function part<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>, waiting: ReactNode = null): Part<Props> {
  let Loaded: ComponentType<Props> | null = null
  let fetching: Promise<void> | null = null

  function fetchPart(): Promise<void> {
    fetching ??= load().then(
      (module) => {
        Loaded = module.default
      },
      (error: unknown) => {
        fetching = null
        throw error
      },
    )
    return fetching
  }

  function View(props: Props): ReactNode {
    const [state, setState] = useState<{ Loaded: ComponentType<Props> | null; failure: unknown }>({ Loaded, failure: null })
    const isMissing = state.Loaded === null
    useEffect(() => {
      if (!isMissing) return
      let current = true
      fetchPart().then(
        () => current && setState({ Loaded, failure: null }),
        (failure: unknown) => current && setState({ Loaded: null, failure: failure ?? new Error('A part of the window could not be fetched.') }),
      )
      return () => {
        current = false
      }
    }, [isMissing])
    if (state.failure !== null) throw state.failure
    return state.Loaded === null ? waiting : <state.Loaded {...props} />
  }

  return { View, fetch: fetchPart }
}
