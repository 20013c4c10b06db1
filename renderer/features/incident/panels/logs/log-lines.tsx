import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, useState } from 'react'
import type { LogResult } from '../../../../../exercises/simulator/logql/index.ts'
import { Button, Icon, IconButton, StatusMark } from '../../../../ui/index.ts'
import { useRoom } from '../../room/room-context.ts'
import { clockTime } from '../../room/sim-time.ts'
import { PinWords } from '../../room/pin-button.tsx'
import { usePin } from '../../room/use-pin.ts'
import { LogContext } from './log-context.tsx'
import { readLine, withFilter } from './log-line.ts'
import type { ShownLine } from './log-line.ts'
import styles from './logs.module.css'

type Row = LogResult['rows'][number]

const states = { error: 'crit', warn: 'warn', info: 'unknown', debug: 'unknown' } as const
const rowPx = 24

interface LogLinesProps {
  rows: readonly Row[]
  query: string
  /** Runs a changed query. */
  onQuery(query: string): void
  /** A line is read: it must not be pushed out by newer ones. */
  onOpen(): void
}

/** Lines of a log; each opens to its fields, its trace and what stands around it. */
export function LogLines({ rows, query, onQuery, onOpen }: LogLinesProps) {
  const scroll = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState<string | null>(null)
  const toggle = (id: string): void => {
    setOpen(open === id ? null : id)
    if (open !== id) onOpen()
  }
  // The compiler must not memoise this hook's functions, and does not: we do not run it.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroll.current, estimateSize: () => rowPx, overscan: 20 })
  return (
    <div ref={scroll} className={styles.lines}>
      <ol className={styles.list} style={{ height: virtual.getTotalSize() }} aria-label="Log lines">
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index]
          if (row === undefined) return null
          const id = keyOf(row)
          return (
            <li key={id} data-index={item.index} ref={virtual.measureElement} className={styles.row} style={{ transform: `translateY(${String(item.start)}px)` }}>
              <LogRowView row={row} isOpen={open === id} onToggle={() => toggle(id)} query={query} onQuery={onQuery} />
            </li>
          )
        })}
      </ol>
    </div>
  )
}

function keyOf(row: Row): string {
  return `${String(row.timeUs)} ${row.labels['pod'] ?? ''} ${row.line}`
}

function LogRowView({ row, isOpen, onToggle, query, onQuery }: { row: Row; isOpen: boolean; onToggle(): void; query: string; onQuery(query: string): void }) {
  const line = readLine(row.line)
  return (
    <>
      <button type="button" className={styles.line} aria-expanded={isOpen} onClick={onToggle}>
        <Icon name={isOpen ? 'chevron-down' : 'chevron-right'} size={12} />
        <StatusMark state={line.level === null ? 'unknown' : states[line.level]} />
        <span className={styles.time}>{clockTime(row.timeUs / 1000)}</span>
        <span className={styles.service}>{row.labels['service'] ?? row.labels['pod'] ?? ''}</span>
        <span className={styles.message}>
          {line.level !== null && <span className="visually-hidden">{line.level}: </span>}
          {line.message}
        </span>
      </button>
      {isOpen && <LogDetails row={row} line={line} query={query} onQuery={onQuery} />}
    </>
  )
}

function LogDetails({ row, line, query, onQuery }: { row: Row; line: ShownLine; query: string; onQuery(query: string): void }) {
  const { show } = useRoom()
  const pin = usePin({ kind: 'log', text: row.line })
  const [context, setContext] = useState(false)
  const { traceId } = line
  const stream = Object.fromEntries(Object.entries(row.labels).filter(([name]) => name === 'service' || name === 'pod'))
  return (
    <div className={styles.details}>
      <div className={styles.buttons}>
        {traceId !== null && (
          <Button size="compact" icon="external" onClick={() => show('traces', traceId)}>
            Open the trace
          </Button>
        )}
        <Button size="compact" aria-pressed={context} onClick={() => setContext(!context)}>
          {context ? 'Hide what stands around it' : 'Show what stands around it'}
        </Button>
        <PinWords words="Pin as evidence" pin={pin} onPress={() => ({ kind: 'log', title: `${row.labels['service'] ?? 'log'}: ${line.message}`, query, text: row.line })} />
      </div>
      {context && <LogContext stream={stream} timeUs={row.timeUs} line={row.line} />}
      {line.fields.length === 0 ? (
        <pre className={styles.text}>{row.line}</pre>
      ) : (
        <table className={styles.fields}>
          <tbody>
            {line.fields.map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{value}</td>
                <td className={styles.fieldActions}>
                  <IconButton label={`Only lines where ${name} is ${value.slice(0, 60)}`} icon="plus" onClick={() => onQuery(withFilter(query, name, value, '='))} />
                  <IconButton label={`No lines where ${name} is ${value.slice(0, 60)}`} icon="minus" onClick={() => onQuery(withFilter(query, name, value, '!='))} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}
