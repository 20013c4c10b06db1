import { useRef, useState } from 'react'
import type { CallOutput } from '../../../main/api/index.ts'
import { useApi, useAppInfo } from '../../app/data.ts'
import { useExportProgress } from '../../app/global-commands.tsx'
import { useToast } from '../../app/toast.tsx'
import { Button, CopyButton, Dialog, PageSection } from '../../ui/index.ts'
import { Row, Rows } from './rows.tsx'
import styles from './settings.module.css'

/** The contract takes no larger text. */
const importLimitBytes = 64 * 1024 * 1024

/** Where work is kept, and how it leaves and enters. */
export function DataSettings() {
  const api = useApi()
  const info = useAppInfo()
  const toast = useToast()
  const exportProgress = useExportProgress()
  const picker = useRef<HTMLInputElement>(null)
  const [report, setReport] = useState<CallOutput<'progress.import'> | null>(null)

  async function openFolder(): Promise<void> {
    const answer = await api.call('system.openDataFolder', {})
    if (!answer.ok) toast(answer.error.message)
  }
  async function importFile(file: File): Promise<void> {
    if (file.size > importLimitBytes) {
      toast('This file is larger than 64 MB, so it is not an export of Firedrill. Nothing was changed.')
      return
    }
    const answer = await api.call('progress.import', { text: await file.text() })
    if (!answer.ok) {
      toast(answer.error.message)
      return
    }
    setReport(answer.value)
  }

  return (
    <PageSection title="Your data">
      <Rows>
        <Row label="Data folder" description={<code className={styles.path}>{info.dataDir}</code>}>
          <CopyButton size="compact" label="Copy the path" text={info.dataDir} />
          {info.capabilities.openFolder && (
            <Button size="compact" icon="folder" onClick={() => void openFolder()}>
              Open
            </Button>
          )}
        </Row>
        <Row label="Export progress" description="One file of JSON lines with everything this profile has done.">
          <Button size="compact" icon="download" onClick={() => void exportProgress()}>
            Export
          </Button>
        </Row>
        <Row label="Import progress" description="Adds an export to this profile. What is here already is recognised and not added twice.">
          <Button size="compact" icon="upload" onClick={() => picker.current?.click()}>
            Import a file
          </Button>
          <input
            ref={picker}
            type="file"
            accept=".jsonl,.ndjson,.json,.txt"
            aria-label="File to import"
            hidden
            onChange={(event) => {
              const file = event.target.files?.[0]
              // Choosing the same file again must be heard too.
              event.target.value = ''
              if (file) void importFile(file)
            }}
          />
        </Row>
      </Rows>
      {report && <ImportReport report={report} onClose={() => setReport(null)} />}
    </PageSection>
  )
}

function ImportReport({ report, onClose }: { report: CallOutput<'progress.import'>; onClose(): void }) {
  const rejected = report.rejected.map((line) => `Line ${String(line.line)}: ${line.why}`).join('\n')
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={report.rejected.length === 0 ? 'Imported' : 'Imported, with lines left out'}
      description={`${String(report.added)} added, ${String(report.known)} were here already, ${String(report.rejected.length)} left out.`}
      width={report.rejected.length === 0 ? 'normal' : 'wide'}
      footer={
        <>
          {rejected !== '' && <CopyButton label="Copy the list" text={rejected} />}
          <Button variant="main" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      {rejected !== '' && (
        <>
          <p className={styles.description}>These lines are not events that this version knows. Nothing else was changed.</p>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <pre className={styles.rejected} tabIndex={0}>
            {rejected}
          </pre>
        </>
      )}
    </Dialog>
  )
}
