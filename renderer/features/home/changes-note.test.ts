import { expect, test } from 'vitest'
import { unseenChanges } from './changes-note.tsx'

const change = (id: string, date: string) => ({ id, date, title: id, notes: [] })
const changes = [change('newer', '2026-12-01'), change('first', '2026-11-21')]

test.each([
  ['a learner of today is told nothing', '2026-12-01T10:00:00Z', [], []],
  ['one who began with the first edition is told what came after', '2026-11-21T10:00:00Z', [], ['newer']],
  ['and once only', '2026-11-21T10:00:00Z', ['newer'], []],
  ['an old learner is told everything', '2026-01-01T10:00:00Z', [], ['newer', 'first']],
])('%s', (_name, began, seen, expected) => {
  expect(unseenChanges(changes, seen, Date.parse(began)).map((one) => one.id)).toEqual(expected)
})
