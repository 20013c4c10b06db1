import { describe, expect, it } from 'vitest'
import type { ChapterSummary, LibraryIndex } from '../../../exercises/content/model.ts'
import type { PlacementQuestion } from '../../../exercises/content/placement.ts'
import type { LearningFact } from '../../../exercises/progress/events.ts'
import { foldEvents, snapshotOf } from '../../../exercises/progress/projection.ts'
import { choiceCheck, numberCheck, orderCheck } from '../reader/fixture-chapter.ts'
import { answerTo, countAnswered, newPlacement, readPlacement, withGiven } from './placement-draft.ts'
import { placementFacts, placementResults } from './placement-result.ts'

const ask = (chapter: string, check: PlacementQuestion['check']): PlacementQuestion => ({ chapter, section: 'locks', check })
const choice = ask('ch07', choiceCheck)
const number = ask('ch07', numberCheck)
const order = ask('ch08', orderCheck)
const other = ask('ch08', numberCheck)
const questions = [choice, number, order, other]

describe('a test under way', () => {
  const begun = withGiven(withGiven({ ...newPlacement, at: 2 }, choice, { type: 'options', chosen: ['b'] }), number, 'unknown')

  it('is read back as it was left, and as none where nothing sound was kept', () => {
    expect(readPlacement(JSON.stringify(begun))).toEqual(begun)
    expect([null, '', 'x', '{"at":-1,"given":{}}', '{"at":0}'].map(readPlacement)).toEqual([null, null, null, null, null])
  })

  it('tells answers, "I do not know" and open questions apart', () => {
    expect(questions.map((question) => answerTo(begun, question))).toEqual(['b', null, undefined, undefined])
    expect(countAnswered(begun, questions)).toBe(2)
    expect(answerTo(withGiven(begun, number, { type: 'number', text: 'many' }), number)).toBeUndefined()
    expect(answerTo(withGiven(begun, number, { type: 'number', text: '1,66' }), number)).toBe(1.66)
  })

  it('keeps the same check of two chapters apart, and forgets an answer whose question changed its form', () => {
    expect(answerTo(withGiven(newPlacement, number, 'unknown'), other)).toBeUndefined()
    const odd = withGiven(withGiven(newPlacement, choice, { type: 'number', text: '3' }), order, { type: 'order', order: ['one'] })
    expect([choice, order].map((question) => answerTo(odd, question))).toEqual([undefined, undefined])
    expect(answerTo(withGiven(newPlacement, choice, { type: 'options', chosen: ['gone'] }), choice)).toBeUndefined()
  })
})

describe('a finished test', () => {
  const facts = (known: string[], answers: Record<string, string | number | string[] | null>): LearningFact[] => placementFacts(questions, ({ chapter, check }) => answers[`${chapter} ${check.id}`] ?? null, known)
  const passes = { 'ch07 slow-first': 'b', 'ch07 pool-rate': 1.66 }

  it('passes a chapter when all of its questions are right, and tells a mark only where it changes', () => {
    expect(facts([], passes)).toEqual([
      { type: 'chapter.placed', chapter: 'ch07', passed: true, answers: [{ check: 'slow-first', answer: 'b', correct: true }, { check: 'pool-rate', answer: 1.66, correct: true }] },
      { type: 'chapter.known', chapter: 'ch07', known: true },
      { type: 'chapter.placed', chapter: 'ch08', passed: false, answers: [{ check: 'lock-order', answer: null, correct: false }, { check: 'pool-rate', answer: null, correct: false }] },
    ])
    expect(facts(['ch07'], passes).map(({ type }) => type)).toEqual(['chapter.placed', 'chapter.placed'])
    expect(facts(['ch07', 'ch08'], { ...passes, 'ch07 slow-first': 'a' }).filter(({ type }) => type === 'chapter.known')).toEqual([
      { type: 'chapter.known', chapter: 'ch07', known: false },
      { type: 'chapter.known', chapter: 'ch08', known: false },
    ])
  })

  it('shows what was missed with its section, also after the questions changed', () => {
    const summary = (id: string): ChapterSummary => ({ id, number: 7, slug: id, title: id, question: '', minutes: 1, state: 'ready', skills: [], problems: [], sections: [{ id: 'locks', title: 'Locks', checks: [], exercises: [], walkthroughs: [] }] })
    const library: LibraryIndex = { revision: '', chapters: ['ch06', 'ch07', 'ch08'].map(summary), appendices: [], exercises: [], incidents: [], templates: [], paths: [], placement: null, skills: [], changes: [], problems: [] }
    const events = facts([], { ...passes, 'ch08 pool-rate': 3 }).map((fact, index) => ({ id: `01890000-0000-7000-8000-${String(index).padStart(12, '0')}`, at: 1, fact }))
    const progress = snapshotOf(foldEvents(events))
    const [first, second, ...rest] = placementResults(questions, library, progress)
    expect(first).toMatchObject({ chapter: { id: 'ch07' }, passed: true, known: true, right: 2, asked: 2, missed: [], lost: 0 })
    expect(second).toMatchObject({ chapter: { id: 'ch08' }, passed: false, known: false, right: 0, asked: 2, lost: 0, missed: [{ answer: null, sectionTitle: 'Locks' }, { answer: 3, sectionTitle: 'Locks' }] })
    expect(rest).toEqual([])
    expect(placementResults([choice, other], library, progress)[1]).toMatchObject({ lost: 1, missed: [{ question: { check: { id: 'pool-rate' } } }] })
  })
})
