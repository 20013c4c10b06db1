/** A small incident, quick enough for many runs. */
import { readIncident } from '../index.ts'
import type { Incident } from '../index.ts'

export const topology = `
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
export const incident = `
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
  label: the table is read without an index
  mechanism: reads the whole table
  trigger: the index is gone
  onset: change:db
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

/** The same system with nothing wrong: the alert takes more users for trouble. */
export const falseTopology = topology
  .replace('faults: [{ at: 3m, drop-index: db, table: t, index: pk }]', 'faults: [{ at: 3m, traffic: users, factor: 2 }]')
  .replace(/UsersFail: .*/, "UsersFail: { expr: 'sum(rate(user_requests_total[1m])) > 30', for: 30s }")
export const falseIncident = `
id: small
kind: false-alarm
title: A small one with nothing in it
difficulty: 1
minutes: 5
chapter: ch07
skills: [indexes]
covers: [prod.1.2]
history: 2m
page: { alert: UsersFail, within: 4m }
objective: { label: users succeed, when: 'sum(rate(user_requests_total{outcome="ok"}[1m])) / sum(rate(user_requests_total[1m])) > 0.98', hold: 1m, within: 6m }
budget: { good: 'sum(user_requests_total{outcome="ok"})', total: sum(user_requests_total), target: 0.99 }
truth:
  component: api
  label: the alert compares a rate with a limit for a share
  mechanism: 40 requests a second are more than 30
  trigger: nothing
  onset: nothing
  at: 2m
  evidence:
    - { id: well, label: users succeed, kind: promql, query: 'sum(rate(user_requests_total{outcome="ok"}[1m])) / sum(rate(user_requests_total[1m]))', claim: '> 0.98', tellsApartFrom: [release] }
    - { id: quiet, label: nothing failed, kind: logql, query: '{service="api"} |= "failed"', claim: '== 0' }
rivals:
  - { id: release, label: the release, because: it works, innocent: { kind: promql, query: 'sum(rate(http_requests_total{job="other",code=~"5.."}[1m]))', claim: '== 0' } }
actions:
  - { act: { action: scale, target: other, replicas: 2 }, verdict: needless, because: it works }
  - { act: { action: restart, target: api }, verdict: harmful, because: what is in flight is lost }
expert:
  - { after: page+1m, acknowledge: true }
wrong:
  - { name: restart-it, belief: it is stuck, play: [{ after: page, act: { action: restart, target: api, at-once: true } }], expect: worse, because: one pod is all pods }
hints: { guided: [look at users], assisted: [users] }
`

export const files: Record<string, string> = { 'incident.yaml': incident, 'topology.yaml': topology, 'briefing.md': 'You are on call.', 'debrief.md': 'It was the index.' }

/** Reads it, with some files changed. */
export function readSmall(changed: Record<string, string> = {}): Incident {
  const outcome = readIncident('incidents/small', (name) => ({ ...files, ...changed })[name] ?? null)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
  return outcome.value
}
