import { useEffect, useState } from 'react'
import { Status } from '../../../../ui/index.ts'
import type { SessionView } from '../lab/postgres-lab.ts'

/** Seconds since a moment, counted while shown. */
function useSeconds(sinceMs: number | null): number {
  const [now, setNow] = useState(() => performance.now())
  useEffect(() => {
    if (sinceMs === null) return
    const timer = setInterval(() => setNow(performance.now()), 1_000)
    return () => clearInterval(timer)
  }, [sinceMs])
  return sinceMs === null ? 0 : Math.max(0, Math.floor((now - sinceMs) / 1_000))
}

/** The transaction of a session, or for whom it waits: shape, words and time. */
export function SessionState({ session }: { session: SessionView }) {
  const { running, waitsFor, transaction, transactionSinceMs } = session
  const runningFor = useSeconds(running?.sinceMs ?? null)
  const openFor = useSeconds(transaction === 'open' || transaction === 'failed' ? transactionSinceMs : null)
  if (running !== null && waitsFor !== null) return <Status state="warn">Waits for {waitsFor}, {runningFor} s</Status>
  if (running !== null) return <Status state="unknown">Runs{runningFor > 0 ? `, ${String(runningFor)} s` : ''}</Status>
  if (transaction === 'open') return <Status state="ok">In transaction{transactionSinceMs === null ? '' : `, ${String(openFor)} s`}</Status>
  if (transaction === 'failed') return <Status state="crit">Transaction failed</Status>
  if (transaction === 'lost') return <Status state="crit">Session lost</Status>
  return <Status state="unknown">Idle</Status>
}
