/** One learner's attempt at an incident: a world that runs, and what the learner does in it. */
import type { ActionRequest, ActionResult, World, WorldState } from '../../model/index.ts'
import { createWorld } from '../../model/index.ts'
import { counted } from '../observe.ts'
import type { ShiftMode } from '../modes/mode.ts'
import { firstPageUs, lastPageUs } from '../play.ts'
import type { Incident } from '../read-incident.ts'
import type { ShiftEntry, ShiftLevel, ShiftRecord } from './record.ts'
import { mostEntries } from './record.ts'
import { nextAsker, updateDueUs } from './updates.ts'

/** How a new shift begins. */
export interface ShiftOptions {
  readonly id: string
  readonly seed: number
  readonly level: ShiftLevel
  /** The mode that the incident was read for. */
  readonly mode?: ShiftMode | undefined
}

/** A shift may go on for this many times the time that its objective allows. */
const overtime = 3

/** A world from its page on, operated by a learner. Times are simulation time in microseconds. */
export class Shift {
  readonly incident: Incident
  readonly id: string
  readonly seed: number
  readonly level: ShiftLevel
  readonly world: World
  readonly pageUs: number
  /** What the objective's counters said when the shift opened. */
  readonly opened: { readonly good: number; readonly total: number }
  private readonly kept: ShiftEntry[] = []
  private readonly atPage: WorldState

  /** @param paged the world stands at its page */
  constructor(incident: Incident, options: ShiftOptions, paged: { world: World; pageUs: number; opened: { good: number; total: number } }) {
    this.incident = incident
    this.id = options.id
    this.seed = options.seed
    this.level = options.level
    this.world = paged.world
    this.atPage = paged.world.save()
    this.pageUs = paged.pageUs
    this.opened = paged.opened
  }

  get nowUs(): number {
    return this.world.nowUs
  }

  /** The shift goes no further. */
  get limitUs(): number {
    return this.pageUs + overtime * this.incident.spec.objective.within
  }

  get entries(): readonly ShiftEntry[] {
    return this.kept
  }

  get hasEnded(): boolean {
    return this.kept.at(-1)?.type === 'ended'
  }

  /** Runs to a time, or to the end of the shift; people ask when a message is overdue. A time that is past does nothing. */
  runTo(us: number): void {
    const to = Math.min(Math.round(us), this.limitUs)
    while (this.world.nowUs < to) {
      const dueUs = this.hasEnded ? null : updateDueUs(this.kept, this.pageUs)
      this.world.runUntil(dueUs === null ? to : Math.min(to, Math.max(dueUs, this.world.nowUs)))
      if (dueUs !== null && this.world.nowUs >= dueUs && !this.add({ type: 'asked-by', ...nextAsker(this.kept) })) this.world.runUntil(to)
    }
  }

  /** Another world as this one was at the page, before anything was done. */
  worldAtPage(): World {
    return this.world.fork(this.atPage)
  }

  /** Keeps what happened now. After the end, and when the shift is full, nothing is kept; false says so. */
  add(entry: EntryWithoutTime): boolean {
    if (this.hasEnded || this.kept.length >= mostEntries) return false
    this.kept.push({ ...entry, atUs: this.world.nowUs } as ShiftEntry)
    return true
  }

  /** Acts on the world and keeps it, refused or not. */
  act(request: ActionRequest, by: 'console' | 'terminal'): ActionResult {
    if (this.hasEnded) return { ok: false, error: 'The shift is over. Open the debrief, or take the incident again.' }
    const done = this.world.act(request)
    this.add({ type: 'acted', act: { ...request }, by, refused: done.ok ? null : done.error, effectUs: done.ok ? done.effectUs : null, summary: done.ok ? done.summary : '' })
    return done
  }

  /** What has to be kept to come back to exactly this. */
  record(): ShiftRecord {
    return { format: 1, id: this.id, incident: this.incident.spec.id, seed: this.seed, level: this.level, ...(this.incident.mode === null ? {} : { mode: this.incident.mode }), nowUs: this.world.nowUs, entries: [...this.kept] }
  }

  /** Puts kept entries in place while a shift is resumed: runs to each, and does again what was accepted. */
  replay(entry: ShiftEntry): void {
    // Who asked is among the entries: nobody asks anew.
    if (entry.atUs > this.world.nowUs) this.world.runUntil(entry.atUs)
    if (entry.type === 'acted' && entry.refused === null) this.world.act({ ...entry.act })
    this.kept.push(entry)
  }
}

type WithoutTime<E> = E extends ShiftEntry ? Omit<E, 'atUs'> : never
/** An entry as it is handed in: the shift knows the time. */
export type EntryWithoutTime = WithoutTime<ShiftEntry>

/** Simulated time that is run between two reports of progress. */
const sliceUs = 60_000_000

/**
 * Opens a shift at its page, or resumes one. A generator, so that the caller can show progress (each value is 0..1) and
 * stop; the result is null when nobody is paged, which a verified incident never does.
 */
export function* openShift(incident: Incident, start: ShiftOptions | ShiftRecord): Generator<number, Shift | null> {
  const { spec } = incident
  const world = createWorld(incident.topology, { seed: start.seed })
  const lastUs = lastPageUs(incident)
  const endUs = 'entries' in start ? Math.max(start.nowUs, lastUs) : lastUs
  while (world.nowUs < spec.history) {
    world.runUntil(Math.min(spec.history, world.nowUs + sliceUs))
    yield world.nowUs / endUs
  }
  const opened = { good: counted(world, spec.budget.good), total: counted(world, spec.budget.total) }
  const { scrapeUs } = world.topology.telemetry
  let pageUs: number | null = null
  while (pageUs === null && world.nowUs < lastUs) {
    world.runUntil(Math.min(lastUs, (Math.floor(world.nowUs / scrapeUs) + 1) * scrapeUs))
    pageUs = firstPageUs(world, spec.page.alert)
    yield world.nowUs / endUs
  }
  if (pageUs === null) return null
  const shift = new Shift(incident, start, { world, pageUs, opened })
  if ('entries' in start) {
    for (const entry of start.entries) {
      shift.replay(entry)
      yield Math.min(1, shift.nowUs / endUs)
    }
    yield* runInSlices(shift, start.nowUs, endUs)
  }
  return shift
}

function* runInSlices(shift: Shift, toUs: number, endUs: number): Generator<number, void> {
  while (shift.nowUs + sliceUs < toUs) {
    shift.runTo(shift.nowUs + sliceUs)
    yield Math.min(1, shift.nowUs / endUs)
  }
  shift.runTo(toUs)
}
