import { describe, expect, it } from 'vitest'
import { runToPage } from '../play.ts'
import { readIncident } from '../read-incident.ts'
import { files, incident } from '../testing/small.ts'
import { evaluate, proseNumber } from './arithmetic.ts'
import { drawValues } from './draw.ts'
import type { Varied } from './draw.ts'
import { fillDeep } from './fill.ts'

const values = new Map<string, number | string>([['buyers', 60], ['pool-size', 50], ['release', 'v2']])

describe('a text with sums', () => {
  it.each([['buyers', 60], ['buyers * 30', 1800], ['pool-size / 30', 50 / 30], ['(buyers + 20) * 2 - 10', 150], ['release', 'v2']])('%s is %s', (text, value) => expect(evaluate(text, values)).toEqual({ ok: true, value }))
  it.each([['sellers', 'no number that varies'], ['buyers *', 'missing'], ['(buyers', 'not closed'], ['buyers buyers', 'not expected'], ['buyers / 0', 'no value'], ['release * 2', 'no number']])('%s is a mistake', (text, message) => {
    const answer = evaluate(text, values)
    expect(answer.ok ? '' : answer.error).toContain(message)
  })
  it.each([[1800, '1,800'], [1234567, '1,234,567'], [12.5, '12.5'], [1.6667, '1.7'], [0.36, '0.36'], [0.1234, '0.12'], [7, '7'], [123.4, '123']])('%d is written %s', (value, written) => expect(proseNumber(value)).toBe(written))
  it('is filled wherever it stands, without separators where a machine reads it, and alerts keep what is theirs', () => {
    expect(fillDeep({ because: ['{{buyers * 30}} of {{ release }}', '{{ buyers / 7; 0 }}%'], claim: '< {{buyers * 30}}', summary: '{{ $value }} fail' }, values)).toEqual({ because: ['1,800 of v2', '9%'], claim: '< 1800', summary: '{{ $value }} fail' })
  })
})

describe('the values of a seed', () => {
  const varied: readonly Varied[] = [{ name: 'buyers', kind: 'number', base: 60, from: 50, to: 70, step: 0.5 }, { name: 'release', kind: 'word', base: 'v2', among: ['v2', 'v7', 'v9'] }]
  it('are those of the files for seed 1', () => expect([...drawValues('x', varied, 1)]).toEqual([['buyers', 60], ['release', 'v2']]))
  it('stay in their range, on their steps, differ by seed, and are the same again', () => {
    const drawn = Array.from({ length: 200 }, (_, seed) => drawValues('x', varied, seed + 2))
    const buyers = drawn.map((one) => Number(one.get('buyers')))
    for (const number of buyers) expect(number >= 50 && number <= 70 && Number.isInteger(number * 2)).toBe(true)
    expect(new Set(buyers).size).toBeGreaterThan(30)
    expect(new Set(drawn.map((one) => one.get('release')))).toEqual(new Set(['v2', 'v7', 'v9']))
    expect(drawValues('x', varied, 9)).toEqual(drawValues('x', varied, '9'))
  })
  it('do not shift when another is added', () => {
    const more: readonly Varied[] = [{ name: 'first', kind: 'number', base: 1, from: 1, to: 9, step: 1 }, ...varied]
    expect(drawValues('x', more, 5).get('buyers')).toBe(drawValues('x', varied, 5).get('buyers'))
  })
})

describe('an incident whose numbers vary', () => {
  const vary = '\nvary: { onset: 60s, values: { visitors: { of: clients.users.rate, from: 16, to: 26 }, sites: { of: [databases.db.cores], from: 2, to: 4 } } }\n'
  const told = incident.replace('reads the whole table', 'reads the whole table {{visitors * 60}} times a minute') + vary
  const read = (text: string, seed: number, debrief = 'It was {{visitors}} a second.') => readIncident('incidents/small', (name) => ({ ...files, 'incident.yaml': text, 'debrief.md': debrief })[name] ?? null, { seed })
  it('is as its files say with seed 1, and otherwise with other seeds, in its world as in its texts', () => {
    const one = read(told, 1)
    const other = read(told, 4)
    if (!one.ok || !other.ok) throw new Error(JSON.stringify([one, other]))
    expect(one.value.spec.truth.mechanism).toBe('reads the whole table 1,200 times a minute')
    expect(one.value.topology.faults[0]?.atUs).toBe(180_000_000)
    const rate = (of: typeof one.value): unknown => of.topology.parts.find(({ name }) => name === 'users')?.spec
    expect(rate(other.value)).not.toEqual(rate(one.value))
    expect(other.value.spec.truth.mechanism).not.toBe(one.value.spec.truth.mechanism)
    expect(other.value.topology.faults[0]?.atUs).toBeGreaterThan(180_000_000)
    expect(other.value.topology.faults[0]?.atUs).toBeLessThanOrEqual(240_000_000)
    expect(runToPage(other.value, 4)?.pageUs).toBeGreaterThan(other.value.topology.faults[0]?.atUs ?? Infinity)
  })
  it.each([
    [told.replace('clients.users.rate', 'clients.nobody.rate'), 'It was.', 'no text or number at "clients.nobody.rate"'],
    [told.replace('clients.users.rate', 'clients.users.call'), 'It was.', 'must begin with a number'],
    [told.replace('{{visitors', '{{guests'), 'It was.', '"guests" is no number that varies here.'],
    [told, 'It was {{ guests }}.', 'debrief.md: "guests" is no number that varies here.'],
    [told.replace('from: 16', 'from: 46'), 'It was.', 'from must be below to'],
  ])('tells a mistake in it: %#', (text, debrief, message) => {
    const outcome = read(text, 2, debrief)
    expect(outcome.ok ? '' : outcome.error.map((problem) => problem.message).join('\n')).toContain(message)
  })
})
