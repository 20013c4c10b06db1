import { createContext, useCallback, useContext, useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { announce } from './announce.ts'
import { useCommands } from './commands.tsx'
import { useAppState, useStore } from './data.ts'
import styles from './toast.module.css'

interface ToastAction {
  label: string
  run(): void
}
interface Toast {
  id: number
  message: string
  action: ToastAction | undefined
  /** Who was learning then. An action is offered to nobody else, since it would change what another one has. */
  profile: string
}
type ShowToast = (message: string, action?: ToastAction) => void

const plainMs = 6_000
/** With something to do, time to read it, reach for it and decide. */
const withActionMs = 20_000
const shownAtOnce = 3

const ToastContext = createContext<ShowToast | null>(null)

/** Confirms quietly, in the corner, and may offer one action such as "Undo". */
export function useToast(): ShowToast {
  const show = useContext(ToastContext)
  if (show === null) throw new Error('useToast needs a ToastProvider above it')
  return show
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const store = useStore()
  const profile = useAppState((state) => state.profiles.active)
  const [all, setToasts] = useState<Toast[]>([])
  const toasts = all.filter((toast) => toast.action === undefined || toast.profile === profile)
  const next = useRef(1)
  const remove = useCallback((id: number) => setToasts((last) => last.filter((toast) => toast.id !== id)), [])
  const show = useCallback<ShowToast>((message, action) => {
    const id = next.current
    next.current += 1
    setToasts((last) => [...last, { id, message, action, profile: store.get().profiles.active }].slice(-shownAtOnce))
    announce(action ? `${message} ${action.label} is available.` : message)
  }, [store])
  const undoable = toasts.findLast((toast) => toast.action !== undefined)

  useCommands(
    undoable?.action
      ? [
          {
            id: 'toast.action',
            title: undoable.action.label,
            section: 'Last action',
            ...(undoable.action.label === 'Undo' ? { keys: 'Mod+z' } : {}),
            run: () => {
              remove(undoable.id)
              undoable.action?.run()
            },
          },
        ]
      : [],
  )

  return (
    <ToastContext value={show}>
      {children}
      {toasts.length > 0 && (
        <section aria-label="Notifications" className={styles.stack}>
          {toasts.map((toast) => (
            <ToastCard key={toast.id} toast={toast} onDone={() => remove(toast.id)} />
          ))}
        </section>
      )}
    </ToastContext>
  )
}

function ToastCard({ toast, onDone }: { toast: Toast; onDone: () => void }) {
  const [held, setHeld] = useState(false)
  const done = useRef(onDone)
  useEffect(() => {
    done.current = onDone
  })
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => done.current(), toast.action ? withActionMs : plainMs)
    return () => clearTimeout(timer)
  }, [held, toast.action])
  const { action } = toast
  return (
    <div
      className={styles.toast}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className={styles.message}>{toast.message}</span>
      {action && (
        <Button
          size="compact"
          {...(action.label === 'Undo' ? { keys: 'Mod+z' } : {})}
          onClick={() => {
            onDone()
            action.run()
          }}
        >
          {action.label}
        </Button>
      )}
      <Button size="compact" variant="quiet" onClick={onDone}>
        Dismiss
      </Button>
    </div>
  )
}
