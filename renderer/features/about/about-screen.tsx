import { useCommandList } from '../../app/commands.tsx'
import { useAppInfo, useAppState, useLibrary } from '../../app/data.ts'
import { KeyTable } from '../../app/key-table.tsx'
import { usePageTitle } from '../../app/page-title.ts'
import { reportText } from '../../app/report.ts'
import { CopyButton, Page, PageSection } from '../../ui/index.ts'
import { bundledLicences } from './bundled-licences.ts'
import styles from './about.module.css'

const hostNames = { electron: 'Desktop app', browser: 'Browser window', memory: 'Preview' } as const

/** What this is, where it keeps things, which keys it knows and what it is made of. */
export function AboutScreen() {
  usePageTitle('About')
  const info = useAppInfo()
  const library = useLibrary()
  const storage = useAppState((state) => state.storage)
  const commands = useCommandList()
  const ready = library.chapters.filter((chapter) => chapter.state === 'ready').length
  const facts: [string, string][] = [
    ['Version', info.version],
    ['Host', `${hostNames[info.host]} on ${info.platform}`],
    ['Content', `${counted(ready, 'chapter')}, ${counted(library.exercises.length, 'exercise')}, revision ${library.revision.slice(0, 12)}`],
    ['Your data', info.dataDir],
    ['Network', 'None. Firedrill sends nothing and works offline.'],
    ['Licence', 'MIT'],
  ]
  const report = reportText(info, `Report\nContent ${library.revision.slice(0, 12)}\nStorage ${storage.state}, ${String(storage.pending)} pending`)
  return (
    <Page title="About Firedrill" summary="A flight simulator for on-call engineers: an offline course with graded exercises." actions={<CopyButton label="Copy a report" text={report} />}>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name} className={styles.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <PageSection title="Keys">
        <KeyTable commands={commands} />
      </PageSection>
      <PageSection title="What it is made of" note="Each is bundled; nothing is fetched.">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Package</th>
              <th scope="col">What for</th>
              <th scope="col">Licence</th>
            </tr>
          </thead>
          <tbody>
            {bundledLicences.map((part) => (
              <tr key={part.name}>
                <th scope="row">
                  <code>{part.name}</code>
                </th>
                <td>{part.what}</td>
                <td>{part.licence}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </PageSection>
    </Page>
  )
}

function counted(count: number, one: string): string {
  return count === 1 ? `1 ${one}` : `${String(count)} ${one}s`
}
