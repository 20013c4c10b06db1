import { expect, it } from 'vitest'
import type { Section } from '../../../exercises/content/model.ts'
import { minutesLeft } from './time-left.ts'

const section = (id: string, words: number): Section => ({ id, title: id, covers: [], words, blocks: [] })

it('counts the unread sections by their words and rounds up', () => {
  const chapter = { minutes: 30, sections: [section('a', 100), section('b', 300), section('c', 200)] }
  expect(minutesLeft(chapter, [])).toBe(30)
  expect(minutesLeft(chapter, ['b'])).toBe(15)
  expect(minutesLeft(chapter, ['a', 'b'])).toBe(10)
  expect(minutesLeft(chapter, ['a', 'b', 'c', 'gone'])).toBe(0)
  expect(minutesLeft({ minutes: 7, sections: chapter.sections }, ['a'])).toBe(6)
})

it('is nothing for a chapter without text', () => {
  expect(minutesLeft({ minutes: 5, sections: [] }, [])).toBe(0)
})
