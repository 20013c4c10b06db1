import { useEffect, useState } from 'react'
import type { figures } from '../../figures/index.ts'

type Figures = typeof figures

let fetched: Figures | null = null
let fetching: Promise<Figures> | null = null

function fetchFigures(): Promise<Figures> {
  fetching ??= import('../../figures/index.ts').then(
    (module) => {
      fetched = module.figures
      return fetched
    },
    (error: unknown) => {
      fetching = null
      throw error
    },
  )
  return fetching
}

/** The components of figures, fetched once and only by a chapter that shows one; null until then. A failure throws to the boundary. */
export function useFigures(): Figures | null {
  const [state, setState] = useState<{ figures: Figures | null; failure: unknown }>({ figures: fetched, failure: null })
  const isMissing = state.figures === null
  useEffect(() => {
    if (!isMissing) return
    let current = true
    fetchFigures().then(
      (figures) => current && setState({ figures, failure: null }),
      (failure: unknown) => current && setState({ figures: null, failure: failure ?? new Error('The figures could not be fetched.') }),
    )
    return () => {
      current = false
    }
  }, [isMissing])
  if (state.failure !== null) throw state.failure
  return state.figures
}
