import { useState } from 'react'
import { Button, Dialog, Field, Select } from '../../../ui/index.ts'
import { routes, go } from '../../../app/routes.ts'
import { useCommands } from '../../../app/commands.tsx'
import { useKeep, useRoom, useTick } from './room-context.ts'
import styles from './room.module.css'

const otherTriggers = [
  { value: 'outside', label: 'Something outside of our system' },
  { value: 'load', label: 'More traffic' },
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
  const [component, setComponent] = useState('')
  const [cause, setCause] = useState('')
  const [trigger, setTrigger] = useState('')
  const [confidence, setConfidence] = useState(50)
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
        description="Say what it was. The shift ends, and the debrief opens with what your decisions were worth."
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
            <Select value={cause} onChange={(event) => setCause(event.target.value)}>
              <option value="">Choose a cause</option>
              {facts.causes.map(({ id, label }) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </Select>
          </Field>
          <Field label="In which part?">
            <Select value={component} onChange={(event) => setComponent(event.target.value)}>
              <option value="">Choose a part</option>
              {facts.parts.map(({ name, kind }) => (
                <option key={name} value={name}>
                  {name} ({kind})
                </option>
              ))}
            </Select>
          </Field>
          <Field label="What set it off?">
            <Select value={trigger} onChange={(event) => setTrigger(event.target.value)}>
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
          <Field label={`How sure are you? ${String(confidence)}%`} description="Scored by Brier's rule: say what you believe, no more and no less.">
            <input type="range" min={0} max={100} step={5} value={confidence} aria-label="How sure you are, in per cent" onChange={(event) => setConfidence(Number(event.target.value))} />
          </Field>
        </div>
      </Dialog>
    </>
  )
}
