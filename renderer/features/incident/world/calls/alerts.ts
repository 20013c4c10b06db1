/** Alerting rules, their state and their history. */
import type { Alert, AlertRule, AlertTransition } from '../../../../../exercises/simulator/telemetry/index.ts'
import { parsePromql } from '../../../../../exercises/simulator/promql/index.ts'
import type { RoomCall } from './room-call.ts'

export interface AlertsNow {
  readonly rules: readonly AlertRule[]
  readonly active: readonly Alert[]
  readonly history: readonly AlertTransition[]
  /** What the rules measure, for those that compare it with a number. */
  readonly levels: readonly AlertLevel[]
}

/** What an alert measures, and the number that it is compared with. */
export interface AlertLevel {
  readonly rule: string
  readonly query: string
  readonly threshold: number
}

const comparisons: ReadonlySet<string> = new Set(['>', '>=', '<', '<=', '==', '!='])

/** `x > 0.1` without its comparison: a chart of the whole would have a line only while the alert holds. Null for any other form. */
export function levelOf({ name, expr }: Pick<AlertRule, 'name' | 'expr'>): AlertLevel | null {
  const parsed = parsePromql(expr)
  if (!parsed.ok || parsed.expr.kind !== 'binary' || !comparisons.has(parsed.expr.op)) return null
  const { left, right } = parsed.expr
  return right.kind === 'number' ? { rule: name, query: expr.slice(left.from, left.to), threshold: right.value } : null
}

const now: RoomCall<null, AlertsNow> = ({ world }) => {
  const { alerts } = world.telemetry
  return { rules: alerts.rules, active: alerts.alerts(), history: alerts.transitions(), levels: alerts.rules.flatMap((rule) => levelOf(rule) ?? []) }
}

/** An alert that began to fire or was resolved. */
export interface AlertTurn {
  readonly rule: string
  readonly to: 'firing' | 'resolved'
  /** Simulation time in microseconds. */
  readonly atUs: number
}

/** What alerts did since the page, for the timeline. */
const turns: RoomCall<null, readonly AlertTurn[]> = ({ world, pageUs }) => {
  const { alerts, epochMs } = world.telemetry
  return alerts.transitions().flatMap(({ rule, to, timeMs }) => {
    const atUs = (timeMs - epochMs) * 1000
    return atUs > pageUs && (to === 'firing' || to === 'resolved') ? [{ rule, to, atUs }] : []
  })
}

export const alertsCalls = { 'alerts.now': now, 'alerts.turns': turns }
