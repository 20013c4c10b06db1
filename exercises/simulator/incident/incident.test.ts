import { describe, expect, it } from 'vitest'
import { claimHolds, parseClaim } from './claim.ts'
import { playFromPage, readIncident, readPlay, runToPage, scorePlay, verifySeed } from './index.ts'
import type { Incident } from './index.ts'

const topology = `
telemetry: { scrape: 5s, traces: 10% }
services:
  api: { replicas: 1, threads: 8, queue: 20, dependencies: { db: { timeout: 1s } }, endpoints: { GET /: [{ cpu: 1ms }, { query: db find }] } }
  other: { replicas: 1, endpoints: { GET /: [{ cpu: 1ms }] } }
databases:
  db: { cores: 2, tables: { t: { rows: 1M, indexes: [pk] } }, queries: { find: { table: t, index: pk } } }
clients:
  users: { rate: 20/s, call: api GET / }
faults: [{ at: 3m, drop-index: db, table: t, index: pk }]
alerts:
  UsersFail: { expr: 'sum(rate(user_requests_total{outcome!="ok"}[1m])) / sum(rate(user_requests_total[1m])) > 0.1', for: 30s }
`
const incident = `
id: small
title: A small one
difficulty: 1
minutes: 5
chapter: ch07
skills: [indexes]
covers: [prod.1.2]
history: 2m
page: { alert: UsersFail, within: 4m }
objective: { label: users succeed, when: 'sum(rate(user_requests_total{outcome="ok"}[1m])) / sum(rate(user_requests_total[1m])) > 0.98', hold: 1m, within: 6m }
budget: { good: 'sum(user_requests_total{outcome="ok"})', total: sum(user_requests_total), target: 0.99, cost: { amount: 2, currency: EUR } }
truth:
  component: db
  mechanism: reads the whole table
  trigger: the index is gone
  at: 2m
  evidence:
    - { id: rows, label: many rows for a query, kind: promql, query: 'sum(rate(db_rows_examined_total[1m])) / sum(rate(db_queries_total[1m]))', claim: '> 1000', tellsApartFrom: [traffic] }
    - { id: errors, label: requests fail, kind: logql, query: '{service="api"} |= "failed"', claim: '> 10' }
rivals:
  - { id: traffic, label: more users, because: as many as ever, innocent: { kind: promql, query: 'sum(rate(user_attempts_total[1m]))', claim: '< 30' } }
actions:
  - { act: { action: add-index, target: db, table: t, index: pk }, verdict: right, because: it reads one row again }
  - { act: { action: restart, target: other }, verdict: needless, because: it has no part in this }
expert:
  - { after: page+1m, acknowledge: true }
  - { after: page+2m, act: { action: add-index, target: db, table: t, index: pk } }
wrong:
  - { name: restart-it, belief: it is stuck, play: [{ after: page, act: { action: restart, target: api } }], expect: fails, because: the index is still gone }
hints: { guided: [look at rows], assisted: [rows] }
`

const files: Record<string, string> = { 'incident.yaml': incident, 'topology.yaml': topology, 'briefing.md': 'You are on call.', 'debrief.md': 'It was the index.' }

function read(changed: Record<string, string> = {}): Incident {
  const outcome = readIncident('incidents/small', (name) => ({ ...files, ...changed })[name] ?? null)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
  return outcome.value
}

function complaints(from: string, to: string): readonly string[] {
  const text = incident.replace(from, to)
  expect(text).not.toBe(incident)
  const outcome = readIncident('incidents/small', (name) => ({ ...files, 'incident.yaml': text })[name] ?? null)
  return outcome.ok ? [] : outcome.error.map(({ file, line, message }) => `${file}:${line}: ${message}`)
}

const lineOf = (piece: string): number => incident.slice(0, incident.indexOf(piece)).split('\n').length

describe('a claim', () => {
  it.each([['> 0.9', 0.95, true], ['> 0.9', 0.9, false], ['>= 1 and < 5', 1, true], ['>= 1 and < 5', 5, false], ['== 0', 0, true], ['!= 0', Number.NaN, false]])('%s of %d: %s', (text, value, holds) => {
    const claim = parseClaim(text)
    expect(claim !== null && claimHolds(claim, value)).toBe(holds)
  })
  it.each(['', 'about 3', '> 3 or < 1', '> x'])('%j is none', (text) => expect(parseClaim(text)).toBeNull())
})

describe('reading an incident', () => {
  it.each([
    ['difficulty: 1', 'difficulti: 1', 'Did you mean "difficulty"'],
    ['alert: UsersFail', 'alert: NobodyFails', 'has no alert "NobodyFails"'],
    ['component: db', 'component: cash', 'has no part "cash"'],
    ["claim: '> 1000'", "claim: 'a lot'", 'is not a claim'],
    ['[traffic]', '[weather]', 'No rival is called "weather"'],
    ['sum(user_requests_total)', 'sum(user_requests_total', 'PromQL does not read it'],
    ['after: page+2m', 'after: tomorrow', 'is not a moment'],
    ['action: restart, target: other', 'action: crash, target: other', '"crash" is not an action on other'],
    ['action: restart, target: api', 'action: scale, target: api', 'scale: replicas'],
    ['history: 2m', 'history: 4m', 'must come after the history'],
  ])('says what is wrong with %s -> %s, and in which line', (from, to, message) => {
    const found = complaints(from, to)
    expect(found.some((complaint) => complaint.startsWith(`incidents/small/incident.yaml:${lineOf(from)}: `) && complaint.includes(message)), found.join('\n')).toBe(true)
  })
  it('wants a briefing and a debrief', () => {
    const outcome = readIncident('incidents/small', (name) => ({ ...files, 'briefing.md': ' ' })[name] ?? null)
    expect(outcome).toMatchObject({ ok: false, error: [{ message: 'briefing.md is missing or empty.' }] })
  })
})

describe('playing an incident', () => {
  it('scores what was done, and gives the same card for the same seed', () => {
    const small = read()
    const paged = runToPage(small, 5)
    if (paged === null) throw new Error('nobody was paged')
    const idle = scorePlay(small, playFromPage(small, paged, []))
    const expert = scorePlay(small, playFromPage(small, paged, small.spec.expert))
    expect(idle).toMatchObject({ restored: false, acknowledgedSeconds: null, mitigatedSeconds: null, actions: [] })
    expect(expert).toMatchObject({ restored: true, acknowledgedSeconds: 60, harmful: 0, needless: 0, actions: [{ atSeconds: 120, verdict: 'right' }] })
    expect(expert.mitigatedSeconds).toBeGreaterThan(120)
    expect((expert.resolvedSeconds ?? 0) - (expert.mitigatedSeconds ?? 0)).toBe(60)
    expect(expert.failedRequests).toBeLessThan(idle.failedRequests)
    expect(expert.cost).toEqual({ amount: 2 * expert.failedRequests, currency: 'EUR' })
    // 1% of the requests of 30 days at this traffic.
    const shiftDays = (paged.pageUs + small.spec.objective.within - small.spec.history) / 86_400e6
    expect(expert.errorBudgetBurned).toBeCloseTo(expert.failedRequests / (0.01 * expert.requests * (30 / shiftDays)), 9)
    const again = runToPage(small, 5)
    if (again === null) throw new Error('nobody was paged')
    expect(scorePlay(small, playFromPage(small, again, small.spec.expert))).toEqual(expert)
  })
  it('takes a play of its own, waits for conditions, and tells refused and needless actions', () => {
    const small = read()
    const play = readPlay('mine.yaml', `
- { when: 'ALERTS{alertname="UsersFail",alertstate="firing"}', acknowledge: true }
- { after: page+30s, act: { action: restart, target: other } }
- { after: page+40s, act: { action: rollback, target: other } }
`)
    if (!play.ok) throw new Error(JSON.stringify(play.error))
    const paged = runToPage(small, 1)
    if (paged === null) throw new Error('nobody was paged')
    const card = scorePlay(small, playFromPage(small, paged, play.value))
    expect(card).toMatchObject({ acknowledgedSeconds: 0, needless: 1, actions: [{ atSeconds: 30, verdict: 'needless' }, { atSeconds: 40, verdict: 'refused', because: 'There is no version before this one.' }] })
    expect(readPlay('mine.yaml', '- { after: page, acknowledge: true }\n- { act: { action: x, target: y } }')).toMatchObject({ ok: false, error: [{ file: 'mine.yaml', line: 2 }] })
  })
})

describe('verifying an incident', () => {
  const properties = (changed: Record<string, string>, wrongPlays: boolean): readonly string[] => verifySeed(read(changed), 3, { wrongPlays }).map(({ property }) => property)
  it('finds nothing in one that keeps its promises', () => {
    expect(verifySeed(read(), 3, { wrongPlays: true })).toEqual([])
  })
  it.each([
    ['alert-fires', 'topology.yaml', topology, '> 0.1', '> 2'],
    ['alert-fires', 'topology.yaml', topology, '{outcome!="ok"}', ''],
    ['alert-quiet', 'topology.yaml', topology, '{outcome!="ok"}', ''],
    ['does-not-heal', 'incident.yaml', incident, '> 0.98', '>= 0'],
    ['does-not-heal', 'incident.yaml', incident, 'hold: 1m', 'heals: by itself, hold: 1m'],
    ['expert-restores', 'incident.yaml', incident, 'after: page+2m', 'after: page+6m'],
    ['wrong-play', 'incident.yaml', incident, 'expect: fails', 'expect: worse'],
    ['wrong-play', 'incident.yaml', incident, 'act: { action: restart, target: api }', 'act: { action: add-index, target: db, table: t, index: pk }'],
    ['evidence', 'incident.yaml', incident, "claim: '> 1000'", "claim: '> 0'"],
    ['evidence', 'incident.yaml', incident, "claim: '> 10'", "claim: '== 0'"],
    ['rival-innocent', 'incident.yaml', incident, "claim: '< 30'", "claim: '> 30'"],
  ])('finds what breaks %s (%s: %#)', (property, file, text, from, to) => {
    const changed = text.replace(from, to)
    expect(changed).not.toBe(text)
    expect(properties({ [file]: changed }, property === 'wrong-play')).toContain(property)
  })
})
