import { Dialog, Kbd } from '../ui/index.ts'
import { useCommandList } from './commands.tsx'
import { KeyTable } from './key-table.tsx'
import { useSettings } from './data.ts'
import styles from './key-table.module.css'

/** The keys of what is on screen now. */
export default function KeySheet({ onOpenChange }: { onOpenChange(open: boolean): void }) {
  const commands = useCommandList()
  const { settings } = useSettings()
  return (
    <Dialog open onOpenChange={onOpenChange} title="Keys of this view" width="wide">
      {!settings.singleKeys && <p className={styles.note}>Single-letter keys are turned off in Settings; they are listed for reference.</p>}
      <KeyTable commands={commands} />
      <p className={styles.last}>
        Everything else is a name away: <Kbd keys="Mod+k" />
      </p>
    </Dialog>
  )
}
