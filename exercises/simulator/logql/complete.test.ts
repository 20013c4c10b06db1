import { expect, it } from 'vitest'
import { completeLogql } from './complete.ts'

const labels = { service: ['orders', 'gateway'], level: ['error', 'info'] }
/** `|` in the text is LogQL's own; the cursor is at the end. */
const complete = (query: string): readonly string[] => completeLogql(query, query.length, labels).options.map(({ text }) => text)

it.each([
  ['{', ['service', 'level']],
  ['{ser', ['service']],
  ['{service="', ['orders', 'gateway']],
  ['{service=~"orders|ga', ['gateway']],
  ['{service="orders"} |= "tim', []],
  ['{service="orders"} | js', ['json']],
  ['count_over', ['count_over_time']],
  ['sum(count_over', ['count_over_time']],
])('%s', (query, options) => {
  expect(complete(query)).toEqual(options)
})
