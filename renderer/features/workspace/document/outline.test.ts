import { expect, test } from 'vitest'
import { documentExerciseSchema } from '../../../../exercises/kinds/document/schema.ts'
import { figuresIn, outlineOf, pairSections } from './outline.ts'

const exercise = documentExerciseSchema.parse({
  id: 'x', kind: 'document', version: 1, title: 'X', summary: 'X', chapter: 'ch15', minutes: 1, difficulty: 1, skills: ['a'], covers: [],
  audience: 'all', selfReview: ['?'], starter: '## Status\n| Time | What |\n', hints: [{ text: 'a', cost: 0.1 }, { text: 'b', cost: 0.1 }],
  proof: { reference: 'x', wrong: [{ file: 'x', fails: ['parts'], belief: 'x' }] },
  checks: [{ id: 'parts', label: 'Parts', type: 'sections', sections: [{ names: ['Status'] }, { names: ['Consequences'] }, { names: ['Next update'] }] }],
})
const text = 'Posted by Ana\n\n**Status:** open since 09:10\n\n## Consequences\n### Positive\n- faster\n### Negative\n- 12 orders wait\n'

test('says which sections hold how much, and which are not there', () => {
  expect(outlineOf(exercise, text)).toEqual([
    { title: 'Status', line: 3, words: 3 },
    { title: 'Consequences', line: 5, words: 4 },
    { title: 'Next update', line: null, words: 0 },
  ])
})

test('does not count what the template brought', () => {
  expect(outlineOf(exercise, '## Status\n| Time | What |\n| 09:10 | open |')[0]).toMatchObject({ words: 2 })
})

test('pairs sections with what only one side has', () => {
  const pairs = pairSections(exercise, text, '## Status\nopen since 09:12\n\n## Next update\n14:30 UTC')
  expect(pairs).toEqual([
    { title: 'Before and between the sections', yours: 'Posted by Ana', model: null, onlyYours: [], onlyModel: [] },
    { title: 'Status', yours: '**Status:** open since 09:10', model: 'open since 09:12', onlyYours: ['09:10'], onlyModel: ['09:12'] },
    { title: 'Consequences', yours: '### Positive\n- faster\n### Negative\n- 12 orders wait', model: null, onlyYours: ['12'], onlyModel: [] },
    { title: 'Next update', yours: null, model: '14:30 UTC', onlyYours: [], onlyModel: ['14:30'] },
  ])
})

test('finds times, numbers and shares, and no parts of names', () => {
  expect(figuresIn('At 09:55 about 18% of 1,240 took 2.5 s; p99 and INC-7 by 2026-03-13.')).toEqual(['09:55', '18%', '1,240', '2.5', '2026-03-13'])
})
