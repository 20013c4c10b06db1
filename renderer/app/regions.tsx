import { createContext, useContext, useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'

/** Places of the shell that a screen may fill while it is mounted. */
export type RegionName = 'sidebar' | 'inspector' | 'bottom' | 'status'

interface RegionsValue {
  slots: Partial<Record<RegionName, HTMLElement | null>>
  /** Ref callbacks of the shell's places; stable, since a new one would empty and fill the slot at each render. */
  attachSlot: Record<RegionName, (element: HTMLElement | null) => void>
  /** How many screens fill each region; 0 leaves it to the shell. */
  filled: Record<RegionName, number>
  fill(name: RegionName): () => void
}

const RegionsContext = createContext<RegionsValue | null>(null)

export function RegionsProvider({ children }: { children: ReactNode }) {
  const [slots, setSlots] = useState<RegionsValue['slots']>({})
  const [filled, setFilled] = useState<RegionsValue['filled']>({ sidebar: 0, inspector: 0, bottom: 0, status: 0 })
  const actions = useMemo(() => {
    const attach = (name: RegionName) => (element: HTMLElement | null) => setSlots((all) => (all[name] === element ? all : { ...all, [name]: element }))
    return {
      attachSlot: { sidebar: attach('sidebar'), inspector: attach('inspector'), bottom: attach('bottom'), status: attach('status') },
      fill: (name: RegionName) => {
        setFilled((all) => ({ ...all, [name]: all[name] + 1 }))
        return () => setFilled((all) => ({ ...all, [name]: all[name] - 1 }))
      },
    }
  }, [])
  const value = useMemo(() => ({ slots, filled, ...actions }), [slots, filled, actions])
  return <RegionsContext value={value}>{children}</RegionsContext>
}

/** The shell's view of its regions. */
export function useRegions(): RegionsValue {
  const value = useContext(RegionsContext)
  if (value === null) throw new Error('useRegions needs a RegionsProvider above it')
  return value
}

/** Draws `children` in a region of the shell while mounted. Without one in `bottom` or `inspector`, these stay closed. */
export function Region({ name, children }: { name: RegionName; children: ReactNode }) {
  const { slots, fill } = useRegions()
  useEffect(() => fill(name), [fill, name])
  const slot = slots[name]
  return slot ? createPortal(children, slot) : null
}
