import { describe, expect, it } from 'vitest'
import { complaints, linesWith, newest, survivesSnapshot, worldOf } from '../../testing/observe.ts'
import type { World } from '../../world.ts'
import { Autoscaler } from './autoscaler.ts'

const minute = 60_000_000

const shop = ({ autoscaler = '', service = '', clients = 'rate: 10/s', faults = '' } = {}): string => `
telemetry: { scrape: 15s, traces: 0 }
services:
  web:
    replicas: 2
    cores: 1
    start: 10s
${service}
    endpoints:
      GET /: [ { cpu: exp(100ms) } ]
autoscalers:
  web-hpa: { of: web, min: 2, max: 20, target: 50%${autoscaler} }
clients:
  shoppers: { ${clients}, call: web GET /, timeout: 5s }
${faults === '' ? '' : `faults:\n  - ${faults}`}`

function autoscalerOf(world: World): Autoscaler {
  const autoscaler = world.part('web-hpa')
  if (!(autoscaler instanceof Autoscaler)) throw new TypeError('web-hpa should be an autoscaler')
  return autoscaler
}

/** Number of pods every 15 seconds. */
function podsOver(world: World, untilUs: number): number[] {
  const pods: number[] = []
  for (let at = world.nowUs + 15_000_000; at <= untilUs; at += 15_000_000) {
    world.runUntil(at)
    pods.push(autoscalerOf(world).pods)
  }
  return pods
}

const turns = (pods: readonly number[]): number => {
  const steps = pods.map((count, at) => Math.sign(count - (pods[at - 1] ?? count))).filter((step) => step !== 0)
  return steps.filter((step, at) => at > 0 && step !== steps[at - 1]).length
}

describe('an autoscaler', () => {
  it('finds the number of pods at which their use is near its target', () => {
    const world = worldOf(shop({ clients: 'rate: 30/s' }))
    const pods = podsOver(world, 20 * minute)
    // 30 requests of 100 ms a second are three cores, at half use six pods.
    expect(pods.at(-1)).toBeGreaterThanOrEqual(6)
    expect(pods.at(-1)).toBeLessThanOrEqual(8)
    expect(turns(pods)).toBeLessThanOrEqual(2)
    expect(newest(world, 'kube_horizontalpodautoscaler_status_current_replicas')).toBe(pods.at(-1))
    expect(linesWith(world, 'horizontal-pod-autoscaler')[0]).toContain('New size:')
  })

  it('lets users feel a sudden load until new pods have started', () => {
    const spike = (start: string): number => {
      const world = worldOf(shop({ clients: 'rate: 10/s', faults: '{ at: 5m, traffic: shoppers, factor: 5 }' }).replace('start: 10s', `start: ${start}`))
      world.runUntil(15 * minute)
      return newest(world, 'user_requests_total') - newest(world, 'user_requests_total', { outcome: 'ok' })
    }
    const [quick, slow] = [spike('2s'), spike('90s')]
    expect(slow).toBeGreaterThan(quick + 500)
  })

  it('takes pods away only after its look back', () => {
    const world = worldOf(shop({ clients: 'rate: 60/s', faults: '{ at: 10m, traffic: shoppers, factor: 0.1 }' }))
    world.runUntil(10 * minute)
    const before = autoscalerOf(world).pods
    expect(before).toBeGreaterThanOrEqual(12)
    world.runUntil(14 * minute)
    expect(autoscalerOf(world).pods).toBe(before)
    world.runUntil(17 * minute)
    expect(autoscalerOf(world).pods).toBe(2)
  })

  it('swings when it acts on old measurements without looking back, and stops when it is configured to', () => {
    const bad = { autoscaler: ", delay: 60s, stabilise-down: 0s, burst: 10, tolerance: 5%", clients: 'rate: 40/s', service: '    cold-factor: 4\n    warm: 60s' }
    const world = worldOf(shop(bad))
    const swinging = podsOver(world, 30 * minute)
    expect(turns(swinging)).toBeGreaterThan(6)
    expect(world.act({ action: 'configure', target: 'web-hpa', 'stabilise-down': '10m', 'stabilise-up': '2m' })).toMatchObject({ ok: true })
    const calm = podsOver(world, 75 * minute).slice(60)
    expect(turns(calm)).toBeLessThanOrEqual(1)
    expect(calm.at(-1)).toBeGreaterThanOrEqual(8)
  })

  it('does nothing while it is suspended or blind, and undoes what was set by hand else', () => {
    const world = worldOf(shop({ autoscaler: ', stabilise-down: 30s' }))
    world.runUntil(3 * minute)
    world.act({ action: 'scale', target: 'web', replicas: 10 })
    world.runUntil(6 * minute)
    expect(autoscalerOf(world).pods).toBeLessThan(4)
    world.act({ action: 'suspend', target: 'web-hpa' })
    world.act({ action: 'scale', target: 'web', replicas: 10 })
    world.runUntil(9 * minute)
    expect(autoscalerOf(world).pods).toBe(10)
    const blind = worldOf(shop({ faults: '{ at: 0s, lose-metrics: web-hpa }', clients: 'rate: 30/s' }))
    expect(podsOver(blind, 5 * minute).every((pods) => pods === 2)).toBe(true)
    expect(newest(blind, 'kube_horizontalpodautoscaler_status_condition', { condition: 'ScalingActive' })).toBe(0)
  })

  it('is the same after a snapshot', () => {
    expect(survivesSnapshot(shop({ clients: 'rate: 30/s' }), 52_123_456, 5 * minute)).toBe(true)
  })

  it('complains with a line', () => {
    expect(complaints(shop().replace('of: web', 'of: webb'))[0]).toMatch(/^\d+: There is no part "webb"\. Did you mean "web/)
    expect(complaints(shop().replace('min: 2', 'min: 30'))[0]).toContain('min must not be above max')
  })
})
