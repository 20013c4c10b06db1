/** Where drawn content stands, for its links. The workspace draws briefs outside any chapter, so there is a default. */
import { createContext, useContext } from 'react'

export interface ContentPlace {
  chapterId: string | null
  /** Told when a link inside the app is followed, with its route: a link to the place in view changes no address. */
  onFollow: (route: string) => void
}

const ContentPlaceContext = createContext<ContentPlace>({ chapterId: null, onFollow: () => undefined })

export const ContentPlaceProvider = ContentPlaceContext.Provider

export function useContentPlace(): ContentPlace {
  return useContext(ContentPlaceContext)
}
