import { describe, expect, it } from 'vitest'
import type { Block, Chapter, Check } from './model.ts'
import { parsePlacement, placementMinutes, placementQuestions } from './placement.ts'

const check = (id: string): Block => ({ t: 'check', check: { id, type: 'number', prompt: [], covers: [], skills: [], answer: 1, tolerance: 0, unit: '', explanation: [] } satisfies Check })
const chapter = (id: string, ...sections: Block[][]): [string, Chapter] => [
  id,
  { id, number: 1, slug: id, title: id, question: '', objectives: [], needs: [], minutes: 1, covers: [], skills: [], walkthroughs: [], revision: '', sections: sections.map((blocks, index) => ({ id: `s${String(index)}`, title: '', covers: [], words: 1, blocks })) },
]
const written = new Map([
  chapter('ch01', [check('one')], [{ t: 'callout', kind: 'note', title: '', c: [check('two')] }, check('three')]),
  chapter('ch02', [check('four'), check('five')]),
])
const listed = ['ch01', 'ch02', 'ch03']
const good = `chapters:
  ch03: [later, still-later]
  ch02: [five, four]
  ch01: [two, one]
`
const read = (text: string, course: string[] | null = listed) => placementQuestions('placement.yaml', parsePlacement('placement.yaml', text), course, written)
const rules = (text: string) => read(text).problems.map(({ line, rule }) => [line, rule])

describe('placement.yaml', () => {
  it('asks in the order of the course, knows the section of each question, and leaves out what is not written', () => {
    const { questions, problems } = read(good)
    expect(problems).toEqual([])
    expect(questions.map((one) => [one.chapter, one.section, one.check.id])).toEqual([['ch01', 's1', 'two'], ['ch01', 's0', 'one'], ['ch02', 's0', 'five'], ['ch02', 's0', 'four']])
  })

  it('complains of what a chapter does not have, of what comes twice and of chapters without questions', () => {
    expect(rules(good.replace('five', 'one'))).toEqual([[3, 'placement.check']])
    expect(read(good.replace('five', 'one')).questions.map((one) => one.chapter)).toEqual(['ch01', 'ch01'])
    expect(rules(good.replace('five', 'four'))).toEqual([[3, 'id.duplicate']])
    expect(read(good.replace('five', 'four')).questions).toHaveLength(2)
    expect(rules(good.replace('ch02', 'ch09'))).toEqual([[3, 'reference.chapter'], [1, 'placement.missing']])
    expect(read(good.replace('ch02', 'ch09'), null).problems).toEqual([])
  })

  it('wants two checks of each chapter, and never throws', () => {
    expect(rules(good.replace('five, ', ''))).toMatchObject([[3, 'schema.invalid']])
    expect(rules(good.replace('ch02', 'chapter-2'))[0]?.[1]).toMatch(/^schema/)
    expect(read(': [').questions).toEqual([])
  })

  it('says how long it takes', () => {
    expect([placementMinutes(30), placementMinutes(1)]).toEqual([20, 1])
  })
})
