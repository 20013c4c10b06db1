import { keyCaps, keysAsText } from './keys.ts'
import styles from './kbd.module.css'

/** Keys as caps: `Mod+K` as Ctrl K, `g h` as g h. Read aloud as "g then h". */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className={styles.keys}>
      <span className="visually-hidden">{keysAsText(keys)}</span>
      {keyCaps(keys).map((caps, chord) =>
        caps.map((cap, index) => (
          <kbd key={`${String(chord)}-${String(index)}`} className={styles.cap} aria-hidden="true">
            {cap}
          </kbd>
        )),
      )}
    </span>
  )
}
