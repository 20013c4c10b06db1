import { describe, expect, it } from 'vitest'
import type { LearningEvent, LearningFact } from './events.ts'
import { foldEvents, snapshotOf } from './projection.ts'
import { createRenames } from './renames.ts'

const uuid = (number: number): string => `01890000-0000-7000-8000-${String(number).padStart(12, '0')}`
const event = (at: number, fact: LearningFact): LearningEvent => ({ id: uuid(at), at, fact })
const kept = (note: string, text: string): LearningFact => ({ type: 'note.kept', note, chapter: 'ch07', section: 'locks', block: 'p1', after: 0, quote: 'a lock', nth: 0, text })

describe('notes', () => {
  it('keep their place and first time when their text changes', () => {
    const { notes, resume } = snapshotOf(foldEvents([event(1, kept('one', '')), event(2, kept('two', 'second')), event(3, kept('one', 'first'))]))
    expect(notes.map(({ id, text, at, changedAt }) => [id, text, at, changedAt])).toEqual([['one', 'first', 1, 3], ['two', 'second', 2, 2]])
    expect(resume).toBeNull()
  })

  it('go when removed and come back when kept again', () => {
    const made = [event(1, kept('one', 'first')), event(2, { type: 'note.removed', note: 'one' })]
    expect(snapshotOf(foldEvents(made)).notes).toEqual([])
    expect(snapshotOf(foldEvents([...made, event(3, kept('one', 'first'))])).notes).toHaveLength(1)
  })

  it('are not hidden by a reset: they are writing, not progress', () => {
    const { notes } = snapshotOf(foldEvents([event(1, kept('one', 'first')), event(2, { type: 'progress.reset', scope: 'all' })]))
    expect(notes).toHaveLength(1)
  })

  it('follow a section that was renamed', () => {
    const renames = createRenames([{ kind: 'section', from: 'ch07#locks', to: 'ch07#row-locks' }])
    expect(snapshotOf(foldEvents([event(1, kept('one', ''))], renames)).notes[0]).toMatchObject({ section: 'row-locks', block: 'p1' })
  })
})
