import { createContext, useContext, useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { createCommandRegistry } from './command-registry.ts'
import type { Command, CommandGroup, CommandRegistry } from './command-registry.ts'
import { useApi, useSettings } from './data.ts'

export type { Command } from './command-registry.ts'

const CommandsContext = createContext<CommandRegistry | null>(null)

/** The registry of this window; throws outside the provider, which is a bug. */
export function useCommandRegistry(): CommandRegistry {
  const registry = useContext(CommandsContext)
  if (registry === null) throw new Error('useCommandRegistry needs a CommandsProvider above it')
  return registry
}

/** Every command on screen now. */
export function useCommandList(): readonly Command[] {
  const registry = useCommandRegistry()
  return useSyncExternalStore(registry.subscribe, registry.list)
}

/**
 * Registers commands while the caller is mounted. The list may be made anew at each render: only a change of what is
 * shown (ids, titles, keys, availability) registers again, and `run` is always the latest. Layout effects, since a key
 * that the screen names has to work from the moment it is seen.
 */
export function useCommands(commands: readonly Command[]): void {
  const registry = useCommandRegistry()
  const latest = useRef(commands)
  useLayoutEffect(() => {
    latest.current = commands
  })
  const shape = JSON.stringify(commands.map(({ id, title, section, keys, hidden, enabled }) => [id, title, section, keys, hidden, enabled]))
  const group = useRef<CommandGroup | null>(null)
  useLayoutEffect(() => {
    const added = registry.add([])
    group.current = added
    return () => added.remove()
  }, [registry])
  useLayoutEffect(() => {
    group.current?.change(
      latest.current.map((command) => ({
        ...command,
        run: () => latest.current.find((one) => one.id === command.id)?.run(),
      })),
    )
  }, [registry, shape])
}

/** Owns the registry, the keyboard and the commands that native menus send. */
export function CommandsProvider({ children }: { children: ReactNode }) {
  const [registry] = useState(createCommandRegistry)
  const api = useApi()
  const { settings } = useSettings()
  const singleKeys = useRef(settings.singleKeys)
  useEffect(() => {
    singleKeys.current = settings.singleKeys
  })

  useEffect(() => api.on('app.command', ({ command }) => void registry.run(command)), [api, registry])

  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || isLayerOpen()) return
      const target = event.target instanceof Element ? event.target : null
      const ran = registry.press(event, {
        typing: isTyping(target),
        onControl: isControl(target) && !isHere(target),
        singleKeys: singleKeys.current,
        atMs: performance.now(),
      })
      if (ran) {
        event.preventDefault()
        event.stopPropagation()
      }
    }
    // Keys with Mod and function keys go before what has the focus, since an editor would keep them for itself.
    const early = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || /^F\d+$/.test(event.key)) press(event)
    }
    const late = (event: KeyboardEvent): void => {
      if (!event.ctrlKey && !event.metaKey && !/^F\d+$/.test(event.key)) press(event)
    }
    window.addEventListener('keydown', early, true)
    window.addEventListener('keydown', late)
    return () => {
      window.removeEventListener('keydown', early, true)
      window.removeEventListener('keydown', late)
    }
  }, [registry])

  return <CommandsContext value={registry}>{children}</CommandsContext>
}

const textInputs = new Set(['text', 'search', 'number', 'email', 'url', 'tel', 'password', 'date', 'time'])

/** Whether characters typed at this element become text or choose an option. */
export function isTyping(target: Element | null): boolean {
  if (target === null) return false
  if (target instanceof HTMLInputElement) return textInputs.has(target.type)
  return target.closest('textarea, select, [contenteditable=""], [contenteditable="true"], [role="textbox"], [role="combobox"], [role="listbox"], .monaco-editor') !== null
}

function isControl(target: Element | null): boolean {
  if (target === null) return false
  return target.closest('a[href], button, input, summary, [role="button"], [role="tab"], [role="radio"], [role="switch"], [role="option"], [role="treeitem"]') !== null
}

/** A link to the screen in view does nothing, so that Enter on it is free for the screen's own action. */
function isHere(target: Element | null): boolean {
  return target !== null && target.closest(`a[aria-current="page"]`) !== null
}

/** A dialog or menu keeps the keyboard to itself. */
function isLayerOpen(): boolean {
  return document.querySelector('[role="dialog"][data-state="open"], [role="alertdialog"][data-state="open"], [role="menu"][data-state="open"]') !== null
}
