import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTopology } from '../model/index.ts'
import { complaints } from '../model/testing/observe.ts'
import { parseDistribution, parseDurationUs, rate, share, size } from './quantity.ts'

const folder = join(import.meta.dirname, '..', '..', '..', 'test', 'fixtures', 'topologies')
const shop = readFileSync(join(folder, 'shop.yaml'), 'utf8')
const checkout = readFileSync(join(folder, 'checkout.yaml'), 'utf8')

describe('quantities', () => {
  it.each([['250us', 250], ['30ms', 30_000], ['2s', 2_000_000], ['1h30m', 5_400_000_000], ['1.5s', 1_500_000], ['0', 0], ['30', null], ['30 sm', null], ['ms', null], ['', null]])('%s is %s us', (text, us) => {
    expect(parseDurationUs(text)).toBe(us)
  })
  it.each([
    ['30ms', { kind: 'deterministic', ms: 30 }],
    ['exp(20ms)', { kind: 'exponential', meanMs: 20 }],
    ['lognormal(p50 12ms, p99 80ms)', { kind: 'lognormal', p50Ms: 12, p99Ms: 80 }],
    ['lognormal(20ms, cv 0.5)', { kind: 'lognormal', meanMs: 20, cv: 0.5 }],
    ['uniform(1ms, 5ms)', { kind: 'uniform', minMs: 1, maxMs: 5 }],
    ['pareto(1ms, shape 1.5, max 10s)', { kind: 'pareto', minMs: 1, shape: 1.5, maxMs: 10_000 }],
    ['gamma(20ms, cv 0.5)', { kind: 'gamma', meanMs: 20, cv: 0.5 }],
    ['lognormal(p50 80ms, p99 12ms)', null],
    ['normal(20ms)', null],
    ['exp()', null],
  ])('%s is a distribution or none', (text, distribution) => {
    expect(parseDistribution(text)).toEqual(distribution)
  })
  it('sizes, rates and shares have their units', () => {
    expect(size.parse('512MB')).toBe(512 * 2 ** 20)
    expect(rate.parse('300/s')).toBe(300)
    expect(rate.parse('30/m')).toBe(0.5)
    expect(share.parse('5%')).toBe(0.05)
    expect(share.parse(0.05)).toBe(0.05)
    expect(share.safeParse('105%').success).toBe(false)
  })
})

describe('a topology file', () => {
  it('of 30 lines gives a gateway, a service, a database and a fault', () => {
    expect(checkout.trimEnd().split('\n').length).toBeLessThanOrEqual(30)
    expect(complaints(checkout)).toEqual([])
    expect(complaints(shop)).toEqual([])
  })

  it.each([
    ['a section that is misspelt', shop.replace('databases:', 'databses:'), /: "databses" is not a section\. Did you mean "databases"\?/],
    ['a setting', shop.replace('    threads: 200', '    thread: 200'), /^7: "thread" is not known here\. Did you mean "threads"\?/],
    ['a setting deep inside', shop.replace('acquire: 2s', 'aquire: 2s'), /^23: "aquire" is not known here\. Did you mean "acquire"\?/],
    ['a step', shop.replace('- cpu: exp(300us)', '- cup: exp(300us)'), /^10: "cup" is not a step\. Did you mean "cpu"\?/],
    ['an option of a step', shop.replace('call: card-network authorize', 'call: card-network authorize\n          timout: 3s'), /: "timout" is not known in a step "call"/],
    ['a part', shop.replace('call: catalog GET /products', 'call: catalgo GET /products'), /^11: There is no part "catalgo"\. Did you mean "catalog"\?/],
    ['an endpoint', shop.replace('call: catalog GET /products', 'call: catalog GET /product'), /^11: "catalog" has no operation "GET \/product"\. Did you mean "GET \/products"\?/],
    ['a query', shop.replace('query: product-db find-product', 'query: product-db find-products'), /"product-db" has no operation "find-products"\. Did you mean "find-product"\?/],
    ['a table', shop.replace('reserve: { table: stock', 'reserve: { table: stocks'), /There is no table "stocks"\. Did you mean "stock"\?/],
    ['a dependency', shop.replace('inventory: { timeout: 1s', 'inventroy: { timeout: 1s'), /There is no part "inventroy"\. Did you mean "inventory"\?/],
    ['a fault', checkout.replace('drop-index: orders-db', 'drop-indx: orders-db'), /^27: "drop-indx" cannot happen to a database\. Did you mean "drop-index"\?/],
    ['the target of a fault', checkout.replace('drop-index: orders-db', 'drop-index: order-db'), /^27: There is no part "order-db"\. Did you mean "orders-db"\?/],
    ['an argument of a fault', checkout.replace('customers, index: by-email }', 'customers, indx: by-email }'), /^27: "indx" is no argument of drop-index\. Did you mean "index"\?/],
  ])('names the line of %s and what was meant', (_, text, pattern) => {
    expect(complaints(text)[0]).toMatch(pattern)
  })

  it.each([
    ['threads: 200', 'threads: many', /^7: .*services\.gateway\.threads/],
    ['cpu: exp(300us)', 'cpu: exp(300)', /^10: .*"exp\(300\)" is not a distribution of durations; write 30ms/],
    ['rate: 300/s', 'rate: 300', /"300" is not a rate; write 300\/s/],
    ['rate: 300/s', 'rate: 300/s\n    users: 5', /needs one of rate/],
    ['scrape: 5s', 'scrape: soon', /^2: .*"soon" is not a duration/],
    ['size: 50k', 'size: -5', /is not a whole number/],
    ['traces: 5%', 'traces: 500%', /is not a share/],
    ['- cpu: exp(2ms)', '- if: attribute colour = red\n          then: []', /No client gives its users colour = red/],
    ['- cpu: exp(2ms)', '- with-connection: orders-db\n          do: []', /has no pool of connections to "orders-db"; add one/],
  ])('says what is wrong with a value: %s -> %s', (from, to, pattern) => {
    expect(complaints(shop.replace(from, to)).join('\n')).toMatch(new RegExp(pattern.source, 'm'))
  })

  it('that is no topology at all is told so', () => {
    for (const text of ['', '[]', 'a: b: c', '5', 'services: 7', 'services: { a: 1 }', 'faults: [1]', 'clients: {x: {rate: 1/s}}']) expect(complaints(text).length).toBeGreaterThan(0)
  })
})

describe('malformed files', () => {
  const mutations = fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.integer({ min: 0, max: 12 }), text: fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom(': ', '- ', '{', '}', '[', '\n', '  ', '*', '&a ', '1e9', '-1', 'null', '~', 'exp(', '/s', '%')) }), { minLength: 1, maxLength: 4 })
  it('never crash the reader, and every complaint has a line of the file', () => {
    fc.assert(
      fc.property(fc.constantFrom(shop, checkout), mutations, (text, changes) => {
        let broken = text
        for (const { at, length, text: inserted } of changes) {
          const start = Math.floor(at * broken.length)
          broken = broken.slice(0, start) + inserted + broken.slice(start + length)
        }
        const read = readTopology('broken.yaml', broken)
        if (read.ok) return
        const lines = broken.split(/\r\n|[\n\r\u2028\u2029]/).length
        expect(read.error.length).toBeGreaterThan(0)
        for (const { line, message } of read.error) {
          expect(line).toBeGreaterThanOrEqual(1)
          expect(line).toBeLessThanOrEqual(lines + 1)
          expect(message).not.toBe('')
        }
      }),
      { numRuns: 2000, seed: 20260303 },
    )
  })
})
