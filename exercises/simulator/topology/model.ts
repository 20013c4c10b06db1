/** A topology: the data from which a world is made. */
import type { AlertRule, MissingTelemetry } from '../telemetry/index.ts'

/** One part, as its kind's schema has read it. */
export interface PartSpec {
  /** Such as `service`. */
  readonly kind: string
  readonly name: string
  /** Output of the kind's schema. */
  readonly spec: unknown
  readonly path: readonly (string | number)[]
}

/** Something that happens at a time: a fault, a deploy, a change of traffic. */
export interface TimedChange {
  readonly atUs: number
  /** Word of the change, such as `slow`. */
  readonly change: string
  readonly target: string
  /** Its other arguments, not checked yet. */
  readonly args: Readonly<Record<string, unknown>>
  /** After this time it is undone, where it can be. */
  readonly forUs: number | null
  /** Who did it, where somebody did; for the change log. */
  readonly actor: string | null
  /** Keeps a change of somebody out of the change log. */
  readonly isHidden: boolean
  readonly path: readonly (string | number)[]
}

/** How the world is observed. */
export interface TelemetrySettings {
  readonly epochMs: number
  readonly scrapeUs: number
  /** Time between evaluations of the alerting rules. */
  readonly evaluateUs: number
  /** Share of traces kept; those with an error always are. */
  readonly traces: number
  /** Share of requests with an access log line. */
  readonly accessLogs: number
  /** What is not collected; null where everything is. */
  readonly missing: MissingTelemetry | null
}

export interface Topology {
  readonly title: string
  readonly telemetry: TelemetrySettings
  readonly parts: readonly PartSpec[]
  readonly alerts: readonly AlertRule[]
  readonly faults: readonly TimedChange[]
}
