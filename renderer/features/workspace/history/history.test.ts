import { describe, expect, it } from 'vitest'
import { imagesToDrop } from '../session/images.ts'
import type { HistoryEntry } from './history.ts'
import { parseHistory, withRun } from './history.ts'

const entry = (sql: string): HistoryEntry => ({ sql, at: 1, elapsedMs: 2, outcome: '1 row', succeeded: true })

describe('history', () => {
  it('puts the newest first and folds an immediate repeat', () => {
    const history = [entry('b'), entry('a')]
    expect(withRun(history, entry('c')).map((one) => one.sql)).toEqual(['c', 'b', 'a'])
    expect(withRun(history, entry('b')).map((one) => one.sql)).toEqual(['b', 'a'])
    expect(withRun(history, entry('a')).map((one) => one.sql)).toEqual(['a', 'b', 'a'])
  })

  it('stays within its bounds', () => {
    const long = 'x'.repeat(150_000)
    expect(withRun([entry(`${long}1`), entry(`${long}2`), entry(`${long}3`)], entry('new'))).toHaveLength(3)
    const many = Array.from({ length: 200 }, (_, index) => entry(String(index)))
    expect(withRun(many, entry('new'))).toHaveLength(100)
  })

  it('survives text that is not a history', () => {
    expect(parseHistory(null)).toEqual([])
    expect(parseHistory('{')).toEqual([])
    expect(parseHistory('[{"sql":1}]')).toEqual([])
    expect(parseHistory(JSON.stringify([entry('a')]))).toEqual([entry('a')])
  })
})

describe('image store', () => {
  it('drops the least recently used until the new image fits', () => {
    const uses = [
      { key: 'new', size: 40, usedAt: 3 },
      { key: 'old', size: 40, usedAt: 1 },
      { key: 'mid', size: 40, usedAt: 2 },
    ]
    expect(imagesToDrop(uses, 10, 130)).toEqual([])
    expect(imagesToDrop(uses, 40, 130)).toEqual(['old'])
    expect(imagesToDrop(uses, 100, 130)).toEqual(['old', 'mid', 'new'])
  })
})
