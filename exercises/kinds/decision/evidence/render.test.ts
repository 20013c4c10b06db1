import { describe, expect, it } from 'vitest'
import { inColumns } from './print.ts'
import { renderEvidence } from './render.ts'
import { evidenceSchema } from './shows.ts'

const topology = `
telemetry: { scrape: 15s, traces: 100%, access-logs: 100% }
services:
  api:
    dependencies: { partner: { timeout: 1s } }
    endpoints: { GET /: [{ cpu: 2ms }, { call: partner ask }] }
externals:
  partner: { latency: 20ms }
clients:
  users: { rate: 5/s, call: api GET /, timeout: 10s }
faults:
  - { at: 4m, deploy: api, version: v2 }
  - { at: 5m, down: partner, hangs: true }
`

const render = (...parts: object[]): string => renderEvidence(topology, evidenceSchema.parse({ seed: 1, shows: { text: parts } }))['text'] ?? ''

describe('renderEvidence', () => {
  it('prints a table with a row for each series and a dash where there is none', () => {
    const text = render({ table: 'answers', at: ['3m', '10m'], rows: [{ ask: 'sum by (code) (rate(http_requests_total[2m]))', unit: 'per-second', label: 'code {{code}}' }, { ask: 'max(http_server_threads_max)', unit: 'whole', label: 'threads' }] })
    expect(text).toMatch(/^answers +09:03 +09:10\ncode 200 +4\.\d+\/s +0\.00\/s\ncode 504 +- +[\d.]+\/s\nthreads +200 +200\n$/)
  })

  it('prints log lines, the spans of a trace, counts, commands and changes', () => {
    expect(render({ logs: '{service="api"} | json | level="error" | line_format "{{.msg}}"', at: '8m', since: '1m', lines: 2 })).toMatch(/^(09:07:\d\d\.\d{3} request failed: timeout waiting for partner\n){2}$/)
    expect(render({ trace: 'service=api status=error', at: '8m', since: '1m' })).toMatch(/api server GET \/ +\+0\.0 ms +100\d ms +error\n {2}api client ask +\+[\d.]+ ms +1000 ms +error/)
    expect(render({ count: 'status=error', at: '4m', since: '4m', title: 'errors' })).toBe('errors: 0\n')
    expect(render({ run: 'kubectl get pods -l app=api', at: '3m', most: 2 })).toMatch(/^\$ kubectl get pods -l app=api\nNAME[^\n]+\napi-[^\n]+\n\.\.\. and 1 more\n$/)
    expect(render({ changes: true, from: '0s', at: '8m' })).toBe('09:04  deploy api: version v1 -> v2\n')
  })

  it('tells when there is nothing, and refuses a question about nothing', () => {
    expect(render({ logs: '{service="nobody"}', at: '3m', since: '1m', title: 'nobody' }, { say: 'So.\n' })).toBe('nobody\n(no lines)\n\nSo.\n')
    expect(() => render({ table: '', at: ['3m'], rows: [{ ask: 'no_such_metric', label: '' }] })).toThrow('no series')
    expect(() => renderEvidence('services: 3', evidenceSchema.parse({ seed: 1, shows: { a: [{ say: 'x' }] } }))).toThrow('topology.yaml')
  })

  it('comes to the same moments whatever the order in which texts are written', () => {
    const late = { run: 'kubectl get pods -l app=api', at: '8m' }
    const early = { run: 'kubectl get pods -l app=api', at: '2m' }
    const shows = (parts: object): Record<string, string> => renderEvidence(topology, evidenceSchema.parse({ seed: 1, shows: parts }))
    expect(shows({ a: [late], b: [early] })).toEqual(shows({ b: [early], a: [late] }))
  })
})

it('aligns numbers to the right', () => {
  expect(inColumns([['a', 'x'], ['bb', '100']])).toBe('a     x\nbb  100')
})
