/** What the room and its worker say to each other. */
import type { Alert } from '../../../../exercises/simulator/telemetry/index.ts'
import type { ShiftEntry, ShiftOptions, ShiftRecord } from '../../../../exercises/simulator/incident/shift/index.ts'
import type { RoomCallName } from './room-calls.ts'

/** Simulated seconds a real second; 0 stands still. */
export const speeds = [0, 1, 4, 10] as const
export type Speed = (typeof speeds)[number]

export type RoomRequest =
  | { readonly type: 'open'; readonly id: number; readonly folder: string; readonly files: Readonly<Record<string, string>>; readonly start: ShiftOptions | ShiftRecord }
  | { readonly type: 'call'; readonly id: number; readonly name: RoomCallName; readonly input: unknown }
  | { readonly type: 'speed'; readonly speed: Speed }

/** What does not change while a shift is open. */
export interface OpenedShift {
  /** Simulation time in microseconds. */
  readonly pageUs: number
  readonly limitUs: number
  /** Simulated time before the shift. */
  readonly historyUs: number
  /** Wall-clock milliseconds of the simulated world at simulation time 0. */
  readonly epochMs: number
  /** Interval of scrapes; nobody sees anything new between two. */
  readonly scrapeMs: number
}

/** The present, pushed while the clock runs and after everything that was done. */
export interface Tick {
  readonly nowUs: number
  readonly speed: Speed
  readonly active: readonly Alert[]
  readonly entries: readonly ShiftEntry[]
  /** Why the clock stands still for good; null while it may run. */
  readonly stopped: 'ended' | 'limit' | null
}

export type RoomReply =
  | { readonly type: 'answer'; readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly type: 'answer'; readonly id: number; readonly ok: false; readonly message: string }
  | { readonly type: 'progress'; readonly done: number }
  | { readonly type: 'tick'; readonly tick: Tick }
