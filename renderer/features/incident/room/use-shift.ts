/** Opens a shift in a worker, and keeps what happens in it with the learner's drafts. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { ShiftOptions, ShiftRecord } from '../../../../exercises/simulator/incident/shift/index.ts'
import type { IncidentBundle } from '../../../../main/api/index.ts'
import type { RoomFacts } from '../world/calls/facts.ts'
import type { OpenedShift } from '../world/protocol.ts'
import type { RoomClient } from '../world/room-client.ts'
import { keepRoom, takeKeptRoom } from '../world/kept-room.ts'
import { takeRoom } from '../world/prepared-room.ts'

export type ShiftState =
  | { readonly name: 'opening'; readonly done: number }
  | { readonly name: 'open'; readonly client: RoomClient; readonly opened: OpenedShift; readonly facts: RoomFacts }
  | { readonly name: 'failed'; readonly message: string }

/** While the clock runs, the time is kept this often: what is lost at most when the machine dies. */
const keepEveryMs = 5_000

/** `keep` writes the record; called at each entry, each pause, and now and then. */
export function useShift(bundle: IncidentBundle, start: ShiftOptions | ShiftRecord, keep: (record: string) => void): { state: ShiftState; again(): void } {
  const [state, setState] = useState<ShiftState>({ name: 'opening', done: 0 })
  const [turn, setTurn] = useState(0)
  const { id, seed, level, mode } = start
  const begin = useRef(start)

  useEffect(() => {
    const standing = takeKeptRoom(id)
    const client = standing?.client ?? takeRoom(bundle, begin.current)
    let open: { readonly opened: OpenedShift; readonly facts: RoomFacts } | null = standing
    const incident = bundle.summary.id
    let current = true
    let kept = ''
    let keptAtMs = 0
    const save = (): void => {
      const tick = client.latest
      if (tick === null) return
      const record: ShiftRecord = { format: 1, id, incident, seed, level, ...(mode === undefined ? {} : { mode }), nowUs: tick.nowUs, entries: [...tick.entries] }
      begin.current = record
      keep(JSON.stringify(record))
      keptAtMs = performance.now()
    }
    // Later calls that take long, such as the debrief, report progress too; the shift stays open meanwhile.
    const stopProgress = client.onProgress((done) => current && setState((last) => (last.name === 'open' ? last : { name: 'opening', done })))
    const stopTicks = client.onTick((tick) => {
      const mark = `${String(tick.entries.length)} ${String(tick.speed)}`
      if (mark === kept && performance.now() - keptAtMs < keepEveryMs) return
      kept = mark
      save()
    })
    const enter = async (): Promise<void> => {
      open ??= { opened: await client.open(`incidents/${incident}`, bundle.files, begin.current), facts: await client.call('room.facts', null) }
      if (current) setState({ name: 'open', client, ...open })
    }
    enter().catch((error: unknown) => current && setState({ name: 'failed', message: error instanceof Error ? error.message : String(error) }))
    return () => {
      current = false
      save()
      stopProgress()
      stopTicks()
      if (open !== null && client.latest?.stopped === 'ended') keepRoom({ id, client, ...open })
      else client.close()
    }
  }, [bundle, id, seed, level, mode, keep, turn])

  const again = useCallback(() => {
    setState({ name: 'opening', done: 0 })
    setTurn((last) => last + 1)
  }, [])
  return { state, again }
}
