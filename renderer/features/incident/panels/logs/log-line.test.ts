import { expect, it } from 'vitest'
import { parseLogql } from '../../../../../exercises/simulator/logql/index.ts'
import { readLine, withFilter } from './log-line.ts'

it('reads the fields of a line', () => {
  const line = readLine(JSON.stringify({ ts: 't', level: 'WARN', msg: 'slow', trace_id: 'a'.repeat(32), status: 500, user: { id: 1 } }))
  expect(line).toMatchObject({ level: 'warn', message: 'slow', traceId: 'a'.repeat(32) })
  expect(line.fields).toContainEqual(['user', '{"id":1}'])
})

it.each(['plain text', '{broken', '[1]', 'null', '{"msg":"x","trace_id":"no"}'])('takes %s as it is', (text) => {
  expect(readLine(text).traceId).toBeNull()
})

it('adds a filter that parses, whatever the value', () => {
  for (const query of ['{service="orders"}', '{service="orders"} | json']) {
    const filtered = withFilter(query, 'error', 'a "quoted" \\ value', '!=')
    expect(parseLogql(filtered).ok).toBe(true)
    expect(filtered.match(/json/g)).toHaveLength(1)
  }
})
