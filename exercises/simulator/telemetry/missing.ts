/** Telemetry that is not collected, as when an agent, a pipeline or a scrape is broken. What happens in the world is the same. */
import type { LogSource } from '../logql/source.ts'
import type { TraceSource } from '../traces/source.ts'

/** What is missing, in simulation microseconds. */
export interface MissingTelemetry {
  /** From when on. */
  readonly fromUs: number
  /** Traces are lost. */
  readonly traces: boolean
  /** Scrapes of these jobs fail. */
  readonly jobs: readonly string[]
  /** Lines arrive in the log store this much later. */
  readonly logDelayUs: number
}

/** A log store whose lines arrive late. @param nowUs the present, and everything else, since the Unix epoch */
export function lateLogs(logs: LogSource, nowUs: () => number, fromUs: number, delayUs: number): LogSource {
  const arrivedUs = (): number => (nowUs() < fromUs ? Number.POSITIVE_INFINITY : Math.max(fromUs, nowUs() - delayUs))
  return {
    select: (matchers, startUs, endUs) => logs.select(matchers, startUs, Math.min(endUs, arrivedUs())),
    labelNames: () => logs.labelNames(),
    labelValues: (name) => logs.labelValues(name),
  }
}

/** A trace store that gets nothing any more. @param fromUs since the Unix epoch */
export function lostTraces(traces: TraceSource, fromUs: number): TraceSource {
  return {
    traces: (startUs, endUs) => traces.traces(startUs, Math.min(endUs, fromUs)),
    trace(traceId) {
      const found = traces.trace(traceId)
      return found !== null && found.startUs < fromUs ? found : null
    },
  }
}
