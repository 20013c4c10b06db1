/**
 * A world that is run up to its page while the briefing is read, so that the shift opens at once. At most one is kept,
 * and it ends soon after its briefing is left.
 */
import type { ShiftMode } from '../../../../exercises/simulator/incident/modes/mode.ts'
import type { ShiftOptions, ShiftRecord } from '../../../../exercises/simulator/incident/shift/index.ts'
import type { ServiceMap } from '../../../../exercises/simulator/traces/index.ts'
import type { IncidentBundle } from '../../../../main/api/index.ts'
import type { RoomClient } from './room-client.ts'
import { startRoom } from './room-client.ts'

/** Between leaving the briefing and opening the shift; more means that it was left for something else. */
const keptMs = 2_000

interface Prepared {
  readonly bundle: IncidentBundle
  readonly seed: number
  readonly mode: ShiftMode | undefined
  readonly client: RoomClient
  readonly map: Promise<ServiceMap | null>
  leaving: ReturnType<typeof setTimeout> | null
}

let prepared: Prepared | null = null

function isFor(bundle: IncidentBundle, seed: number, mode: ShiftMode | undefined): boolean {
  return prepared !== null && prepared.bundle === bundle && prepared.seed === seed && prepared.mode === mode
}

/** Begins to run the world of this seed. Resolves with who calls whom on a normal day, or null where that cannot be told. */
export function prepareRoom(bundle: IncidentBundle, seed: number, mode: ShiftMode | undefined): Promise<ServiceMap | null> {
  if (prepared !== null && isFor(bundle, seed, mode)) {
    if (prepared.leaving !== null) clearTimeout(prepared.leaving)
    prepared.leaving = null
    return prepared.map
  }
  dropPrepared()
  const client = startRoom()
  const map = client.open(`incidents/${bundle.summary.id}`, bundle.files, { id: 'prepared', seed, level: 'guided', mode }).then(
    ({ epochMs, historyUs }) => client.call('traces.map', { fromMs: epochMs, toMs: epochMs + historyUs / 1000 }),
  ).catch(() => null)
  prepared = { bundle, seed, mode, client, map, leaving: null }
  // What is wrong with the files is told when the shift is opened.
  return map
}

/** The briefing is left: what is prepared ends, unless it is taken at once. */
export function leavePrepared(): void {
  if (prepared !== null) prepared.leaving ??= setTimeout(dropPrepared, keptMs)
}

/** The prepared world if it is the one that is wanted, else a new worker. The caller opens the shift in it. */
export function takeRoom(bundle: IncidentBundle, start: ShiftOptions | ShiftRecord): RoomClient {
  const isFresh = !('entries' in start) || start.entries.length === 0
  if (prepared === null || !isFresh || !isFor(bundle, start.seed, start.mode)) {
    dropPrepared()
    return startRoom()
  }
  const { client, leaving } = prepared
  if (leaving !== null) clearTimeout(leaving)
  prepared = null
  return client
}

function dropPrepared(): void {
  if (prepared === null) return
  if (prepared.leaving !== null) clearTimeout(prepared.leaving)
  prepared.client.close()
  prepared = null
}
