import { Command as Cmdk } from 'cmdk'
import { Dialog as Primitive } from 'radix-ui'
import { useMemo, useRef, useState } from 'react'
import type { MouseEvent } from 'react'
import { Icon, Kbd, useCountedDialog } from '../ui/index.ts'
import { useCommandList } from './commands.tsx'
import { useLibrary } from './data.ts'
import { paletteEntries } from './palette-entries.ts'
import { searchPalette } from './palette-search.ts'
import type { PaletteEntry } from './palette-search.ts'
import styles from './palette.module.css'

/** Few enough to draw within a frame, more than anybody reads. */
const shown = 50

/** The map of the app: type, Enter. */
export default function Palette({ onOpenChange }: { onOpenChange(open: boolean): void }) {
  useCountedDialog(true)
  const library = useLibrary()
  const commands = useCommandList()
  const [query, setQuery] = useState('')
  /** The row that Enter opens; null stands for the first. */
  const [selected, setSelected] = useState<string | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const pointer = useRef<{ x: number; y: number } | null>(null)
  const entries = useMemo(() => paletteEntries(library, commands), [library, commands])
  const found = useMemo(() => searchPalette(entries, query, shown), [entries, query])

  function choose(entry: PaletteEntry): void {
    onOpenChange(false)
    // After the palette has gone and given the focus back, so that what runs may take it.
    setTimeout(() => entry.run(), 0)
  }

  function type(text: string): void {
    setQuery(text)
    setSelected(null)
    list.current?.scrollTo({ top: 0 })
  }

  // A row that comes under a resting pointer, as the list opens or scrolls, is not chosen by it.
  function pointAt(event: MouseEvent, id: string): void {
    const { clientX: x, clientY: y, movementX, movementY } = event
    const last = pointer.current
    pointer.current = { x, y }
    const isMoved = last === null ? movementX !== 0 || movementY !== 0 : last.x !== x || last.y !== y
    if (isMoved) setSelected(id)
  }

  return (
    <Primitive.Root open onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className={styles.scrim} />
        <Primitive.Content className={styles.palette} aria-describedby={undefined}>
          <Primitive.Title className="visually-hidden">Search pages and actions</Primitive.Title>
          <Cmdk label="Pages and actions" shouldFilter={false} loop disablePointerSelection value={selected ?? found[0]?.id ?? ''} onValueChange={setSelected}>
            <div className={styles.field}>
              <Icon name="search" />
              <Cmdk.Input className={styles.input} value={query} onValueChange={type} placeholder="Go to a chapter, section or exercise, or do something" />
              <Kbd keys="Escape" />
            </div>
            <Cmdk.List ref={list} className={styles.list} label="Results">
              {found.map((entry) => (
                <Cmdk.Item key={entry.id} value={entry.id} className={styles.item} onSelect={() => choose(entry)} onMouseMove={(event) => pointAt(event, entry.id)}>
                  <span className={styles.title}>{entry.title}</span>
                  <span className={styles.section}>{entry.section}</span>
                  {entry.keys && <Kbd keys={entry.keys} />}
                </Cmdk.Item>
              ))}
              <Cmdk.Empty className={styles.empty}>Nothing here is called “{query}”. Try a word of a chapter’s title, such as “locks”.</Cmdk.Empty>
            </Cmdk.List>
          </Cmdk>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
