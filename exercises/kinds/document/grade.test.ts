import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gradeDocument } from './grade.ts'
import { numberPattern } from './judges/facts.ts'
import { documentExerciseSchema } from './schema.ts'
import { documentKind } from './source.ts'
import { readDocument } from './read.ts'
import { isSentence } from './text.ts'

const exercise = documentExerciseSchema.parse({
  id: 'x', kind: 'document', version: 1, title: 'X', summary: 'X', chapter: 'ch07', minutes: 1, difficulty: 1, skills: ['a'], covers: [],
  audience: 'all', selfReview: ['Is it true?'], starter: '',
  hints: [{ text: 'a', cost: 0.1 }, { text: 'b', cost: 0.1 }],
  proof: { reference: 'x', wrong: [{ file: 'x', fails: ['facts'], belief: 'x' }] },
  checks: [
    { id: 'parts', label: 'Parts', type: 'sections', ordered: true, sections: [{ names: ['Impact'] }, { names: ['Actions'], minWords: 4 }] },
    { id: 'facts', label: 'Facts', type: 'facts', facts: [{ id: 'n', asks: 'How many?', number: { value: 1200, units: ['orders?'] }, contradictions: ['\\bno orders? (is|are|were) affected\\b'] }] },
    { id: 'tone', label: 'Tone', type: 'avoid', avoid: [{ any: ['\\bforgot\\b'], unless: ['\\bnobody\\b'], because: 'Say what the system did.' }] },
    { id: 'acts', label: 'Acts', type: 'actions', section: ['Actions'], min: 1 },
    { id: 'times', label: 'Times', type: 'timeline', section: ['Timeline'], min: 2 },
    { id: 'size', label: 'Size', type: 'length', min: 5, max: 60 },
  ],
})
const check = (id: string, text: string) => gradeDocument(exercise, text).checks.find((one) => one.id === id)!

describe('gradeDocument', () => {
  it('quotes the sentence that states a fact, with its line', () => {
    expect(check('facts', 'Intro here.\n\nWe lost 1,200 of the orders\nthat came in. More.')).toMatchObject({ passed: true, evidence: 'Said: How many? line 3: "We lost 1,200 of the orders that came in."' })
  })

  it('takes no keywords for sentences, and no sentence for its opposite', () => {
    expect(check('facts', 'orders 1200 lost checkout')).toMatchObject({ passed: false, line: 1, evidence: expect.stringContaining('Not a sentence') })
    expect(check('facts', 'We lost 1200 orders in the night. No orders were affected by it.')).toMatchObject({ passed: false, evidence: expect.stringContaining('Contradicted') })
  })

  it('points at words to avoid, except where they are used well', () => {
    expect(check('tone', 'Somebody forgot the lock on it. This is the second one.')).toMatchObject({ passed: false, line: 1, evidence: expect.stringContaining('"forgot"') })
    expect(check('tone', 'Nobody forgot the lock on it. This is the second one.')).toMatchObject({ passed: true })
    expect(check('tone', 'ok')).toMatchObject({ passed: false })
  })

  it('wants sections filled and in order', () => {
    expect(check('parts', '# Actions\nfour words are here\n# Impact\nthree more words')).toMatchObject({ passed: false, evidence: expect.stringContaining('stands too early') })
    expect(check('parts', '**Impact:** many people wait\n\n## 2. Actions\n- Ana: stop the sale now')).toMatchObject({ passed: true })
    expect(check('parts', '# Impact\n# Actions\n- x')).toMatchObject({ passed: false, evidence: expect.stringContaining('has 0 words; it needs 3') })
  })

  it.each([
    ['- Ana: stop the sale of it, by 14:30 UTC', true],
    ['- stop the sale of it (Ana, 2026-11-20)', true],
    ['- [ ] owner: Ana. Stop the sale, due Friday 20 November', true],
    ['- Ana: stop the sale of it', false],
    ['- stop the sale by 2026-11-20', false],
    ['- Ana 2026-11-20', false],
  ])('judges the action %j', (item, passed) => {
    expect(check('acts', `# Actions\n${item}`).passed).toBe(passed)
  })

  it('wants times that rise, in UTC', () => {
    expect(check('times', '# Timeline (UTC)\n- 09:10 the deploy went out\n- 13:40 the warehouse sent a report')).toMatchObject({ passed: true })
    expect(check('times', '# Timeline (UTC)\n- 13:40 the warehouse sent a report\n- 09:10 the deploy went out')).toMatchObject({ passed: false, line: 3 })
    expect(check('times', '# Timeline\n- 09:10 the deploy went out\n- 13:40 the warehouse sent a report').evidence).toContain('UTC')
  })

  it('does not judge what is not there', () => {
    for (const text of ['', '# Impact', '<!-- 1200 orders -->']) expect(gradeDocument(exercise, text).checks.every((one) => one.failure === 'not-run')).toBe(true)
  })

  it('never throws, whatever is written', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('#', '|', '-', ' ', '\n', 'a', '9', ':', '.', '*', '<!--', 'UTC', '[', ')') }), (text) => {
      expect(gradeDocument(exercise, text).score).toBeLessThan(1)
    }), { numRuns: 300 })
  })

  it('finds nothing wrong with its own definition, and patterns that are none', () => {
    expect(documentKind.nameFaults(exercise)).toEqual([])
    const broken = { ...exercise, checks: [{ id: 'a', label: 'A', points: 1, type: 'avoid' as const, lists: [], people: [], allow: [], avoid: [{ any: ['('], unless: [], because: 'x' }] }] }
    expect(documentKind.nameFaults(broken)[0]?.message).toContain('no regular expression')
  })
})

describe('text', () => {
  it.each([['12 orders', true], ['twelve of the orders', true], ['orders: 12', true], ['112 orders', false], ['12:30 orders', false], ['1.12 orders', false], ['12 of a very large and long list of orders', false]])('%j has 12 orders: %j', (text, found) => {
    expect(numberPattern(12, ['orders?']).test(text)).toBe(found)
  })

  it('tells sentences from words in a row', () => {
    expect(isSentence('The sale has been paused.')).toBe(true)
    expect(isSentence('sale paused kettle oversold stock')).toBe(false)
    expect(isSentence('It is.')).toBe(false)
  })

  it('joins the lines of a paragraph and splits its sentences', () => {
    expect(readDocument('One is\nhere. Two is\n\nthere').sentences.map(({ text, line }) => [text, line])).toEqual([['One is here.', 1], ['Two is', 2], ['there', 4]])
  })
})
