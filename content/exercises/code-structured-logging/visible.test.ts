import { expect, test } from 'firedrill/test'
import { createLogger } from './logger.ts'
import type { Level } from './log.ts'

function logger(level: Level = 'debug') {
  const lines: string[] = []
  const log = createLogger({ service: 'shop', level, write: (line) => { lines.push(line) }, nowMs: () => Date.UTC(2026, 0, 5, 10, 30, 5, 120) })
  return { log, lines, events: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) }
}

test('one-event', () => {
  const { log, lines, events } = logger()
  log.error('pay failed', { order: 71, retried: true })
  expect(lines.length, 'lines').toBe(1)
  expect(events()[0], 'the event').toEqual({ timestamp: '2026-01-05T10:30:05.120Z', level: 'error', service: 'shop', message: 'pay failed', order: 71, retried: true })
})

test('levels', () => {
  const { log, events } = logger('warn')
  log.debug('a')
  log.info('b')
  log.warn('c')
  log.error('d')
  log.child({ n: 1 }).info('e')
  expect(events().map(({ message }) => message), 'messages at level warn').toEqual(['c', 'd'])
})

test('context', () => {
  const { log, events } = logger()
  const request = log.child({ trace_id: '4bf92f35', route: '/pay' })
  request.child({ attempt: 2 }).info('inner')
  request.info('outer', { route: '/refund' })
  log.info('none')
  const fields = events().map(({ message, trace_id, route, attempt }) => ({ message, trace_id, route, attempt }))
  expect(fields, 'fields of the events').toEqual([
    { message: 'inner', trace_id: '4bf92f35', route: '/pay', attempt: 2 },
    { message: 'outer', trace_id: '4bf92f35', route: '/refund' },
    { message: 'none' },
  ])
})

test('secret-keys', () => {
  const { log, lines, events } = logger()
  log.child({ session: { Cookie: 'sid=s3cr3t' } }).info('login', {
    user: { id: 7, newPassword: 's3cr3t', tags: [{ api_key: 's3cr3t' }, 'plain'] },
    headers: { Authorization: 'Basic s3cr3t', 'Set-Cookie': ['s3cr3t', 's3cr3t'], accept: 'application/json' },
    token: { value: 's3cr3t' },
  })
  expect(lines.join('\n'), 'the line').toMatch(/^(?!.*s3cr3t)/)
  const [event] = events()
  expect(event?.['user'], 'user').toEqual({ id: 7, newPassword: '[redacted]', tags: [{ api_key: '[redacted]' }, 'plain'] })
  expect(event?.['headers'], 'headers').toEqual({ Authorization: '[redacted]', 'Set-Cookie': '[redacted]', accept: 'application/json' })
})
