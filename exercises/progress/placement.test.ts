import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LearningEvent, LearningFact } from './events.ts'
import { applyEvents, foldEvents, snapshotOf } from './projection.ts'
import { createRenames } from './renames.ts'

const uuid = (number: number): string => `01890000-0000-7000-8000-${String(number).padStart(12, '0')}`
const event = (at: number, fact: LearningFact): LearningEvent => ({ id: uuid(at), at, fact })
const known = (chapter: string, is = true): LearningFact => ({ type: 'chapter.known', chapter, known: is })
const placed = (chapter: string, ...correct: boolean[]): LearningFact => ({
  type: 'chapter.placed',
  chapter,
  passed: correct.every(Boolean),
  answers: correct.map((one, index) => ({ check: `c${String(index)}`, answer: one ? 'a' : null, correct: one })),
})
const show = (...events: LearningEvent[]) => snapshotOf(foldEvents(events))

describe('the placement test', () => {
  it('keeps the newest answers of a chapter and touches nothing else of it', () => {
    const { placed: kept, chapters, skills, resume } = show(event(1, placed('ch07', true, false)), event(2, placed('ch07', true, true)), event(3, placed('ch08', false, false)))
    expect(kept).toMatchObject({ ch07: { passed: true, at: 2 }, ch08: { passed: false, at: 3 } })
    expect(kept['ch08']?.answers[0]).toEqual({ check: 'c0', answer: null, correct: false })
    expect([chapters, skills, resume]).toEqual([{}, {}, null])
  })

  it('marks a chapter as known until the mark is taken back', () => {
    const marked = [event(1, known('ch07')), event(2, known('ch03')), event(3, known('ch07'))]
    expect(show(...marked).known).toEqual(['ch07', 'ch03'])
    expect(show(...marked, event(4, known('ch07', false))).known).toEqual(['ch03'])
    expect(show(...marked, event(4, known('ch07', false)), event(5, known('ch07'))).known).toEqual(['ch03', 'ch07'])
  })

  it('is hidden by a reset of the chapter or of everything, and is back when the reset is undone', () => {
    const done = [event(1, placed('ch07', true, true)), event(2, known('ch07')), event(3, known('ch03'))]
    const chapter = event(4, { type: 'progress.reset', scope: 'chapter:ch07' })
    expect(show(...done, chapter)).toMatchObject({ placed: {}, known: ['ch03'] })
    expect(show(...done, event(4, { type: 'progress.reset', scope: 'all' }))).toMatchObject({ placed: {}, known: [] })
    expect(show(...done, chapter, event(5, { type: 'progress.resetUndone', reset: chapter.id }))).toMatchObject({ placed: { ch07: { passed: true } }, known: ['ch07', 'ch03'] })
  })

  it('follows chapters and checks that were renamed', () => {
    const renames = createRenames([{ kind: 'chapter', from: 'ch7', to: 'ch07' }, { kind: 'check', from: 'ch07#c0', to: 'ch07#pool-rate' }])
    const { placed: kept, known: marks } = snapshotOf(foldEvents([event(1, placed('ch7', true)), event(2, known('ch7'))], renames))
    expect([kept['ch07']?.answers[0]?.check, marks]).toEqual(['pool-rate', ['ch07']])
  })

  it('comes out the same whichever computer is merged into which', () => {
    const chapter = fc.constantFrom('ch01', 'ch07', '__proto__')
    const fact: fc.Arbitrary<LearningFact> = fc.oneof(
      fc.tuple(chapter, fc.boolean()).map(([id, is]) => known(id, is)),
      fc.tuple(chapter, fc.array(fc.boolean(), { maxLength: 2 })).map(([id, correct]) => placed(id, ...correct)),
    )
    const history = fc.array(fc.tuple(fc.nat(5), fact), { maxLength: 20 }).map((steps) => steps.map(([at, made], position): LearningEvent => ({ id: uuid(position), at, fact: made })))
    fc.assert(
      fc.property(history, fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }), fc.boolean(), (events, here, backwards) => {
        const laptop = events.filter((_, index) => here[index])
        const desktop = events.filter((_, index) => !here[index])
        const [first, second] = backwards ? [desktop, laptop] : [laptop, desktop]
        const merged = snapshotOf(applyEvents(foldEvents(first), second))
        expect(merged).toEqual(show(...events))
        // For each chapter its newest fact decides, wherever it was made.
        for (const id of ['ch01', 'ch07', '__proto__']) {
          const marks = events.filter(({ fact: made }) => made.type === 'chapter.known' && made.chapter === id).toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
          const last = marks.at(-1)?.fact
          expect(merged.known.includes(id)).toBe(last?.type === 'chapter.known' && last.known)
        }
      }),
    )
  })
})
