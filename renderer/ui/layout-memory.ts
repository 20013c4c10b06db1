import { createContext } from 'react'

/** Where panes remember their sizes. The app keeps them with the learner's drafts; the default forgets. */
export interface LayoutMemory {
  read(key: string): number | undefined
  write(key: string, value: number): void
}

export const LayoutMemoryContext = createContext<LayoutMemory>({ read: () => undefined, write: () => undefined })
