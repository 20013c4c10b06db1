import { describe, expect, it } from 'vitest'
import { complaints, linesWith, newest, survivesSnapshot, worldOf } from '../../testing/observe.ts'
import type { World } from '../../world.ts'
import { Node } from './node.ts'

const second = 1_000_000
const minute = 60 * second

const cluster = ({ first = '', faults = '', steps = '{ cpu: exp(5ms) }' } = {}): string => `
nodes:
  node-1: { cores: 4, runs: [web], evict: 60s${first} }
  node-2: { cores: 4, runs: [web], evict: 60s }
  node-3: { cores: 4, runs: [web], evict: 60s }
services:
  web:
    replicas: 6
    cores: 1
    start: 10s
    endpoints:
      GET /: [ ${steps} ]
clients:
  shoppers: { rate: 120/s, call: web GET / }
${faults === '' ? '' : `faults:\n  - ${faults}`}`

function nodeOf(world: World, name: string): Node {
  const node = world.part(name)
  if (!(node instanceof Node)) throw new TypeError(`${name} should be a node`)
  return node
}

const podsOn = (world: World): number[] => ['node-1', 'node-2', 'node-3'].map((name) => nodeOf(world, name).pods.length)
const failed = (world: World): number => newest(world, 'user_requests_total') - newest(world, 'user_requests_total', { outcome: 'ok' })

describe('nodes', () => {
  it('share pods, and tell where they are and what their cores do', () => {
    const world = worldOf(cluster())
    world.runUntil(2 * minute)
    expect(podsOn(world)).toEqual([2, 2, 2])
    expect(newest(world, 'kube_pod_info', { node: 'node-2' })).toBe(2)
    // 120 requests of 5 ms a second are 0.6 cores, a third of them here.
    expect(newest(world, 'node_cpu_seconds_total', { instance: 'node-1', mode: 'user' }) / 120).toBeCloseTo(0.2, 1)
    expect(newest(world, 'node_cpu_seconds_total', { instance: 'node-1' }) / 120).toBeCloseTo(4, 0)
  })

  it('slow their pods down when a neighbour is noisy, and show it as steal', () => {
    const world = worldOf(cluster({ faults: '{ at: 1m, noisy-neighbour: node-1, steal: 80%, for: 4m }' }))
    world.runUntil(3 * minute)
    const mean = (pod: string): number => newest(world, 'http_request_duration_seconds_sum', { pod }) / newest(world, 'http_request_duration_seconds_count', { pod })
    const service = nodeOf(world, 'node-1')
    const pods = world.telemetry.series.select([{ name: '__name__', op: '=', value: 'kube_pod_info' }], -Infinity, Infinity).map(({ labels }) => ({ node: labels['node'], mean: mean(labels['pod'] ?? '') }))
    const slow = pods.filter(({ node }) => node === 'node-1').map((pod) => pod.mean)
    const quick = pods.filter(({ node }) => node !== 'node-1').map((pod) => pod.mean)
    expect(Math.min(...slow)).toBeGreaterThan(2 * Math.max(...quick))
    expect(newest(world, 'node_cpu_seconds_total', { instance: 'node-1', mode: 'steal' })).toBeCloseTo(0.8 * 4 * 120, -1)
    expect(world.act({ action: 'drain-node', target: 'node-1' })).toMatchObject({ ok: true })
    world.runUntil(5 * minute)
    expect(podsOn(world)).toEqual([0, 3, 3])
    expect(failed(world)).toBe(0)
    expect(service.isCordoned).toBe(true)
  })

  it('take their pods with them when they are lost, until these are made anew elsewhere', () => {
    const world = worldOf(cluster({ faults: '{ at: 1m, lose-node: node-1 }' }))
    world.runUntil(minute + 30 * second)
    const whileUnnoticed = failed(world)
    // A third of the requests of half a minute.
    expect(whileUnnoticed).toBeGreaterThan(900)
    expect(newest(world, 'user_requests_total', { outcome: 'unreachable' })).toBeGreaterThan(900)
    expect(newest(world, 'up', { job: 'node', instance: 'node-1' })).toBe(0)
    expect(newest(world, 'kube_node_status_condition', { node: 'node-1' })).toBe(0)
    world.runUntil(minute + 45 * second)
    const noticed = failed(world)
    world.runUntil(3 * minute)
    expect(failed(world)).toBe(noticed)
    expect(podsOn(world)).toEqual([0, 3, 3])
    expect(newest(world, 'kube_pod_info')).toBe(6)
    expect(linesWith(world, 'node-controller').map((line) => /msg":"([^"]*)"/.exec(line)?.[1])).toEqual(['Node node-1 status is now: NodeNotReady', 'Marking all pods on node node-1 for deletion: taint node.kubernetes.io/unreachable'])
  })

  it('start their pods again when they come back in time', () => {
    const world = worldOf(cluster({ faults: '{ at: 1m, lose-node: node-1, for: 50s }' }))
    world.runUntil(4 * minute)
    expect(podsOn(world)).toEqual([2, 2, 2])
    const before = failed(world)
    world.runUntil(5 * minute)
    expect(failed(world)).toBe(before)
  })

  it('fail writes when the disk is full, for the pods that are there', () => {
    const world = worldOf(cluster({ first: ', disk: { size: 10GB, used: 9GB }', steps: '{ write-disk: node-1, bytes: 4KB }, { cpu: 1ms }', faults: '{ at: 1m, fill-disk: node-1, growth: 10MB }' }))
    world.runUntil(2 * minute)
    expect(failed(world)).toBe(0)
    // A gigabyte, less ten megabytes a second for a minute and 4 KB for a third of the requests.
    const free = newest(world, 'node_filesystem_avail_bytes', { instance: 'node-1' })
    expect(free).toBeGreaterThan(0.38 * 2 ** 30)
    expect(free).toBeLessThan(0.42 * 2 ** 30)
    world.runUntil(4 * minute)
    expect(newest(world, 'node_filesystem_avail_bytes', { instance: 'node-1' })).toBe(0)
    const failures = failed(world)
    expect(failures).toBeGreaterThan(2000)
    expect(linesWith(world, 'web').some((line) => line.includes('no space left on device'))).toBe(true)
    world.act({ action: 'stop-growth', target: 'node-1' })
    world.act({ action: 'free-disk', target: 'node-1', to: '60%' })
    world.runUntil(6 * minute + 5 * second)
    const settled = failed(world)
    world.runUntil(9 * minute)
    expect(failed(world)).toBe(settled)
  })

  it('fill with the logs of requests, and block what writes to them', () => {
    const text = `
nodes:
  db-node: { disk: { size: 1GB, used: 900MB, logs: { web: 8KB }, blocks: [ledger post] } }
externals:
  ledger: { latency: 1ms }
services:
  web:
    endpoints:
      POST /: [ { call: ledger post } ]
      GET /: [ { call: ledger get } ]
clients:
  writers: { rate: 50/s, call: web POST / }
  readers: { rate: 50/s, call: web GET / }
`
    const world = worldOf(text)
    // 124 MB at 8 KB and 100 requests a second: 159 seconds.
    world.runUntil(150 * second)
    expect(failed(world)).toBe(0)
    world.runUntil(240 * second)
    expect(newest(world, 'client_requests_total', { operation: 'post', outcome: 'disk-full' })).toBeGreaterThan(3500)
    expect(newest(world, 'client_requests_total', { operation: 'get', outcome: 'ok' })).toBeCloseTo(12_000, -3)
    expect(failed(world)).toBeLessThan(4500)
  })

  it('are the same after a snapshot', () => {
    expect(survivesSnapshot(cluster({ faults: '{ at: 30s, lose-node: node-1, for: 2m }\n  - { at: 20s, noisy-neighbour: node-2, steal: 50% }' }), 75_123_456, 4 * minute)).toBe(true)
  })

  it('complain with a line', () => {
    expect(complaints(cluster({ first: ', disk: { logs: { wep: 1KB } }' }))[0]).toMatch(/^3: There is no part "wep"\. Did you mean "web"/)
    expect(complaints(cluster({ faults: '{ at: 1m, fill-disk: node-1 }' }))[0]).toContain('needs one of growth and to')
    expect(complaints(cluster({ steps: '{ write-disk: web, bytes: 1KB }' }))[0]).toContain('"web" is not under nodes')
  })
})
