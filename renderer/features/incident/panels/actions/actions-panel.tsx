import { useState } from 'react'
import type { Act } from '../../../../../exercises/simulator/incident/index.ts'
import { Button, EmptyState, ErrorState, Skeleton, TextInput } from '../../../../ui/index.ts'
import { useRoom, useRoomCall, useTick } from '../../room/room-context.ts'
import { lengthText } from '../../room/sim-time.ts'
import type { OfferedAction } from '../../world/calls/actions.ts'
import type { PanelProps } from '../index.ts'
import { ActionForm } from './action-form.tsx'
import { actWords } from './act-words.ts'
import { EffectsTable } from './effects-table.tsx'
import styles from './actions.module.css'

interface Chosen {
  readonly offered: OfferedAction
  readonly preset: Readonly<Record<string, string>>
}

/** Everything that can be done to the system: what is near at hand first, then all actions of all parts. */
export default function ActionsPanel({ input }: PanelProps) {
  const { facts } = useRoom()
  const answer = useRoomCall('actions.offered', null, '')
  const hasEnded = useTick(({ stopped }) => stopped !== null)
  const [filter, setFilter] = useState(input ?? '')
  const [chosen, setChosen] = useState<Chosen | null>(null)
  if (answer.state === 'loading') return <Skeleton lines={6} label="Reading what can be done" />
  if (answer.state === 'failed') return <ErrorState title="The actions cannot be read" message={answer.message} />
  if (hasEnded) return <EmptyState title="The shift is over">Nothing more can be done to this world.</EmptyState>
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  const found = answer.value.filter(({ target, action, summary }) => words.every((word) => `${target} ${action} ${summary}`.toLowerCase().includes(word)))
  const choose = (act: Act): void => {
    const offered = answer.value.find(({ target, action }) => target === act.target && action === act.action)
    if (offered !== undefined) setChosen({ offered, preset: presetOf(act) })
  }
  return (
    <div className={styles.panel}>
      {chosen !== null && <ActionForm key={JSON.stringify([chosen.offered.target, chosen.offered.action, chosen.preset])} offered={chosen.offered} preset={chosen.preset} onClose={() => setChosen(null)} />}
      <EffectsTable />
      <section aria-labelledby="suggested">
        <h3 id="suggested" className={styles.heading}>
          Near at hand
        </h3>
        <ul className={styles.suggested}>
          {facts.suggested.map((act) => (
            <li key={JSON.stringify(act)}>
              <Button size="compact" onClick={() => choose(act)}>
                {actWords(act)}
              </Button>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="all-actions">
        <h3 id="all-actions" className={styles.heading}>
          Everything
        </h3>
        <TextInput type="search" aria-label="Filter actions" placeholder="Filter by part or action" value={filter} onChange={(event) => setFilter(event.target.value)} />
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Part</th>
              <th scope="col">Action</th>
              <th scope="col">What it does</th>
              <th scope="col">Takes</th>
            </tr>
          </thead>
          <tbody>
            {found.map((offered) => (
              <tr key={`${offered.target} ${offered.action}`}>
                <td>{offered.target}</td>
                <td>
                  <button type="button" className={styles.action} onClick={() => setChosen({ offered, preset: {} })}>
                    {offered.action}
                  </button>
                </td>
                <td className={styles.summary}>{offered.summary}</td>
                <td className={styles.time}>{takesText(offered.takesUs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}

/** Where arguments decide, the form says it. */
function takesText(takesUs: number | null): string {
  if (takesUs === null) return ''
  return takesUs < 1e6 ? 'at once' : lengthText(takesUs)
}

function presetOf({ action: _action, target: _target, ...args }: Act): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, String(value)]))
}
