import { describe, expect, it } from 'vitest'
import { mg1, mmc, mmck } from '../theory/index.ts'
import { measureOpenQueue, mostRequests } from './index.ts'

const base = { seed: 7, requests: 200_000, warmUp: 20_000 }

describe('a measured open queue', () => {
  it('is near theory, with the true wait within three of its intervals', () => {
    const result = measureOpenQueue({ ...base, arrivalRate: 3.2, serviceRate: 1, servers: 4 })
    const figures = mmc({ arrivalRate: 3.2, serviceRate: 1, servers: 4 })
    expect(Math.abs(result.waitInterval.mean - figures.meanWait)).toBeLessThan(3 * result.waitInterval.halfWidth)
    expect(result.meanInSystem - result.meanWait).toBeCloseTo(1, 1)
    expect(result.utilisation).toBeCloseTo(0.8, 1)
    expect(result.throughput / 3.2).toBeCloseTo(1, 1)
    expect(result.lossProbability).toBe(0)
  })

  it('has no scale of its own: rates a thousand million times higher give times as much shorter', () => {
    const slow = measureOpenQueue({ ...base, arrivalRate: 3, serviceRate: 1, servers: 4 })
    for (const factor of [2 ** 30, 2 ** -30]) {
      const other = measureOpenQueue({ ...base, arrivalRate: 3 * factor, serviceRate: factor, servers: 4 })
      expect(other.meanWait * factor).toBe(slow.meanWait)
      expect(other.throughput / factor).toBeCloseTo(slow.throughput, 9)
    }
  })

  it('loses with a limit, and waits less with a steadier service', () => {
    const lossy = measureOpenQueue({ ...base, arrivalRate: 5, serviceRate: 1, servers: 4, capacity: 10 })
    expect(lossy.lossProbability).toBeCloseTo(mmck({ arrivalRate: 5, serviceRate: 1, servers: 4, capacity: 10 }).lossProbability, 2)
    for (const cv2 of [0, 0.5, 3]) {
      const { meanWait } = measureOpenQueue({ ...base, arrivalRate: 0.6, serviceRate: 1, servers: 1, cv2 })
      expect(meanWait / mg1({ arrivalRate: 0.6, serviceRate: 1, cv2 }).meanWait).toBeCloseTo(1, 1)
    }
  })

  it('shortens its unit where the clock would not last, and says when that is not enough', () => {
    const rare = measureOpenQueue({ ...base, arrivalRate: 1e-4, serviceRate: 1, servers: 1, requests: 1_000_000 })
    expect(rare.throughput / 1e-4).toBeCloseTo(1, 1)
    expect(rare.meanInSystem).toBeCloseTo(1, 1)
    expect(mostRequests({ arrivalRate: 1e-12, serviceRate: 1 })).toBeLessThan(100)
    expect(() => measureOpenQueue({ ...base, arrivalRate: 1e-12, serviceRate: 1, servers: 1 })).toThrow(/The clock holds/)
    expect(() => measureOpenQueue({ ...base, arrivalRate: 1, serviceRate: 2, servers: 1, warmUp: 199_990 })).toThrow(/At least 20/)
  })
})
