import { useEffect } from 'react'

/** Names the window after the screen, such as "Settings · Firedrill". */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? 'Firedrill' : `${title} · Firedrill`
  }, [title])
}
