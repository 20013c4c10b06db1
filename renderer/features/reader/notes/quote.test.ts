// @vitest-environment jsdom
import { beforeEach, expect, it } from 'vitest'
import { passageIn, passageOf, rangeOf } from './quote.ts'

let block: HTMLElement
beforeEach(() => {
  block = document.createElement('div')
  const lead = document.createElement('strong')
  lead.textContent = 'A lock'
  block.append(lead, ' is held. The next ', Object.assign(document.createElement('em'), { textContent: 'lock' }), ' waits for the lock.')
  document.body.replaceChildren(block)
})

/** Selects `length` letters from `start`, counted over the whole block. */
function select(start: number, length: number): Range {
  const found = rangeOf(block, { quote: block.textContent.slice(start, start + length), nth: 0 })
  if (found === null) throw new Error('nothing to select')
  return found
}

it('takes a passage over the borders of elements and finds it again', () => {
  const passage = passageIn(block, select(2, 20))
  expect(passage).toEqual({ quote: 'lock is held. The ne', nth: 0 })
  expect(rangeOf(block, passage!)?.toString()).toBe('lock is held. The ne')
})

it('tells the same words apart by their order', () => {
  const third = document.createRange()
  const last = block.lastChild!
  third.setStart(last, ' waits for the '.length)
  third.setEnd(last, ' waits for the lock'.length)
  const passage = passageIn(block, third)
  expect(passage).toEqual({ quote: 'lock', nth: 2 })
  expect(rangeOf(block, passage!)?.startContainer).toBe(last)
  expect(rangeOf(block, { quote: 'lock', nth: 9 })?.startContainer).toBe(last)
})

it('leaves out what lies outside the block, and blanks at the ends', () => {
  const other = document.createElement('p')
  other.textContent = 'Another paragraph.'
  document.body.append(other)
  const both = document.createRange()
  both.setStart(block.lastChild!, 0)
  both.setEnd(other.firstChild!, 7)
  expect(passageIn(block, both)?.quote).toBe('waits for the lock.')
  expect(passageIn(other, both)?.quote).toBe('Another')
  expect(passageOf(block)?.quote).toBe('A lock is held. The next lock waits for the lock.')
})

it('finds nothing when the words are gone', () => {
  expect(rangeOf(block, { quote: 'a latch', nth: 0 })).toBeNull()
  expect(passageOf(document.createElement('hr'))).toBeNull()
})
