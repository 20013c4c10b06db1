import { expect, it } from 'vitest'
import { rebuiltTold } from './rebuilt-told.ts'

it.each([
  [{ made: 1, lost: [], beyond: 0 }, 'The data was built again with your 1 change of an earlier visit.'],
  [{ made: 2, lost: ['CREATE INDEX i\n  ON t (a)', 'x', 'y'], beyond: 0 }, 'The data was built again with the first 2 of your 5 changes of an earlier visit. From this one on they could not be repeated: CREATE INDEX i ON t (a)'],
  [{ made: 0, lost: ['x'], beyond: 0 }, 'The data was built again without your 1 change of an earlier visit. It could not be repeated: x'],
  [{ made: 200, lost: [], beyond: 60 }, 'The data was built again with the first 200 of your 260 changes of an earlier visit. The later ones were too many to keep.'],
])('%j', (rebuilt, told) => expect(rebuiltTold(rebuilt)).toBe(told))
