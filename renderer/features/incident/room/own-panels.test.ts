import { expect, it } from 'vitest'
import { readPanels } from './own-panels.ts'

it('reads what was kept', () => {
  expect(readPanels('[{"title":"Up","query":"up"}]')).toEqual([{ title: 'Up', query: 'up' }])
})
it.each([null, '', 'no json', '{}', '[1]', '[{"title":"Up"}]'])('has none for %s', (text) => {
  expect(readPanels(text)).toEqual([])
})
