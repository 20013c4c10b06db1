import { expect, it } from 'vitest'
import { readingOf } from './reading.ts'

const chapter = (id: string): Parameters<typeof readingOf>[0]['library']['chapters'][number] => ({ id, number: Number(id.slice(2)), slug: id, title: id, question: '', minutes: 1, state: 'ready', skills: [], sections: [], problems: [] })
const exercise = (id: string, skills: string[], difficulty: number): Parameters<typeof readingOf>[0]['library']['exercises'][number] => ({ id, kind: 'sql', version: 1, title: id, summary: '', chapter: 'ch07', minutes: 5, difficulty, skills })

it('names the chapters of the incident, and exercises of its skills that are not passed yet', () => {
  const passed = { attempts: 1, bestScore: 1, passed: true, passedVersion: 1, hintsShown: [], solutionShown: false, lastAt: 0 }
  const { chapters, exercises } = readingOf({
    library: { chapters: [chapter('ch07'), chapter('ch12'), chapter('ch13')], exercises: [exercise('other', ['x'], 1), exercise('hard', ['a'], 5), exercise('done', ['a', 'b'], 1), exercise('both', ['a', 'b'], 4), exercise('easy', ['b'], 2)] },
    progress: { exercises: { done: passed } },
    summary: { chapter: 'ch12', skills: ['a', 'b'] },
    reading: ['ch07.sec.pools', 'ch99.sec.none', 'sdt.bottlenecks'],
  })
  expect(chapters.map(({ id }) => id)).toEqual(['ch07', 'ch12'])
  expect(exercises.map(({ id }) => id)).toEqual(['both', 'easy', 'hard', 'done'])
})
