import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { GradeCheck } from '../core/grade.ts'
import { uuidV7 } from '../core/uuid.ts'
import type { LearningEvent, LearningFact } from './events.ts'
import { learningEventSchema } from './events.ts'
import { applyEvent, applyEvents, compareEvents, emptyProgress, foldEvents, knowsEvent, snapshotOf, withRenames } from './projection.ts'
import { createRenames } from './renames.ts'
import { progressSnapshotSchema } from './snapshot.ts'

const id = fc.constantFrom('a', 'b', 'constructor', '__proto__')
const chapter = fc.constantFrom('ch01', 'ch07')
const skills = fc.uniqueArray(fc.constantFrom('s1', 's2'), { maxLength: 2 })
const unit = fc.integer({ min: 0, max: 4 }).map((quarter) => quarter / 4)
const minutesSpent = fc.nat(9)

const fact: fc.Arbitrary<LearningFact> = fc.oneof(
  fc.record({ type: fc.constant('chapter.opened' as const), chapter }),
  fc.record({ type: fc.constant('section.read' as const), chapter, section: id }),
  fc.record({ type: fc.constant('position.kept' as const), chapter, section: id, block: id }),
  fc.record({ type: fc.constant('check.answered' as const), chapter, check: id, answer: id, correct: fc.boolean(), attempt: fc.constant(1), skills }),
  fc.record({ type: fc.constant('walkthrough.stepped' as const), chapter, walkthrough: id, stage: id, observed: fc.array(id), choices: fc.array(id), decided: fc.boolean(), minutesSpent }),
  fc.record({ type: fc.constant('walkthrough.finished' as const), chapter, walkthrough: id, minutesSpent }),
  fc.record({ type: fc.constant('walkthrough.restarted' as const), chapter, walkthrough: id }),
  fc.record({ type: fc.constant('exercise.opened' as const), exercise: id, version: fc.constant(1) }),
  fc.record({ type: fc.constant('exercise.hinted' as const), exercise: id, hint: fc.nat(2), cost: fc.constant(0.1) }),
  fc.record({ type: fc.constant('exercise.solutionShown' as const), exercise: id }),
  fc.record({
    type: fc.constant('exercise.graded' as const),
    exercise: id,
    version: fc.integer({ min: 1, max: 3 }),
    answer: fc.constant('SELECT 1'),
    grade: fc.record({ score: unit, passed: fc.boolean(), checks: fc.constant<GradeCheck[]>([]) }),
    finalScore: unit,
    skills,
  }),
  fc.record({ type: fc.constant('shift.started' as const), incident: id, shift: id, seed: fc.nat(9), level: fc.constant('guided') }),
  fc.record({ type: fc.constant('shift.ended' as const), incident: id, shift: id, seed: fc.nat(9), level: fc.constant('guided'), restored: fc.boolean(), process: unit, outcome: unit, skills }),
  fc.record({ type: fc.constant('shift.postmortem' as const), incident: id, shift: id, score: unit, passed: fc.boolean() }),
  fc.record({ type: fc.constant('chapter.placed' as const), chapter, passed: fc.boolean(), answers: fc.array(fc.record({ check: id, answer: fc.option(id), correct: fc.boolean() }), { maxLength: 2 }) }),
  fc.record({ type: fc.constant('chapter.known' as const), chapter, known: fc.boolean() }),
  fc.record({ type: fc.constant('changes.seen' as const), change: id }),
)
const scope = fc.constantFrom('all', 'chapter:ch07', 'exercise:a', 'exercise:unknown')
const reset = fc.record({ type: fc.constant('progress.reset' as const), scope, also: fc.array(scope, { maxLength: 2 }) })

/** Facts and resets at few different times, so that ties are common. Ids are unique by their position. */
const history: fc.Arbitrary<LearningEvent[]> = fc
  .array(fc.tuple(fc.nat(20), fc.oneof({ weight: 6, arbitrary: fact }, { weight: 1, arbitrary: reset })), { maxLength: 40 })
  .map((steps) => steps.map(([at, made], position) => ({ id: idOf(at, position), at, fact: made })))
  .chain((events) => {
    const resets = events.filter((event) => event.fact.type === 'progress.reset')
    return fc.subarray(resets).map((undone) => [...events, ...undone.map((reset, position) => ({ id: idOf(50, 500 + position), at: 50, fact: { type: 'progress.resetUndone' as const, reset: reset.id } }))])
  })

function idOf(at: number, number: number): string {
  return uuidV7(at, new Uint8Array([number >> 8, number & 255, 0, 0, 0, 0, 0, 0, 0, 0]))
}

let next = 1_000
function event(made: LearningFact, at: number = next++): LearningEvent {
  return { id: idOf(at, at & 65_535), at, fact: made }
}
const grade = (score: number) => ({ score, passed: score === 1, checks: [] })
const graded = (finalScore: number, more: Partial<Extract<LearningFact, { type: 'exercise.graded' }>> = {}): LearningEvent =>
  event({ type: 'exercise.graded', exercise: 'e', version: 1, answer: '', grade: grade(finalScore === 0 ? 0 : 1), finalScore, skills: ['s'], ...more })
const answered = (correct: boolean): LearningEvent => event({ type: 'check.answered', chapter: 'ch07', check: 'c', answer: 'a', correct, attempt: 1, skills: ['s'] })
const show = (events: LearningEvent[]) => snapshotOf(foldEvents(events))
/** Without the count of events, which counts resets too. */
const shown = (events: LearningEvent[]) => ({ ...show(events), events: 0 })

describe('laws', () => {
  test('only the set of events matters: any order, any duplicates, one by one or at once', () => {
    fc.assert(
      fc.property(
        history.chain((events) => fc.record({ events: fc.constant(events), shuffled: fc.shuffledSubarray(events, { minLength: events.length }), twice: fc.subarray(events), cut: fc.nat(events.length) })),
        ({ events, shuffled, twice, cut }) => {
          const expected = show(events.toSorted(compareEvents))
          expect(show([...shuffled, ...twice])).toEqual(expected)
          let state = emptyProgress()
          for (const one of [...shuffled, ...twice]) state = applyEvent(state, one)
          expect(snapshotOf(state)).toEqual(expected)
          expect(snapshotOf(applyEvents(foldEvents(shuffled.slice(0, cut)), shuffled))).toEqual(expected)
        },
      ),
    )
  })

  test('events and snapshots satisfy their schemas', () => {
    fc.assert(
      fc.property(history, (events) => {
        for (const one of events) learningEventSchema.parse(one)
        progressSnapshotSchema.parse(show(events))
      }),
      { numRuns: 50 },
    )
  })

  test('a reset and its undo change nothing', () => {
    fc.assert(
      fc.property(history, scope, (events, hidden) => {
        const reset = event({ type: 'progress.reset', scope: hidden }, 60)
        const undo = event({ type: 'progress.resetUndone', reset: reset.id }, 61)
        expect(shown([...events, reset, undo])).toEqual(shown(events))
      }),
    )
  })

  test('one reset takes a chapter and its exercises, and one undo brings both back', () => {
    const done = [event({ type: 'section.read', chapter: 'ch07', section: 's' }), graded(1)]
    const both = event({ type: 'progress.reset', scope: 'chapter:ch07', also: ['exercise:e'] })
    const after = shown([...done, both])
    expect([after.chapters, after.exercises, after.resets]).toEqual([{}, {}, [{ id: both.id, scope: 'chapter:ch07', at: both.at, hidden: 2 }]])
    expect(shown([...done, both, event({ type: 'progress.resetUndone', reset: both.id })])).toEqual(shown(done))
  })

  test('a reset of everything leaves only what comes after it, and notes that were seen', () => {
    fc.assert(
      fc.property(history, history, (before, after) => {
        const reset = event({ type: 'progress.reset', scope: 'all' }, 60)
        const later = after.map((one, position) => ({ ...one, id: idOf(100 + one.at, 1_000 + position), at: 100 + one.at })).filter(({ fact: made }) => made.type !== 'progress.resetUndone')
        const seen = before.filter(({ fact: made }) => made.type === 'changes.seen')
        const { resets, ...left } = shown([...before, reset, ...later])
        expect(left).toEqual({ ...shown([...seen, ...later]), resets: undefined })
        expect(resets.map(({ id: made }) => made)).toContain(reset.id)
      }),
    )
  })

  test('a state never changes: growing it twice gives two histories', () => {
    fc.assert(
      fc.property(history, history, (first, second) => {
        const state = foldEvents(first)
        const before = structuredClone(snapshotOf(state))
        const moved = second.map((one, position) => ({ ...one, id: idOf(200 + one.at, 2_000 + position), at: 200 + one.at }))
        const one = applyEvents(state, moved)
        const other = moved.reduceRight(applyEvent, state)
        expect(snapshotOf(one)).toEqual(snapshotOf(other))
        expect(snapshotOf(state)).toEqual(before)
        for (const { id: added } of moved) expect(knowsEvent(state, added)).toBe(false)
      }),
    )
  })

  test('mastery lies between 0 and 1', () => {
    fc.assert(
      fc.property(history, (events) => {
        for (const { mastery } of Object.values(show(events).skills)) expect(mastery >= 0 && mastery <= 1).toBe(true)
      }),
    )
  })
})

describe('mastery', () => {
  const mastery = (...events: LearningEvent[]) => show(events).skills['s']?.mastery ?? 0

  test('grows with success and says little after one answer', () => {
    expect(mastery(answered(true))).toBeCloseTo(0.556, 3)
    expect(mastery(graded(1), graded(1), graded(1), graded(1))).toBeGreaterThan(mastery(graded(1)))
  })
  test('weighs recent results more', () => {
    expect(mastery(graded(0), graded(0), graded(1))).toBeGreaterThan(mastery(graded(1), graded(0), graded(0)))
  })
  test('is less after hints, after a wrong first answer, and after the solution was shown', () => {
    expect(mastery(graded(0.7))).toBeLessThan(mastery(graded(1)))
    expect(mastery(answered(false), answered(true))).toBeLessThan(mastery(answered(true)))
    expect(mastery(event({ type: 'exercise.solutionShown', exercise: 'e' }), graded(1))).toBeLessThan(0.25)
  })
  test('cannot be farmed by answering the same check again', () => {
    expect(show([answered(true), answered(true), answered(true)]).skills['s']).toEqual(show([answered(true)]).skills['s'])
  })
})

describe('exercises', () => {
  test('keep the best score and the newest version passed; a failure later takes nothing away', () => {
    const hint = (): LearningEvent => event({ type: 'exercise.hinted', exercise: 'e', hint: 0, cost: 0.1 })
    const events = [graded(0), hint(), hint(), graded(0.9), graded(0.6, { version: 2 }), graded(0, { version: 3 })]
    expect(show(events).exercises['e']).toEqual({
      attempts: 4,
      bestScore: 0.9,
      passed: true,
      passedVersion: 2,
      hintsShown: [0],
      solutionShown: false,
      lastAt: events.at(-1)!.at,
    })
  })
})

describe('shifts', () => {
  const ended = (shift: string, outcome: number): LearningFact => ({ type: 'shift.ended', incident: 'i', shift, seed: 1, level: 'guided', restored: outcome === 1, process: outcome, outcome, skills: ['s1'] })
  test('count once, however often their debrief is opened', () => {
    const once = show([event({ type: 'shift.started', incident: 'i', shift: 'one', seed: 1, level: 'guided' }), event(ended('one', 0.5))])
    expect(once.incidents['i']).toMatchObject({ started: 1, ended: 1, bestScore: 0.5, openShift: null, restored: false })
    const again = show([event(ended('one', 0.5)), event(ended('one', 0.5)), event(ended('one', 1))])
    expect(again.incidents['i']).toMatchObject({ ended: 1, bestScore: 0.5, restored: false })
    expect(again.skills).toEqual(once.skills)
    expect(show([event(ended('one', 0.5)), event(ended('two', 1))]).incidents['i']).toMatchObject({ ended: 2, bestScore: 1, restored: true })
  })
  test('keep the best postmortem', () => {
    const checked = (score: number): LearningEvent => event({ type: 'shift.postmortem', incident: 'i', shift: 'one', score, passed: score === 1 })
    expect(show([event(ended('one', 1))]).incidents['i']?.postmortemScore).toBeNull()
    expect(show([checked(0.5), checked(0.75), checked(0.25)]).incidents['i']?.postmortemScore).toBe(0.75)
  })
})

describe('resume', () => {
  const position = event({ type: 'position.kept', chapter: 'ch07', section: 'locks', block: 'p3' })
  test('is the last place that was worked in', () => {
    const exercise = event({ type: 'exercise.opened', exercise: 'e', version: 1 })
    const opened = event({ type: 'chapter.opened', chapter: 'ch07' })
    expect(show([position, exercise]).resume).toMatchObject({ kind: 'exercise', id: 'e' })
    expect(show([position, exercise, opened]).resume).toEqual({ kind: 'chapter', id: 'ch07', section: 'locks', block: 'p3', at: opened.at })
  })
})

describe('renamed ids', () => {
  const events = [graded(1, { exercise: 'old' }), event({ type: 'section.read', chapter: 'ch7', section: 'intro' }), event({ type: 'check.answered', chapter: 'ch7', check: 'c', answer: 'a', correct: true, attempt: 1, skills: [] })]
  const renames = createRenames([
    { kind: 'exercise', from: 'old', to: 'newer' },
    { kind: 'exercise', from: 'newer', to: 'newest' },
    { kind: 'chapter', from: 'ch7', to: 'ch07' },
    { kind: 'section', from: 'intro', to: 'opening' },
    { kind: 'check', from: 'ch07#c', to: 'ch08#moved' },
  ])

  test('progress goes with them, through chains and across chapters, also for a state made before', () => {
    const snapshot = snapshotOf(foldEvents(events, renames))
    expect(snapshot.exercises['newest']?.passed).toBe(true)
    expect(snapshot.chapters['ch07']?.sectionsRead).toEqual(['opening'])
    expect(snapshot.chapters['ch08']?.checks['moved']?.correct).toBe(true)
    expect(snapshotOf(withRenames(foldEvents(events), renames))).toEqual(snapshot)
  })
  test('a reset under the old name holds for the new one', () => {
    const reset = event({ type: 'progress.reset', scope: 'exercise:old' })
    expect(snapshotOf(foldEvents([...events, reset], renames)).exercises).toEqual({})
    expect(snapshotOf(foldEvents([...events, reset], renames)).resets).toEqual([{ id: reset.id, scope: 'exercise:newest', at: reset.at, hidden: 1 }])
  })
  test('a circle ends', () => {
    const circle = createRenames([{ kind: 'exercise', from: 'a', to: 'b' }, { kind: 'exercise', from: 'b', to: 'a' }])
    expect(Object.keys(snapshotOf(foldEvents([graded(1, { exercise: 'a' })], circle)).exercises)).toEqual(['b'])
  })
  test('two old ids may become one: the work of both counts', () => {
    const merged = createRenames([{ kind: 'exercise', from: 'a', to: 'c' }, { kind: 'exercise', from: 'b', to: 'c' }])
    expect(snapshotOf(foldEvents([graded(0.5, { exercise: 'a' }), graded(1, { exercise: 'b' })], merged)).exercises['c']).toMatchObject({ attempts: 2, bestScore: 1 })
  })
})
