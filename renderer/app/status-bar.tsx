import { Menu, Status } from '../ui/index.ts'
import type { MenuItem } from '../ui/index.ts'
import { useApi, useAppInfo, useAppState } from './data.ts'
import { PathPlaceNote } from './path-place.tsx'
import { go, routes } from './routes.ts'
import { useToast } from './toast.tsx'
import styles from './status-bar.module.css'

/** One quiet line: what the screen reports, where work is kept, who is learning. */
export function StatusBar({ attachSlot }: { attachSlot: (element: HTMLElement | null) => void }) {
  const info = useAppInfo()
  return (
    <footer className={styles.bar} aria-label="Status bar" data-region="status" tabIndex={-1}>
      <PathPlaceNote />
      <div className={styles.screen} ref={attachSlot} />
      <StorageState />
      <span className={styles.item}>
        <Status state="ok">Works offline</Status>
      </span>
      <ProfileMenu />
      <span className={styles.item}>v{info.version}</span>
    </footer>
  )
}

function StorageState() {
  const storage = useAppState((state) => state.storage)
  const connection = useAppState((state) => state.connection)
  const [state, words] =
    connection !== 'open'
      ? (['crit', connection === 'closed' ? 'Core away' : 'Earlier window'] as const)
      : storage.state === 'ok'
        ? (['ok', 'Saved on this computer'] as const)
        : storage.state === 'memory'
          ? (['warn', storage.pending === 1 ? '1 change in memory' : `${String(storage.pending)} changes in memory`] as const)
          : (['crit', 'Not saved'] as const)
  return (
    <span className={styles.item}>
      <Status state={state}>{words}</Status>
    </span>
  )
}

function ProfileMenu() {
  const api = useApi()
  const toast = useToast()
  const { profiles, active } = useAppState((state) => state.profiles)
  const current = profiles.find((profile) => profile.id === active)
  if (current === undefined) return null
  const items: MenuItem[] = [
    ...profiles.map((profile) => ({
      id: profile.id,
      label: profile.name,
      checked: profile.id === active,
      run: () => {
        if (profile.id === active) return
        void api.call('profile.activate', { id: profile.id }).then((answer) => toast(answer.ok ? `Now learning as ${answer.value.profile.name}.` : answer.error.message))
      },
    })),
    { id: 'manage', label: 'Manage profiles', icon: 'settings', separated: true, run: () => go(routes.settings) },
  ]
  return (
    <Menu
      label="Profiles"
      align="end"
      items={items}
      trigger={
        <button type="button" className={styles.profile}>
          <span className="visually-hidden">Profile: </span>
          {current.name}
        </button>
      }
    />
  )
}
