import { useState } from 'react'
import type { Backup } from '../../../main/api/index.ts'
import { useApi, useCall } from '../../app/data.ts'
import { useToast } from '../../app/toast.tsx'
import { Button, Dialog, ErrorState, PageSection, Skeleton } from '../../ui/index.ts'
import { dateText, sizeText } from './dates.ts'
import { Row, Rows } from './rows.tsx'
import styles from './settings.module.css'

const reasons: Record<Backup['reason'], string> = {
  daily: 'Daily',
  manual: 'Made by you',
  'before-restore': 'Before a restore',
  'before-migration': 'Before an update of the data',
}
const shownAtFirst = 5

/** Copies of everything on this computer's Firedrill: made daily and by hand, restored after a question. */
export function BackupSettings() {
  const api = useApi()
  const toast = useToast()
  const list = useCall('backup.list', {})
  const [asking, setAsking] = useState<Backup | null>(null)
  const [all, setAll] = useState(false)
  const [busy, setBusy] = useState(false)

  async function create(): Promise<void> {
    setBusy(true)
    const answer = await api.call('backup.create', {})
    setBusy(false)
    toast(answer.ok ? `Backed up, ${sizeText(answer.value.backup.bytes)}.` : answer.error.message)
    list.reload()
  }
  async function restore(backup: Backup): Promise<void> {
    setAsking(null)
    setBusy(true)
    const answer = await api.call('backup.restore', { name: backup.name })
    setBusy(false)
    toast(answer.ok ? `Restored ${dateText(answer.value.restored.at)}. What was there is kept as a backup of its own.` : answer.error.message)
    list.reload()
  }

  const backups = (list.value?.backups ?? []).toSorted((one, other) => other.at - one.at)
  const shown = all ? backups : backups.slice(0, shownAtFirst)
  return (
    <PageSection
      title="Backups"
      note="Of all profiles, once a day"
      actions={
        <Button size="compact" icon="archive" disabled={busy} onClick={() => void create()}>
          Back up now
        </Button>
      }
    >
      {list.state === 'loading' && <Skeleton lines={2} />}
      {list.state === 'failed' && <ErrorState title="The backups could not be listed" message={list.error.message} details={list.error.details} action={<Button onClick={list.reload}>Try again</Button>} />}
      {list.state === 'ready' && backups.length === 0 && <p className={styles.none}>There is no backup yet. The first comes by itself once there is something to keep; you can also make one now.</p>}
      {shown.length > 0 && (
        <Rows>
          {shown.map((backup) => (
            <Row key={backup.name} label={dateText(backup.at)} description={`${reasons[backup.reason]}, ${sizeText(backup.bytes)}`}>
              <Button size="compact" disabled={busy} aria-label={`Restore the backup of ${dateText(backup.at)}`} onClick={() => setAsking(backup)}>
                Restore
              </Button>
            </Row>
          ))}
        </Rows>
      )}
      {backups.length > shown.length && (
        <p className={styles.more}>
          <Button size="compact" variant="quiet" onClick={() => setAll(true)}>
            Show {backups.length - shown.length} older
          </Button>
        </p>
      )}
      {asking && (
        <Dialog
          open
          onOpenChange={(open) => {
            if (!open) setAsking(null)
          }}
          title={`Restore ${dateText(asking.at)}?`}
          description="Every profile goes back to how it was then. What is there now is kept as a backup first, so this can be taken back the same way."
          footer={
            <>
              <Button onClick={() => setAsking(null)}>Cancel</Button>
              <Button variant="main" onClick={() => void restore(asking)}>
                Restore
              </Button>
            </>
          }
        />
      )}
    </PageSection>
  )
}
