import type { Result } from '../../../exercises/core/result.ts'
import { fail, ok } from '../../../exercises/core/result.ts'
import type { LearningEvent } from '../../../exercises/progress/events.ts'
import type { ProgressState } from '../../../exercises/progress/projection.ts'
import { applyEvents, attemptsOf, emptyProgress, foldEvents, knowsEvent, snapshotOf, withRenames } from '../../../exercises/progress/projection.ts'
import type { RenamedId } from '../../../exercises/progress/renames.ts'
import { createRenames } from '../../../exercises/progress/renames.ts'
import type { ProgressSnapshot } from '../../../exercises/progress/snapshot.ts'
import type { ApiError, Attempt, CallOutput } from '../../api/contract.ts'
import type { DurableStore } from '../../storage/index.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { exportFileName, readExport, writeExport } from './export-format.ts'

export interface ProgressOptions {
  store: DurableStore
  profiles: Profiles
  now(): number
  renamed(): readonly RenamedId[]
  onChange(snapshot: ProgressSnapshot): void
}

export interface Progress {
  snapshot(): ProgressSnapshot
  record(events: readonly LearningEvent[]): CallOutput<'progress.record'>
  /** Every graded answer to an exercise that no reset hides, newest first. */
  attempts(exercise: string): Attempt[]
  exportLog(): Result<CallOutput<'progress.export'>, ApiError>
  importLog(text: string): Result<CallOutput<'progress.import'>, ApiError>
  /** Reads the active profile's log again. */
  reload(): void
  /** Content changed: ids may have new names. */
  contentChanged(): void
}

/** The active learner's log and what it adds up to. The projection stays in memory and grows with each event. */
export function createProgress({ store, profiles, now, renamed, onChange }: ProgressOptions): Progress {
  let state: ProgressState = emptyProgress()
  let renames = JSON.stringify(renamed())

  function add(events: readonly LearningEvent[]): boolean {
    const profile = profiles.active()
    const fresh = events.filter((event) => !knowsEvent(state, event.id))
    const durable = store.write(fresh.map((event) => ({ kind: 'event', profile, event })))
    const next = applyEvents(state, fresh)
    if (next !== state) {
      state = next
      onChange(snapshotOf(state))
    }
    return durable
  }

  return {
    snapshot: () => snapshotOf(state),
    record(events) {
      const durable = add(events)
      return { acknowledged: events.map(({ id }) => id), durable, snapshot: snapshotOf(state) }
    },
    attempts(exercise) {
      return attemptsOf(store.events(profiles.active()), exercise, createRenames(renamed())).map(({ id, at, fact }) => {
        const { version, answer, grade, finalScore } = fact
        return { id, at, version, answer, grade, finalScore }
      })
    },
    exportLog() {
      const profile = profiles.list().find(({ id }) => id === profiles.active())
      if (profile === undefined) return fail({ code: 'not-found', message: 'There is no active profile to export. Choose one in Settings.' })
      const events = store.events(profile.id)
      return ok({ fileName: exportFileName(profile, now()), text: writeExport(profile, events, now()), events: events.length })
    },
    importLog(text) {
      const read = readExport(text)
      if (!read.ok) return read
      const before = state.log.length
      add(read.value.events)
      const added = state.log.length - before
      return ok({ added, known: read.value.events.length - added, rejected: read.value.rejected })
    },
    reload() {
      state = foldEvents(store.events(profiles.active()), createRenames(renamed()))
      onChange(snapshotOf(state))
    },
    contentChanged() {
      const next = JSON.stringify(renamed())
      if (next === renames) return
      renames = next
      state = withRenames(state, createRenames(renamed()))
      onChange(snapshotOf(state))
    },
  }
}
