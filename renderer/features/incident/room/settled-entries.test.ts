import { describe, expect, it } from 'vitest'
import type { ShiftEntry } from '../../../../exercises/simulator/incident/shift/record.ts'
import { settledEntries } from './settled-entries.ts'

const second = 1_000_000
const supposed = (atSeconds: number, cause: string, confidence = 50, id = 'h'): ShiftEntry => ({ type: 'supposed', atUs: atSeconds * second, hypothesis: { id, cause, component: '', confidence, supports: [], against: [], note: '' } })
const places = (...entries: ShiftEntry[]): readonly number[] => settledEntries(entries).map(({ index }) => index)

describe('entries of a timeline', () => {
  it('hold one line for edits of one hypothesis that follow within a minute', () => {
    expect(places(supposed(0, ''), supposed(5, 'leak'), supposed(30, 'leak', 70), supposed(31, 'leak', 75))).toEqual([3])
  })
  it('hold a line for an edit after a while, and for another hypothesis', () => {
    expect(places(supposed(0, 'leak'), supposed(10, 'load', 50, 'other'), supposed(100, 'leak', 90))).toEqual([0, 1, 2])
  })
  it('leave out a card without a cause, and an edit of what the line does not say', () => {
    expect(places(supposed(0, ''))).toEqual([])
    expect(places(supposed(0, 'leak'), supposed(100, 'leak'))).toEqual([0])
  })
  it('hold everything else as it is', () => {
    expect(places({ type: 'acknowledged', atUs: 0 }, { type: 'noted', atUs: 1, text: 'x' })).toEqual([0, 1])
  })
})
