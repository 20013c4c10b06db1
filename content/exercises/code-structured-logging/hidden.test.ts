import { expect, outcome, test } from 'firedrill/test'
import { createLogger } from './logger.ts'
import type { Fields } from './log.ts'

type Event = Record<string, unknown>

/** Logs one event and returns its lines. */
function linesOf(message: string, fields?: Fields): string[] {
  const lines: string[] = []
  createLogger({ service: 'shop', level: 'debug', write: (line) => { lines.push(line) }, nowMs: () => 1_767_609_005_120 }).error(message, fields)
  return lines
}
function eventOf(message: string, fields?: Fields): Event {
  const lines = linesOf(message, fields)
  expect(lines.length, 'lines').toBe(1)
  return JSON.parse(lines[0] ?? '') as Event
}

test('hostile-message', () => {
  const forged = 'x"}\n{"timestamp":"2026-01-05T10:30:05.000Z","level":"info","service":"shop","message":"payment accepted"}'
  for (const message of ['search for "red mat"', 'a\nb\r\nc', 'back\\slash', forged, 'tab\t\u0000\u2028 end', '${1}%s']) {
    const [line = ''] = linesOf(message, { note: message, [message]: 1 })
    expect(/[\n\r]/.test(line), `a line end inside the line for ${JSON.stringify(message)}`).toBeFalse()
    const event = JSON.parse(line) as Event
    expect([event['message'], event['note'], event[message]], 'message, field, name of a field').toEqual([message, message, 1])
    expect(event['level'], 'level').toBe('error')
  }
})

test('own-fields', () => {
  const event = eventOf('real', { timestamp: 'then', level: 'info', service: 'other', message: 'forged', extra: 1 })
  expect(event, 'the event').toEqual({ timestamp: '2026-01-05T10:30:05.120Z', level: 'error', service: 'shop', message: 'real', extra: 1 })
  const polluted = eventOf('real', JSON.parse('{"__proto__":{"level":"info"},"constructor":1}') as Fields)
  expect([polluted['level'], polluted['message']]).toEqual(['error', 'real'])
})

test('secret-text', () => {
  const texts: [string, string][] = [
    ['/pay?order=71&token=tok_live_9Qf2', '/pay?order=71&token=[redacted]'],
    ['https://api.example/v1?api_key=k1#top', 'https://api.example/v1?api_key=[redacted]#top'],
    ['GET /reset?Access-Token=a.b-c_d&user=7 took 30 ms', 'GET /reset?Access-Token=[redacted]&user=7 took 30 ms'],
    ['/x?token=a&token=b', '/x?token=[redacted]&token=[redacted]'],
    ['cannot connect to postgres://shop:hunter2@db-1:5432/orders', 'cannot connect to postgres://shop:[redacted]@db-1:5432/orders'],
    ['refused: Bearer eyJhbGciOi.J9.sig_1-2', 'refused: Bearer [redacted]'],
    ['tried redis://:p4ss@cache and amqp://u:p4ss@mq', 'tried redis://:[redacted]@cache and amqp://u:[redacted]@mq'],
  ]
  for (const [text, clean] of texts) {
    const event = eventOf(text, { deep: [{ text }] })
    expect(event['message'], 'the message').toBe(clean)
    expect(event['deep'], 'a text in the fields').toEqual([{ text: clean }])
  }
})

test('errors', () => {
  const root = new Error('connect postgres://shop:hunter2@db-1/orders')
  const middle = Object.assign(new TypeError('no connection', { cause: root }), { code: 'ECONN', config: { headers: { authorization: 'Basic hunter2' }, timeout: 500 } })
  const lines = linesOf('pay failed', { error: new Error('pay', { cause: middle }), list: [new RangeError('in a list')] })
  expect(lines.join(''), 'the line').toMatch(/^(?!.*hunter2)/)
  const { error, list } = JSON.parse(lines[0] ?? '') as { error: Event & { cause: Event & { cause: Event } }; list: Event[] }
  expect([error['name'], error['message'], typeof error['stack']], 'the error').toEqual(['Error', 'pay', 'string'])
  const { cause } = error
  expect([cause['name'], cause['message'], cause['code'], cause['config']], 'its cause').toEqual(['TypeError', 'no connection', 'ECONN', { headers: { authorization: '[redacted]' }, timeout: 500 }])
  expect([cause.cause['name'], cause.cause['message']], 'the cause of the cause').toEqual(['Error', 'connect postgres://shop:[redacted]@db-1/orders'])
  expect([list[0]?.['name'], list[0]?.['message']], 'an error in a list').toEqual(['RangeError', 'in a list'])
  expect(Object.hasOwn(list[0] ?? {}, 'cause'), 'a cause where there is none').toBeFalse()
})

test('circular', () => {
  const request: Record<string, unknown> = { id: 7, token: 't0p' }
  request['response'] = { request, status: 500 }
  const list: unknown[] = [1]
  list.push(list)
  const error: Error & { self?: unknown } = new Error('loop')
  error.self = error
  error.cause = error
  const event = eventOf('loop', { request, list, error })
  expect(event['request'], 'the request').toEqual({ id: 7, token: '[redacted]', response: { request: '[circular]', status: 500 } })
  expect(event['list'], 'the list').toEqual([1, '[circular]'])
  expect([(event['error'] as Event)['self'], (event['error'] as Event)['cause']], 'the error in itself').toEqual(['[circular]', '[circular]'])
})

test('twice-is-not-circular', () => {
  const address = { city: 'Ghent' }
  expect(eventOf('order', { from: address, to: address, stops: [address, address] }), 'the event').toEqual({
    timestamp: '2026-01-05T10:30:05.120Z', level: 'error', service: 'shop', message: 'order', from: address, to: address, stops: [address, address],
  })
})

test('untouched', () => {
  const fields = { user: { password: 'hunter2', nested: [{ token: 'abc' }] }, url: '/x?token=abc' }
  const before = structuredClone(fields)
  eventOf('login', fields)
  expect(fields, 'the object that was logged').toEqual(before)
  const frozen = Object.freeze({ headers: Object.freeze({ cookie: 'sid=1' }) })
  expect(eventOf('frozen', frozen)['headers'], 'a frozen object').toEqual({ cookie: '[redacted]' })
})

test('odd-values', async () => {
  const odd: [string, unknown][] = [
    ['a BigInt', 71n], ['undefined', undefined], ['a function', () => 1], ['a symbol', Symbol('s')], ['an invalid date', new Date(Number.NaN)],
    ['a getter that throws', Object.defineProperty({ a: 1 }, 'bad', { enumerable: true, get: () => { throw new Error('no') } })],
    ['a toJSON that throws', { toJSON: () => { throw new Error('no') } }], ['no prototype', Object.assign(Object.create(null) as object, { a: 1 })], ['NaN', Number.NaN], ['a map', new Map([['a', 1n]])],
  ]
  for (const [what, value] of odd) {
    const { state, value: lines } = await outcome((async () => linesOf('odd', { value, list: [value], after: 1 }))())
    expect(state, `logging ${what}`).toBe('fulfilled')
    const event = JSON.parse(lines?.[0] ?? '{}') as Event
    expect([lines?.length, event['message'], event['after']], `the line with ${what}`).toEqual([1, 'odd', 1])
  }
  expect(eventOf('date', { at: new Date(0) })['at'], 'a date').toBe('1970-01-01T00:00:00.000Z')
})

test('still-useful', () => {
  const fields = { token_count: 812, max_tokens: 4_000, secretary_id: 12, author: 'Ana', cookies_accepted: true, status: 500, user_id: 'u-7', tokenizer: { vocabulary: 32_000 }, passwordless: true }
  const event = eventOf('slow answer', fields)
  for (const [key, value] of Object.entries(fields)) expect(event[key], key).toEqual(value)
  for (const text of ['/search?q=token&page=2', 'the bearer of bad news', 'see https://example.com:8080/a@b', 'user=7&order=3', 'mail ana@example.com', 'ratio 3:4@home', '/list?tokens=5&secretary=ana']) expect(eventOf(text)['message'], 'a text without a secret').toBe(text)
})
