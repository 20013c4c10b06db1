/** An hour of history fits in memory: measured on a tenth of it, as all columns grow in proportion, and by V8's own count. */
import { describe, expect, it } from 'vitest'
import { Telemetry } from '../../exercises/simulator/telemetry/index.ts'
import { recordHour } from '../bench/simulator-telemetry.ts'

const hourMegabytesMax = 150

describe('an hour of a 6-service system at 300 requests/s', () => {
  it('stays under the budget, with logs and a tenth of the traces', () => {
    const telemetry = new Telemetry({ traceSampleRate: 0.1 })
    const before = process.memoryUsage()
    recordHour(telemetry, 300 * 360)
    const after = process.memoryUsage()
    const { total, pending } = telemetry.bytes()
    const hourMegabytes = ((total - pending) * 10 + pending) / 1e6
    expect(hourMegabytes).toBeLessThan(hourMegabytesMax)
    expect(telemetry.dropped()).toMatchObject({ samples: 0, logLines: 0, traces: 0, evictedTraces: 0 })
    // The count of bytes must be honest: array buffers that V8 knows of exceed it only by what awaits collection.
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(total * 2.5)
  })

  it('is bounded whatever the rate of traces', () => {
    const telemetry = new Telemetry({ traceSampleRate: 1, limits: { logBytesMax: 2_000_000, spanBytesMax: 2_000_000 } })
    recordHour(telemetry, 300 * 360)
    const { logs, spans } = telemetry.bytes()
    // Open chunks come on top of the limits: 8 streams of 34 KB, and one chunk of spans.
    expect(logs).toBeLessThan(2_000_000 + 8 * 34_000 + 1_000)
    expect(spans).toBeLessThan(2_000_000 + 400_000)
    expect(telemetry.dropped().traces).toBeGreaterThan(0)
  })
})
