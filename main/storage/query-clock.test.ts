import { expect, test } from 'vitest'
import { createQueryClock } from './query-clock.ts'

test('tells of work above 40 ms by name, also when it throws', () => {
  let nowMs = 0
  const told: string[] = []
  const clock = createQueryClock((name, durationMs) => told.push(`${name} ${durationMs}`), () => nowMs)
  expect(clock.time('quick', () => (nowMs += 40))).toBe(40)
  clock.time('slow', () => (nowMs += 41))
  expect(() => clock.time('failing', () => { nowMs += 90; throw new Error('disk') })).toThrow('disk')
  expect(told).toEqual(['slow 41', 'failing 90'])
})
