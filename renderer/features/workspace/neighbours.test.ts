import { describe, expect, it } from 'vitest'
import type { LibraryIndex } from '../../../exercises/content/model.ts'
import { neighboursOf } from './neighbours.ts'

const exercise = (id: string) => ({ id, title: id.toUpperCase(), chapter: 'ch07' })
const library = {
  exercises: ['a', 'b', 'c', 'loose'].map(exercise),
  chapters: [
    {
      id: 'ch07',
      number: 7,
      title: 'Databases',
      sections: [
        { id: 's1', title: 'One', exercises: ['b'] },
        { id: 's2', title: 'Two', exercises: ['a', 'c'] },
      ],
    },
  ],
} as unknown as LibraryIndex

describe('neighboursOf', () => {
  it('follows the order of the text, then the exercises that no section holds', () => {
    const chain = ['b', 'a', 'c', 'loose'].map((id) => neighboursOf(library, id).next?.title ?? null)
    expect(chain).toEqual(['A', 'C', 'LOOSE', null])
    expect(['b', 'a', 'c', 'loose'].map((id) => neighboursOf(library, id).previous?.title ?? null)).toEqual([null, 'B', 'A', 'C'])
  })

  it('links to the section that holds the exercise, or to the chapter', () => {
    expect(neighboursOf(library, 'c').chapter).toEqual({ title: 'Chapter 7: Two', href: '#/chapters/ch07/s2' })
    expect(neighboursOf(library, 'loose').chapter).toEqual({ title: 'Chapter 7: Databases', href: '#/chapters/ch07' })
  })

  it('has no neighbours for an exercise that the library does not know', () => {
    expect(neighboursOf(library, 'x')).toEqual({ chapter: null, previous: null, next: null })
  })
})
