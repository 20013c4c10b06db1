import { Command as Cmdk } from 'cmdk'
import { Dialog as Primitive } from 'radix-ui'
import { useMemo, useState } from 'react'
import { Icon, Kbd } from '../ui/index.ts'
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
  const library = useLibrary()
  const commands = useCommandList()
  const [query, setQuery] = useState('')
  const entries = useMemo(() => paletteEntries(library, commands), [library, commands])
  const found = useMemo(() => searchPalette(entries, query, shown), [entries, query])

  function choose(entry: PaletteEntry): void {
    onOpenChange(false)
    // After the palette has gone and given the focus back, so that what runs may take it.
    setTimeout(() => entry.run(), 0)
  }

  return (
    <Primitive.Root open onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className={styles.scrim} />
        <Primitive.Content className={styles.palette} aria-describedby={undefined}>
          <Primitive.Title className="visually-hidden">Search pages and actions</Primitive.Title>
          <Cmdk label="Pages and actions" shouldFilter={false} loop>
            <div className={styles.field}>
              <Icon name="search" />
              <Cmdk.Input className={styles.input} value={query} onValueChange={setQuery} placeholder="Go to a chapter, section or exercise, or do something" />
              <Kbd keys="Escape" />
            </div>
            <Cmdk.List className={styles.list} label="Results">
              {found.map((entry) => (
                <Cmdk.Item key={entry.id} value={entry.id} className={styles.item} onSelect={() => choose(entry)}>
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
