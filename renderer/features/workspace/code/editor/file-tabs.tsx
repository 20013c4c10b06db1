import { useRef } from 'react'
import type { KeyboardEvent } from 'react'
import { Icon } from '../../../../ui/index.ts'
import type { EditorFile } from './code-monaco.ts'
import styles from './file-tabs.module.css'

interface FileTabsProps {
  files: readonly Pick<EditorFile, 'name' | 'isGiven'>[]
  shown: string
  /** Problems by file name. */
  problems: ReadonlyMap<string, number>
  /** Id of the panel that shows the file. */
  panelId: string
  onShow(file: string): void
}

/** Id of a file's tab, for what it labels. */
export const tabIdOf = (panelId: string, file: string): string => `${panelId}-${file}`

/** One tab for each file. Arrow keys move between them. */
export function FileTabs({ files, shown, problems, panelId, onShow }: FileTabsProps) {
  const list = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = files.findIndex((file) => file.name === shown)
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: files.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = files[(to + files.length) % files.length]
    if (next === undefined) return
    onShow(next.name)
    list.current?.querySelector<HTMLElement>(`[id="${CSS.escape(tabIdOf(panelId, next.name))}"]`)?.focus()
  }
  return (
    <div ref={list} role="tablist" aria-label="Files" tabIndex={-1} className={styles.list} onKeyDown={onKeyDown}>
      {files.map(({ name, isGiven }) => {
        const count = problems.get(name) ?? 0
        return (
          <button
            key={name}
            type="button"
            role="tab"
            id={tabIdOf(panelId, name)}
            className={styles.tab}
            aria-selected={name === shown}
            aria-controls={panelId}
            tabIndex={name === shown ? 0 : -1}
            data-problems={count > 0 ? '' : undefined}
            onClick={() => onShow(name)}
          >
            {isGiven && <Icon name="lock" size={12} />}
            {name}
            {isGiven && <span className="visually-hidden">(given)</span>}
            {count > 0 && (
              <span className={styles.count}>
                {count}
                <span className="visually-hidden">{count === 1 ? ' problem' : ' problems'}</span>
              </span>
            )}
          </button>
        )
      })}
    </div>
  )
}
