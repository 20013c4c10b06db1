/** The simulator's own measurements, as rows beside their budgets. */
import { measureEngine } from './simulator-engine.ts'
import { measureModel } from './simulator-model.ts'
import { measurePromql } from './simulator-promql.ts'
import { measureTelemetry } from './simulator-telemetry.ts'
import type { Measurement } from './measure.ts'

export function measureSimulator(): Measurement[] {
  const engine = measureEngine()
  const telemetry = measureTelemetry()
  return [
    { id: 'simulator-mm4', what: 'M/M/4 through the engine', unit: '1/s', value: engine.mm4RequestsPerSecond, budget: 1_000_000, bound: 'least', note: `mean wait is ${engine.mm4WaitOverTheory} of theory's` },
    { id: 'simpy-mm4', what: 'The same M/M/4 in SimPy', unit: '1/s', value: engine.simpyRequestsPerSecond, budget: null, bound: 'least', note: engine.timesSimpy === null ? engine.simpyNote : `${engine.simpyNote} Ours is ${engine.timesSimpy} times as fast.` },
    { id: 'telemetry-hour', what: 'An hour of telemetry: 6 services, 300 requests/s', unit: 'MB', value: telemetry.hourMegabytes, budget: 150, bound: 'most', note: `span ${telemetry.spanRecordNs} ns, log line ${telemetry.logWriteNs} ns, scrape of ${telemetry.scrapeSeries} series ${telemetry.scrapeUs} us` },
    ...measureModel(),
    ...measurePromql(),
  ]
}
