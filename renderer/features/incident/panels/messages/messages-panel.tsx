import { useState } from 'react'
import { notebookOf } from '../../../../../exercises/simulator/incident/shift/notebook.ts'
import { updateEveryUs } from '../../../../../exercises/simulator/incident/shift/updates.ts'
import { useToast } from '../../../../app/toast.tsx'
import { Button, Chip, EmptyState, RadioGroup, Select } from '../../../../ui/index.ts'
import { useKeep, useRoom, useTick } from '../../room/room-context.ts'
import { clockTime } from '../../room/sim-time.ts'
import styles from './messages.module.css'
import { blanksOf, channels, phases, templateFor } from './templates.ts'
import type { Channel, Phase } from './templates.ts'

/** Messages to colleagues and customers: from a form, and what was sent and asked so far. */
export default function MessagesPanel() {
  const { opened } = useRoom()
  const keep = useKeep()
  const toast = useToast()
  const entries = useTick((tick) => tick.entries)
  const minute = useTick(({ nowUs }) => Math.floor(nowUs / 60e6))
  const [channel, setChannel] = useState<Channel>('incident')
  const [phase, setPhase] = useState<Phase>('investigating')
  const since = clockTime(opened.epochMs + opened.pageUs / 1000).slice(0, 5)
  const next = clockTime(opened.epochMs + minute * 60e3 + updateEveryUs / 1000).slice(0, 5)
  const [text, setText] = useState('')
  const blanks = blanksOf(text)
  const words = text.split(/\s+/).filter(Boolean).length
  const { messages } = notebookOf(entries)
  const asked = entries.flatMap((entry) => (entry.type === 'asked-by' ? [entry] : []))
  const lines = [...messages.map((entry) => ({ atUs: entry.atUs, from: channels.find(({ value }) => value === entry.channel)?.label ?? '', phase: entry.phase as string, text: entry.text })), ...asked.map((entry) => ({ atUs: entry.atUs, from: entry.who, phase: '', text: entry.text }))].toSorted((one, other) => other.atUs - one.atUs)
  const send = async (): Promise<void> => {
    const kept = await keep({ type: 'said', channel, phase, text: text.trim() })
    if (!kept) {
      toast('The shift is over, so nothing more is sent.')
      return
    }
    setText('')
    toast('Sent.')
  }
  const begin = (): void => {
    const before = text
    setText(templateFor(channel, phase, since, next))
    if (before.trim() !== '') toast('The form took the place of your text.', { label: 'Undo', run: () => setText(before) })
  }
  return (
    <div className={styles.panel}>
      <section className={styles.write} aria-label="New message">
        <RadioGroup<Channel> label="To" options={channels} value={channel} onChange={setChannel} />
        <div className={styles.bar}>
          <Select aria-label="Phase" value={phase} onChange={(event) => setPhase(phases.find(({ value }) => value === event.target.value)?.value ?? 'investigating')}>
            {phases.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
          <Button size="compact" onClick={begin}>
            Begin from the form
          </Button>
        </div>
        <textarea className={styles.text} aria-label="Message" rows={7} value={text} placeholder="Who is affected, by what, since when; what is done; when the next update comes" onChange={(event) => setText(event.target.value)} />
        <div className={styles.bar}>
          <span className={styles.quiet} aria-live="polite">
            {words} {words === 1 ? 'word' : 'words'}
            {blanks.length > 0 && `, ${String(blanks.length)} to fill: ${blanks.join(' ')}`}
          </span>
          <Button variant="main" disabled={text.trim() === '' || blanks.length > 0} onClick={() => void send()}>
            Send
          </Button>
        </div>
      </section>
      <section aria-labelledby="sent" className={styles.sent}>
        <h3 id="sent" className={styles.heading}>
          Sent and asked
        </h3>
        {lines.length === 0 ? (
          <EmptyState title="Nobody has heard anything">The first message is due 10 minutes after you acknowledged, and then one every 20.</EmptyState>
        ) : (
          <ol className={styles.lines}>
            {lines.map((line) => (
              <li key={`${String(line.atUs)} ${line.from} ${line.text}`} className={styles.line}>
                <div className={styles.bar}>
                  <strong>{line.from}</strong>
                  {line.phase === '' ? <Chip tone="warn">asks</Chip> : <Chip>{line.phase}</Chip>}
                  <time className={styles.quiet}>{clockTime(opened.epochMs + line.atUs / 1000)}</time>
                </div>
                <p className={styles.words}>{line.text}</p>
              </li>
            ))}
          </ol>
        )}
      </section>
    </div>
  )
}
