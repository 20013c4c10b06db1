/** Holds the world of a shift, runs its clock and answers questions about it. Lives in the worker; tests drive it directly. */
import { readIncident } from '../../../../exercises/simulator/incident/index.ts'
import { openShift, Shift } from '../../../../exercises/simulator/incident/shift/index.ts'
import type { ShiftEntry, ShiftOptions, ShiftRecord } from '../../../../exercises/simulator/incident/shift/index.ts'
import type { OpenedShift, RoomReply, RoomRequest, Speed, Tick } from './protocol.ts'
import { runAhead } from './forks-ahead.ts'
import { roomCalls } from './room-calls.ts'
import type { RoomCall } from './calls/room-call.ts'

export interface RoomServerOptions {
  post(reply: RoomReply): void
  /** Milliseconds of a steady clock. */
  now(): number
  /** Calls back again and again; returns the function that stops it. */
  every(intervalMs: number, work: () => void): () => void
}

/** Real time between two steps of the clock. */
const stepMs = 33
/** Real time that a step makes up for at most: after a laptop's sleep the world goes on from where it was. */
const longestStepMs = 250
/** Of a step, what the worlds beside the shift may take when the shift itself has taken less. */
const aheadMs = 12
/** Real time for which a shift that was opened is left alone with its first questions. */
const aheadAfterMs = 2_000
/** What takes long is done in pieces of this, and questions are answered between them. */
const pieceMs = 30

export class RoomServer {
  private readonly options: RoomServerOptions
  private shift: Shift | null = null
  /** The files that the shift was read from. */
  private source = ''
  private speed: Speed = 0
  private stopClock: (() => void) | null = null
  private lastStepMs = 0
  private openedMs = 0
  /** Entries as they were last posted: a new array only when there are more. */
  private posted: readonly ShiftEntry[] = []

  constructor(options: RoomServerOptions) {
    this.options = options
  }

  handle(request: RoomRequest): void {
    if (request.type === 'speed') this.run(request.speed)
    else this.answer(request.id, () => (request.type === 'open' ? this.open(request) : this.call(request)))
  }

  private answer(id: number, work: () => unknown): void {
    const failed = (error: unknown): void => this.options.post({ type: 'answer', id, ok: false, message: error instanceof Error ? error.message : String(error) })
    try {
      Promise.resolve(work()).then((value) => {
        // The tick first: who hears the answer finds what it changed.
        this.tick()
        this.options.post({ type: 'answer', id, ok: true, value })
      }, failed)
    } catch (error) {
      failed(error)
    }
  }

  private open({ folder, files, start }: { folder: string; files: Readonly<Record<string, string>>; start: ShiftOptions | ShiftRecord }): OpenedShift {
    const standing = this.standingFor(folder, files, start)
    if (standing !== null) return this.opened(standing)
    const read = readIncident(folder, (name) => files[name] ?? null, { seed: start.seed, mode: start.mode ?? null })
    if (!read.ok) throw new Error(read.error.map(({ file, line, message }) => `${file}:${String(line)}: ${message}`).join('\n'))
    const opening = openShift(read.value, start)
    let step = opening.next()
    for (; !step.done; step = opening.next()) this.options.post({ type: 'progress', done: step.value })
    if (step.value === null) throw new Error('The alert of this incident has not fired, so there is no shift to open. Try another seed.')
    this.source = JSON.stringify([folder, files])
    return this.opened(step.value)
  }

  /** A world that was run up to its page for the same seed and in which nothing was done, as the shift that is wanted. */
  private standingFor(folder: string, files: Readonly<Record<string, string>>, start: ShiftOptions | ShiftRecord): Shift | null {
    const { shift } = this
    const isFresh = !('entries' in start) || (start.entries.length === 0 && start.nowUs <= (shift?.pageUs ?? 0))
    if (shift === null || !isFresh || shift.seed !== start.seed || shift.incident.mode !== (start.mode ?? null) || shift.entries.length > 0 || shift.nowUs !== shift.pageUs || this.source !== JSON.stringify([folder, files])) return null
    return new Shift(shift.incident, start, shift)
  }

  private opened(shift: Shift): OpenedShift {
    this.shift = shift
    this.openedMs = this.options.now()
    const { telemetry, topology } = shift.world
    return { pageUs: shift.pageUs, limitUs: shift.limitUs, historyUs: shift.incident.spec.history, epochMs: telemetry.epochMs, scrapeMs: topology.telemetry.scrapeUs / 1000 }
  }

  private call({ name, input }: { name: keyof typeof roomCalls; input: unknown }): unknown {
    if (this.shift === null) throw new Error('No shift is open.')
    if (!Object.hasOwn(roomCalls, name)) throw new Error(`This version does not know "${name}".`)
    // TypeScript cannot see that the input found by a call's own name fits it; the client's types make sure.
    const answer = (roomCalls[name] as RoomCall<unknown, unknown>)(this.shift, input)
    return isLong(answer) ? this.drive(answer) : answer
  }

  /** Runs what takes long, and tells how far it is. */
  private async drive(work: Generator<number, unknown>): Promise<unknown> {
    for (let untilMs = this.options.now() + pieceMs; ; ) {
      const step = work.next()
      if (step.done) return step.value
      if (this.options.now() < untilMs) continue
      this.options.post({ type: 'progress', done: step.value })
      await new Promise((resolve) => setTimeout(resolve))
      untilMs = this.options.now() + pieceMs
    }
  }

  private run(speed: Speed): void {
    this.speed = speed
    this.stopClock?.()
    this.stopClock = null
    if (speed > 0 && this.stopped() === null) {
      this.lastStepMs = this.options.now()
      this.stopClock = this.options.every(stepMs, () => this.step())
    }
    this.tick()
  }

  private step(): void {
    const { shift } = this
    if (shift === null) return
    const nowMs = this.options.now()
    const passedMs = Math.min(nowMs - this.lastStepMs, longestStepMs)
    this.lastStepMs = nowMs
    shift.runTo(shift.nowUs + passedMs * 1000 * this.speed)
    if (this.stopped() !== null) return this.run(0)
    this.tick()
    if (nowMs - this.openedMs > aheadAfterMs) runAhead(shift, () => this.options.now() - nowMs < aheadMs)
  }

  private stopped(): Tick['stopped'] {
    if (this.shift === null) return null
    if (this.shift.hasEnded) return 'ended'
    return this.shift.nowUs >= this.shift.limitUs ? 'limit' : null
  }

  private tick(): void {
    const { shift } = this
    if (shift === null) return
    if (this.posted.length !== shift.entries.length) this.posted = [...shift.entries]
    this.options.post({ type: 'tick', tick: { nowUs: shift.nowUs, speed: this.speed, active: shift.world.telemetry.alerts.alerts(), entries: this.posted, stopped: this.stopped() } })
  }
}

/** A call that takes long gives a generator of its progress, 0..1, whose result is the answer. */
function isLong(answer: unknown): answer is Generator<number, unknown> {
  return typeof answer === 'object' && answer !== null && 'next' in answer && typeof answer.next === 'function'
}
