import type { Fingerprint } from './fingerprint.ts'

/** deploy, config, flag, scale, traffic: what teams do. audit: what the learner did. fault: what the simulator broke, hidden from learners. */
export type ChangeKind = 'deploy' | 'config' | 'flag' | 'scale' | 'traffic' | 'audit' | 'fault'

/** A setting before or after a change. */
export type Setting = string | number | boolean

/** A change to the world, with what it changed. */
export interface Change {
  readonly kind: ChangeKind
  /** The part it applies to. */
  readonly target: string
  /** One sentence for people. */
  readonly summary: string
  /** Who did it: a person, a team, a bot. */
  readonly actor: string
  readonly before: Readonly<Record<string, Setting>>
  readonly after: Readonly<Record<string, Setting>>
}

/** A change as the recorder takes it, at a simulation time. */
export interface ChangeRecord extends Change {
  readonly timeUs: number
}

/** A change as readers see it; `timeUs` is in microseconds since the Unix epoch. */
export interface ChangeEvent extends Change {
  readonly timeUs: number
  readonly id: number
  /** True for faults, which learners must not see before the debrief. */
  readonly hidden: boolean
}

/** One setting that differs; null where it is absent. */
export interface SettingDifference {
  readonly name: string
  readonly before: Setting | null
  readonly after: Setting | null
}

/** All changes in order of time. There are few; nothing is dropped. */
export class ChangeLog {
  private records: ChangeRecord[] = []
  private readonly epochUs: number

  constructor(epochMs: number) {
    this.epochUs = epochMs * 1000
  }

  /**
   * Adds a change.
   * @throws RangeError when it is older than the last; that is a bug of the caller
   */
  add(record: ChangeRecord): void {
    const last = this.records.at(-1)
    if (last !== undefined && record.timeUs < last.timeUs) throw new RangeError(`Changes must not go back in time: ${record.timeUs} us comes after ${last.timeUs} us.`)
    this.records.push({ ...record, before: { ...record.before }, after: { ...record.after } })
  }

  /** Changes with fromUs <= t < toUs in microseconds since the Unix epoch, oldest first; faults only on demand. */
  between(fromUs: number, toUs: number, options: { readonly hidden: boolean } = { hidden: false }): readonly ChangeEvent[] {
    const found: ChangeEvent[] = []
    for (const [id, record] of this.records.entries()) {
      const timeUs = this.epochUs + record.timeUs
      const hidden = record.kind === 'fault'
      if (timeUs >= fromUs && timeUs < toUs && (options.hidden || !hidden)) found.push({ ...record, timeUs, id, hidden })
    }
    return found
  }

  save(): readonly ChangeRecord[] {
    return this.records.slice()
  }

  load(state: readonly ChangeRecord[]): void {
    this.records = state.slice()
  }

  fingerprint(hash: Fingerprint): void {
    hash.text(JSON.stringify(this.records))
  }
}

/** The settings that a change altered, added or removed, by name. */
export function settingDifferences(change: Pick<Change, 'before' | 'after'>): readonly SettingDifference[] {
  const names = [...new Set([...Object.keys(change.before), ...Object.keys(change.after)])].sort()
  return names
    .map((name) => ({ name, before: change.before[name] ?? null, after: change.after[name] ?? null }))
    .filter((difference) => difference.before !== difference.after)
}
