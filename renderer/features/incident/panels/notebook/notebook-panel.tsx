import { useMemo, useState } from 'react'
import { notebookOf } from '../../../../../exercises/simulator/incident/shift/notebook.ts'
import type { Hypothesis } from '../../../../../exercises/simulator/incident/shift/record.ts'
import { useToast } from '../../../../app/toast.tsx'
import { Button, Chip, EmptyState, IconButton } from '../../../../ui/index.ts'
import { newPinId } from '../../room/pin-id.ts'
import { useKeep, useRoom, useTick } from '../../room/room-context.ts'
import { clockTime } from '../../room/sim-time.ts'
import { HypothesisCard } from './hypothesis-card.tsx'
import styles from './notebook.module.css'

/** What was kept as evidence, and what it speaks for and against. It becomes the draft of the postmortem. */
export default function NotebookPanel() {
  const { opened, facts, show } = useRoom()
  const keep = useKeep()
  const toast = useToast()
  const entries = useTick((tick) => tick.entries)
  const { pins, hypotheses } = useMemo(() => notebookOf(entries), [entries])
  const [openPin, setOpenPin] = useState<string | null>(null)
  const suppose = (): void => {
    const hypothesis: Hypothesis = { id: newPinId(), cause: '', component: '', confidence: 50, supports: [], against: [], note: '' }
    void keep({ type: 'supposed', hypothesis })
  }
  return (
    <div className={styles.panel}>
      <section aria-labelledby="hypotheses" className={styles.column}>
        <div className={styles.head}>
          <h3 id="hypotheses" className={styles.heading}>
            Hypotheses
          </h3>
          <Button size="compact" icon="plus" onClick={suppose}>
            Add one
          </Button>
        </div>
        {hypotheses.length === 0 ? (
          <EmptyState title="No hypothesis yet">Write down what you think it is before you look further, and what would prove you wrong.</EmptyState>
        ) : (
          <ul className={styles.cards}>
            {hypotheses.map((hypothesis) => (
              <HypothesisCard
                key={hypothesis.id}
                hypothesis={hypothesis}
                pins={pins}
                causes={facts.causes}
                parts={facts.parts.map(({ name }) => name)}
                onChange={(changed) => void keep({ type: 'supposed', hypothesis: changed })}
                onDrop={() => {
                  void keep({ type: 'dropped', hypothesis: hypothesis.id })
                  const { firstUs: _firstUs, ...before } = hypothesis
                  toast('The hypothesis is gone.', { label: 'Undo', run: () => void keep({ type: 'supposed', hypothesis: before }) })
                }}
              />
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="pins" className={styles.column}>
        <h3 id="pins" className={styles.heading}>
          Evidence
        </h3>
        {pins.length === 0 ? (
          <EmptyState title="Nothing is pinned">Charts, log lines, spans and the output of commands have a pin. What you pin is what your diagnosis is judged on.</EmptyState>
        ) : (
          <ol className={styles.cards}>
            {pins.map((pin) => (
              <li key={pin.id} className={styles.pin}>
                <div className={styles.head}>
                  <Chip>{pin.kind}</Chip>
                  <time className={styles.time}>{clockTime(opened.epochMs + pin.atUs / 1000)}</time>
                  <button type="button" className={styles.pinTitle} aria-expanded={openPin === pin.id} onClick={() => setOpenPin(openPin === pin.id ? null : pin.id)}>
                    {pin.title}
                  </button>
                  {placeOf(pin.kind) !== null && <IconButton label="Show where it came from" icon="search" onClick={() => show(placeOf(pin.kind) ?? 'dashboards', pin.query.split(' ')[0] === '' ? undefined : pin.kind === 'span' ? pin.query.split(' ')[0] : pin.query)} />}
                  <IconButton
                    label={`Take away "${pin.title}"`}
                    icon="trash"
                    onClick={() => {
                      void keep({ type: 'unpinned', pin: pin.id })
                      const { atUs: _atUs, ...before } = pin
                      toast('The pin is gone.', { label: 'Undo', run: () => void keep({ type: 'pinned', pin: before }) })
                    }}
                  />
                </div>
                {openPin === pin.id && (
                  <pre className={styles.text}>
                    {pin.query !== '' && `${pin.query}\n`}
                    {pin.text}
                  </pre>
                )}
              </li>
            ))}
          </ol>
        )}
      </section>
    </div>
  )
}

/** The panel that shows a kind of pin again. */
function placeOf(kind: string): string | null {
  const places: Readonly<Record<string, string>> = { promql: 'metrics', logql: 'logs', log: 'logs', trace: 'traces', span: 'traces', command: 'terminal', alert: 'alerts', change: 'changes' }
  return places[kind] ?? null
}
