import { useContext, useState } from 'react'
import { LayoutMemoryContext } from '../ui/index.ts'

/** Whether the bottom panel is wanted and its height, px; both remembered. */
export function useBottomPanel(): { open: boolean; height: number; toggle(): void; resize(height: number): void } {
  const memory = useContext(LayoutMemoryContext)
  const [open, setOpen] = useState(() => memory.read('bottom.open') !== 0)
  const [height, setHeight] = useState(() => memory.read('bottom.height') ?? 240)
  return {
    open,
    height,
    toggle() {
      memory.write('bottom.open', open ? 0 : 1)
      setOpen(!open)
    },
    resize(next) {
      memory.write('bottom.height', next)
      setHeight(next)
    },
  }
}
