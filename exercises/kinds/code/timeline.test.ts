import { expect, it } from 'vitest'
import type { TestRun } from './report.ts'
import { sequenceDiagram } from './timeline.ts'

const run: TestRun = {
  test: 'x', seed: 3, passed: false, dropped: 0, endMs: 30, failure: { failure: 'wrong', message: 'expected 1; got 2' },
  trace: [
    { kind: 'call', atMs: 0, name: 'bank', call: 1, text: '"a"' },
    { kind: 'timer', atMs: 0, delayMs: 10, place: { file: 'retry.test.ts', line: 3 } },
    { kind: 'timer', atMs: 10, delayMs: 40, place: { file: 'retry.ts', line: 12 } },
    { kind: 'return', atMs: 10, name: 'bank', call: 1, outcome: 'error', text: 'Error: 503\nsecond line' },
    { kind: 'note', atMs: 20, text: 'the clock jumps' },
  ],
}

it('draws calls, answers, notes and the timers of the program, and keeps text out of the syntax', () => {
  expect(sequenceDiagram(run, ['retry.ts']).split('\n')).toEqual([
    'sequenceDiagram',
    '  participant p0 as program',
    '  participant p1 as bank',
    '  p0->>p1: 0 ms, call 1 ("a")',
    '  p0->>p0: 10 ms, timer of 40 ms, line 12',
    '  p1-xp0: 10 ms, call 1, Error: 503 second line',
    '  Note over p0: 20 ms, the clock jumps',
    '  Note over p0: 30 ms, failed. expected 1  got 2',
  ])
})

it('keeps the end of a long run', () => {
  const trace = Array.from({ length: 100 }, (_, n) => ({ kind: 'note' as const, atMs: n, text: `n${n}` }))
  const lines = sequenceDiagram({ ...run, trace }, []).split('\n')
  expect(lines).toContain('  Note over p0: 82 earlier lines left out')
  expect(lines.at(-2)).toBe('  Note over p0: 99 ms, n99')
})

it('says like calls at one time in one line', () => {
  const calls = [1, 2, 3].flatMap((call) => [
    { kind: 'call' as const, atMs: 0, name: 'bank', call, text: '"a"' },
    { kind: 'timer' as const, atMs: 0, delayMs: 5, place: { file: 'retry.test.ts', line: 3 } },
  ])
  const answers = [1, 2, 3, 4].map((call) => ({ kind: 'return' as const, atMs: 5, name: 'bank', call, outcome: 'value' as const, text: String(call) }))
  const lines = sequenceDiagram({ ...run, trace: [...calls, ...answers] }, ['retry.ts']).split('\n')
  expect(lines).toContain('  p0->>p1: 0 ms, 3 calls, 1 to 3 ("a")')
  expect(lines).toContain('  p1-->>p0: 5 ms, 4 calls, 1 to 4, 1 and others')
})
