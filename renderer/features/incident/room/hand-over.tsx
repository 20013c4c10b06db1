import { useMemo, useState } from 'react'
import { likeliest, notebookOf } from '../../../../exercises/simulator/incident/shift/notebook.ts'
import { Button, Dialog, Field, Select } from '../../../ui/index.ts'
import { routes, go } from '../../../app/routes.ts'
import type { Diagnosis } from '../../../../exercises/simulator/incident/shift/record.ts'
import { useCommands } from '../../../app/commands.tsx'
import { useKeep, useRoom, useTick } from './room-context.ts'
import styles from './room.module.css'

const otherTriggers = [
  { value: 'outside', label: 'Something outside of our system' },
  { value: 'load', label: 'Traffic that rose or fell' },
  { value: 'growth', label: 'Data that grew' },
  { value: 'time', label: 'Time: something expired or ran full' },
  { value: 'nothing', label: 'Nothing: the page is a false alarm' },
] as const

/** Ends the shift with what the learner says that it was. */
export function HandOver() {
  const { facts, bundle } = useRoom()
  const keep = useKeep()
  const stopped = useTick((tick) => tick.stopped)
  const [open, setOpen] = useState(false)
  const entries = useTick((tick) => tick.entries)
  const held = useMemo(() => likeliest(notebookOf(entries)), [entries])
  // What was chosen here; until then the notebook speaks.
  const [chosen, setChosen] = useState<Partial<Diagnosis>>({})
  const { component, cause, trigger, confidence } = { component: held?.component ?? '', cause: held?.cause ?? '', trigger: '', confidence: held?.confidence ?? 50, ...chosen }
  const choose = (part: Partial<Diagnosis>): void => setChosen((all) => ({ ...all, ...part }))
  useCommands([{ id: 'room.handOver', title: 'Hand over and end the shift', section: 'Incident room', keys: 'h', enabled: stopped !== 'ended', run: () => setOpen(true) }])
  const end = async (): Promise<void> => {
    await keep({ type: 'diagnosed', diagnosis: { component, cause, trigger, confidence } })
    await keep({ type: 'ended' })
    setOpen(false)
    go(routes.debrief(bundle.summary.id))
  }
  if (stopped === 'ended') {
    return (
      <Button variant="main" size="compact" onClick={() => go(routes.debrief(bundle.summary.id))}>
        Open the debrief
      </Button>
    )
  }
  return (
    <>
      <Button size="compact" keys="h" onClick={() => setOpen(true)}>
        Hand over
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Hand over"
        width="wide"
        description={`Say what it was. The shift ends, and the debrief opens with what your decisions were worth. The clock stands still meanwhile.${held === null ? '' : ' Your likeliest hypothesis is filled in.'}`}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Stay in the room</Button>
            <Button variant="main" disabled={cause === '' || component === '' || trigger === ''} onClick={() => void end()}>
              End the shift
            </Button>
          </>
        }
      >
        <div className={styles.handOver}>
          <Field label="What was it?">
            <Select value={cause} onChange={(event) => choose({ cause: event.target.value })}>
              <option value="">Choose a cause</option>
              {facts.causes.map(({ id, label }) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </Select>
          </Field>
          <Field label="In which part?">
            <Select value={component} onChange={(event) => choose({ component: event.target.value })}>
              <option value="">Choose a part</option>
              {facts.parts.map(({ name, kind }) => (
                <option key={name} value={name}>
                  {name} ({kind})
                </option>
              ))}
            </Select>
          </Field>
          <Field label="What set it off?">
            <Select value={trigger} onChange={(event) => choose({ trigger: event.target.value })}>
              <option value="">Choose a trigger</option>
              {facts.parts.map(({ name }) => (
                <option key={name} value={`change:${name}`}>
                  A change of {name}
                </option>
              ))}
              {otherTriggers.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          </Field>
          <Field label={`How sure are you? ${String(confidence)}%`} description="90% sure earns 0.99 of a point if right and 0.19 if wrong; 60% sure earns 0.84 or 0.64.">
            <input type="range" min={0} max={100} step={5} value={confidence} aria-label="How sure you are, in per cent" onChange={(event) => choose({ confidence: Number(event.target.value) })} />
          </Field>
        </div>
      </Dialog>
    </>
  )
}
