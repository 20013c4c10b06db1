import '@xterm/xterm/css/xterm.css'
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useTheme } from '../../../../app/appearance.ts'
import { Button, Kbd } from '../../../../ui/index.ts'
import { PinWords } from '../../room/pin-button.tsx'
import { usePin } from '../../room/use-pin.ts'
import { useRoom } from '../../room/room-context.ts'
import type { PanelProps } from '../index.ts'
import { terminalOf } from './terminal-model.ts'
import { readTerminalLook } from './terminal-theme.ts'
import { takeTyped } from './terminal-waiting.tsx'
import styles from './terminal.module.css'

/** A shell on the bastion: commands that ask the simulated system, and that operate it. */
export default function TerminalPanel({ input }: PanelProps) {
  const { client } = useRoom()
  const theme = useTheme()
  const [model] = useState(() => terminalOf(client, () => readTerminalLook(document.documentElement)))
  const last = useSyncExternalStore(model.subscribe, model.lastRun)
  const frame = useRef<HTMLDivElement>(null)
  const exit = useRef<HTMLButtonElement>(null)

  // Before the window draws or hears a key: the field that stood in for the terminal has just gone, with the focus.
  useLayoutEffect(() => {
    const { current } = frame
    if (current === null) return undefined
    const unmount = model.mount(current, readTerminalLook(current))
    const typed = takeTyped()
    if (typed !== '' || document.activeElement === document.body) model.focus()
    model.type(typed)
    return unmount
  }, [model])
  useEffect(() => {
    if (frame.current !== null) model.setLook(readTerminalLook(frame.current))
  }, [model, theme])
  useEffect(() => {
    model.onLeave(() => exit.current?.focus())
  }, [model])
  useEffect(() => {
    if (input !== null) model.put(input)
    // After the press that chose the tab has taken the focus there. Who goes through the tabs by keyboard keeps it.
    const next = requestAnimationFrame(() => {
      const isPassing = document.activeElement?.matches('[role="tab"]:focus-visible') === true
      if (input !== null || !isPassing) model.focus()
    })
    return () => cancelAnimationFrame(next)
  }, [model, input])

  const seen = { line: last?.line ?? '', text: last?.text ?? '' }
  const pin = usePin({ kind: 'command', query: seen.line, text: seen.text })

  return (
    <div className={styles.panel}>
      <div className={styles.bar}>
        <PinWords words="Pin last output" pin={pin} disabled={last === null} onPress={() => ({ kind: 'command', title: seen.line, query: seen.line, text: seen.text })} />
        <Button ref={exit} size="compact" onClick={() => model.clear()}>
          Clear
        </Button>
        <p className={styles.keys}>
          <Kbd keys="Escape" /> or <Kbd keys="F6" /> leaves the terminal, <Kbd keys="Tab" /> completes, <Kbd keys="Ctrl+R" /> searches what was typed, <Kbd keys="Ctrl+Shift+C" /> copies
        </p>
      </div>
      <section ref={frame} className={styles.frame} aria-label="Terminal. Escape or F6 leaves it." />
    </div>
  )
}
