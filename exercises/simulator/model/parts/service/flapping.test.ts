import { describe, expect, it } from 'vitest'
import { newest, worldOf } from '../../testing/observe.ts'
import { Service } from './service.ts'

const second = 1_000_000

/** A service that is asked for a little more than it can do: its probes wait behind requests. */
const shop = (readiness: string, shed = ''): string => `
telemetry: { traces: 0 }
services:
  web:
    replicas: 4
    cores: 1
    threads: 8
    queue: 200
    readiness: ${readiness}
${shed}
    endpoints:
      GET /: [ { cpu: exp(20ms) } ]
clients:
  shoppers: { rate: 210/s, call: web GET /, timeout: 5s }
`

/** How often the number of pods in rotation changed in four minutes, and the least that there was. */
function rotation(text: string): { changes: number; least: number; ok: number } {
  const world = worldOf(text)
  const service = world.part('web')
  if (!(service instanceof Service)) throw new TypeError('web should be a service')
  let [changes, least, before] = [0, 4, 4]
  for (let at = second; at <= 240 * second; at += second) {
    world.runUntil(at)
    const ready = service.replicas.filter((replica) => replica.ready === 1).length
    if (ready !== before) changes += 1
    least = Math.min(least, ready)
    before = ready
  }
  return { changes, least, ok: newest(world, 'user_requests_total', { outcome: 'ok' }) / newest(world, 'user_requests_total') }
}

describe('health checks under load', () => {
  it('flap: pods leave rotation, those that are left get their load and leave too, and come back when they are idle', () => {
    const eager = rotation(shop('{ every: 2s, timeout: 500ms, failures: 1 }'))
    expect(eager.changes).toBeGreaterThan(15)
    expect(eager.least).toBeLessThan(2)
    const patient = rotation(shop('{ every: 10s, timeout: 10s, failures: 6 }'))
    expect(patient.changes).toBe(0)
    expect(patient.ok).toBeGreaterThan(eager.ok)
  })

  it('stay calm when pods refuse what they cannot do', () => {
    expect(rotation(shop('{ every: 2s, timeout: 500ms, failures: 3 }', '    shed: { inflight: 12 }')).changes).toBe(0)
  })
})
