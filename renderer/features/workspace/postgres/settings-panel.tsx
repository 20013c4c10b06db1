import { useEffect, useRef, useState } from 'react'
import { Button, Select } from '../../../ui/index.ts'
import { PanelEmpty } from '../panel-state.tsx'
import type { LabView, PostgresLab } from './lab/postgres-lab.ts'
import styles from './postgres.module.css'

/** Settings that change what the exercises are about, with values worth trying. */
const settings: Readonly<Record<string, readonly string[]>> = {
  default_transaction_isolation: ['read committed', 'repeatable read', 'serializable'],
  lock_timeout: ['0', '500ms', '2s', '10s'],
  statement_timeout: ['0', '1s', '5s', '30s'],
  work_mem: ['64kB', '1MB', '4MB', '64MB'],
  enable_seqscan: ['on', 'off'],
  enable_hashjoin: ['on', 'off'],
  enable_nestloop: ['on', 'off'],
  random_page_cost: ['1.1', '4'],
}
const names = Object.keys(settings)
const readSql = names.map((name) => `current_setting('${name}')`).join(', ')

/** The settings of each session, to look at and to change. */
export function SettingsPanel({ lab, view }: { lab: PostgresLab; view: LabView }) {
  const [values, setValues] = useState<Readonly<Record<string, readonly string[]>>>({})
  const isReady = view.phase.name === 'ready'
  const sessions = view.sessions.map((session) => session.name).join(' ')
  const read = async (session: string): Promise<void> => {
    const report = await lab.ask(session, `SELECT ${readSql}`)
    const row = report?.results[0]?.rows[0]
    if (row !== undefined) setValues((before) => ({ ...before, [session]: row.map(String) }))
  }
  const latestRead = useRef(read)
  useEffect(() => {
    latestRead.current = read
  })
  useEffect(() => {
    if (isReady) for (const session of sessions.split(' ')) void latestRead.current(session)
  }, [isReady, sessions])
  const change = async (session: string, name: string, value: string): Promise<void> => {
    await lab.run(session, { text: `SET ${name} = '${value}'`, start: 0 })
    await read(session)
  }
  if (!isReady) return <PanelEmpty title="No sessions">Settings show here while the sessions are open.</PanelEmpty>
  return (
    <div className={styles.settings}>
      <table>
        <thead>
          <tr>
            <th scope="col">Setting</th>
            {view.sessions.map(({ name }) => (
              <th key={name} scope="col">
                Session {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((setting, index) => (
            <tr key={setting}>
              <th scope="row">
                <code>{setting}</code>
              </th>
              {view.sessions.map(({ name, running, transaction }) => {
                const value = values[name]?.[index]
                const options = settings[setting] ?? []
                return (
                  <td key={name}>
                    <Select
                      aria-label={`${setting} in session ${name}`}
                      value={value ?? ''}
                      disabled={running !== null || transaction === 'failed' || value === undefined}
                      onChange={(event) => void change(name, setting, event.target.value)}
                    >
                      {value === undefined && <option value="">not read</option>}
                      {value !== undefined && !options.includes(value) && <option>{value}</option>}
                      {options.map((option) => (
                        <option key={option}>{option}</option>
                      ))}
                    </Select>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.quiet}>
        A change runs SET in its session. Inside a transaction it is undone by ROLLBACK. The two timeouts count in ms where no unit stands; 0 is without limit.
      </p>
      <Button size="compact" icon="reset" onClick={() => void Promise.all(view.sessions.map(({ name }) => read(name)))}>
        Read them again
      </Button>
    </div>
  )
}
