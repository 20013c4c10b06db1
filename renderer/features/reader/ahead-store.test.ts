import { expect, it } from 'vitest'
import { emptyChapterProgress, type ChapterProgress } from '../../../exercises/progress/snapshot.ts'
import type { AppState, AppStore } from '../../app/store.ts'
import { aheadStore } from './ahead-store.ts'
import type { Ahead } from './ahead.ts'

/** A store of which a test says what the core has answered. */
function openWindow(): { store: AppStore; answered(kept: ChapterProgress): void; switchTo(profile: string): void } {
  let state = { progress: { chapters: {} }, profiles: { active: 'ada' } } as unknown as AppState
  const listeners = new Set<() => void>()
  const set = (next: Partial<AppState>): void => {
    state = { ...state, ...next }
    for (const listener of listeners) listener()
  }
  const store = { get: () => state, subscribe: (listener: () => void) => (listeners.add(listener), () => listeners.delete(listener)) }
  return {
    store: store as unknown as AppStore,
    answered: (kept) => set({ progress: { ...state.progress, chapters: { ch07: kept } } }),
    switchTo: (active) => set({ profiles: { profiles: [], active } }),
  }
}
const answer = (last: Ahead): Ahead => ({ ...last, answers: { opening: { answer: ['a'], correct: true, attempts: 1 } } })
const kept: ChapterProgress = { ...emptyChapterProgress, checks: { opening: { answer: ['a'], correct: true, firstCorrect: true, attempts: 1 } } }

it('keeps what the core has not answered for, whoever asks again', () => {
  const { store, answered } = openWindow()
  aheadStore(store).add('ch07', answer)
  answered({ ...emptyChapterProgress, opened: true })
  expect(aheadStore(store).of('ch07').answers).toHaveProperty('opening')
  expect(aheadStore(store).of('ch01').answers).toEqual({})
})

it('does not come back when the core, which had it, forgets it at a reset', () => {
  const { store, answered } = openWindow()
  aheadStore(store).add('ch07', answer)
  answered(kept)
  answered(emptyChapterProgress)
  expect(aheadStore(store).of('ch07').answers).toEqual({})
})

it('is not shown to another learner', () => {
  const { store, switchTo } = openWindow()
  aheadStore(store).add('ch07', answer)
  switchTo('grace')
  expect(aheadStore(store).of('ch07').answers).toEqual({})
})
