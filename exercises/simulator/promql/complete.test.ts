import fc from 'fast-check'
import { expect, it } from 'vitest'
import { completePromql } from './complete.ts'

const names = {
  metrics: ['http_requests_total', 'db_pool_connections', 'user_requests_total'],
  labels: ['__name__', 'job', 'code'],
  valuesOf: (label: string) => (label === 'job' ? ['orders', 'gateway'] : []),
}
/** `|` is the cursor. */
const complete = (marked: string) => {
  const cursor = marked.indexOf('|')
  const { from, options } = completePromql(marked.replace('|', ''), cursor, names)
  return { word: marked.slice(from, cursor), options: options.map(({ text }) => text) }
}

it.each([
  ['db_p|', 'db_p', ['db_pool_connections']],
  ['sum(rate(requests|', 'requests', ['http_requests_total', 'user_requests_total']],
  ['http_requests_total{j|', 'j', ['job']],
  ['http_requests_total{job="or|"}', 'or', ['orders']],
  ['http_requests_total{job=~"orders|', 'orders', []],
  ['sum by (co|', 'co', ['code']],
  ['rate(x[5|', '5', []],
  ['histogram_quan|', 'histogram_quan', ['histogram_quantile']],
])('%s', (marked, word, options) => {
  const found = complete(marked)
  expect(found.word).toBe(word)
  expect(found.options.slice(0, Math.max(options.length, options.length === 0 ? 1 : 0))).toEqual(options)
})

it('never throws, and always replaces a word that ends at the cursor', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '{', '}', '"', '(', ')', '[', '=', '~', ' ', ',', '5', '_', '|') }), fc.nat(30), (query, at) => {
      const cursor = Math.min(at, query.length)
      const { from } = completePromql(query, cursor, names)
      expect(from).toBeGreaterThanOrEqual(0)
      expect(from).toBeLessThanOrEqual(cursor)
    }),
  )
})
