import { useEffect, useMemo, useRef, useState } from 'react'
import type { FormEvent } from 'react'
import { Button, StatusMark, TextInput } from '../../../ui/index.ts'
import type { AlertTurn } from '../world/calls/alerts.ts'
import { Coach } from './coach.tsx'
import { entryWords } from './entry-words.ts'
import type { EntryWords } from './entry-words.ts'
import { LongWords } from './long-words.tsx'
import { useKeep, useRoom, useRoomCall, useScrape, useTick } from './room-context.ts'
import styles from './room.module.css'
import { settledEntries } from './settled-entries.ts'
import { ShiftStepsList } from './shift-steps-list.tsx'
import { clockTime } from './sim-time.ts'

interface Line extends EntryWords {
  readonly key: string
  readonly atUs: number
}

function alertLine({ rule, to, atUs }: AlertTurn): Line {
  const isFiring = to === 'firing'
  return { key: `${rule} ${to} ${String(atUs)}`, atUs, state: isFiring ? 'crit' : 'ok', title: isFiring ? `${rule} fires` : `${rule} is resolved`, detail: '' }
}

/** What was done in this shift and what its alerts did, newest last, and a line to add a note. */
export function Timeline() {
  const { opened, bundle, facts } = useRoom()
  const entries = useTick((tick) => tick.entries)
  const keep = useKeep()
  const [note, setNote] = useState('')
  const list = useRef<HTMLOListElement>(null)
  const turns = useRoomCall('alerts.turns', null, useScrape())
  const lines = useMemo<readonly Line[]>(() => {
    const done = settledEntries(entries).flatMap(({ entry, index }) => {
      const words = entryWords(entry, (id) => facts.causes.find((cause) => cause.id === id)?.label ?? id)
      return words === null ? [] : [{ key: String(index), atUs: entry.atUs, ...words }]
    })
    return [...done, ...(turns.state === 'ready' ? turns.value.map(alertLine) : [])].toSorted((one, other) => one.atUs - other.atUs)
  }, [entries, turns, facts])
  // The newest is in view.
  useEffect(() => {
    if (list.current !== null) list.current.scrollTop = list.current.scrollHeight
  }, [lines.length])
  const add = (event: FormEvent): void => {
    event.preventDefault()
    const text = note.trim()
    if (text === '') return
    setNote('')
    void keep({ type: 'noted', text })
  }
  return (
    <section className={styles.timeline} aria-labelledby="room-timeline">
      <h2 id="room-timeline" className={styles.sideTitle}>
        Timeline
      </h2>
      {/* It scrolls, so the keyboard must reach it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ol ref={list} className={styles.lines} tabIndex={0} aria-labelledby="room-timeline">
        <li className={styles.line}>
          <StatusMark state="crit" />
          <time>{clockTime(opened.epochMs + opened.pageUs / 1000)}</time>
          <span>Page: {bundle.summary.page}</span>
        </li>
        {lines.map(({ key, atUs, state, title, detail }) => (
          <li key={key} className={styles.line}>
            <StatusMark state={state} />
            <time>{clockTime(opened.epochMs + atUs / 1000)}</time>
            <span>
              {title}
              {detail !== '' && <LongWords text={detail} />}
            </span>
          </li>
        ))}
      </ol>
      <ShiftStepsList />
      <Coach />
      <form className={styles.note} onSubmit={add}>
        <TextInput aria-label="Note for the timeline" placeholder="Add a note" value={note} onChange={(event) => setNote(event.target.value)} />
        <Button type="submit" size="compact" disabled={note.trim() === ''}>
          Add
        </Button>
      </form>
    </section>
  )
}
