/** Alerting rules, their state and their history. */
import type { Alert, AlertRule, AlertTransition } from '../../../../../exercises/simulator/telemetry/index.ts'
import type { RoomCall } from './room-call.ts'

export interface AlertsNow {
  readonly rules: readonly AlertRule[]
  readonly active: readonly Alert[]
  readonly history: readonly AlertTransition[]
}

const now: RoomCall<null, AlertsNow> = ({ world }) => {
  const { alerts } = world.telemetry
  return { rules: alerts.rules, active: alerts.alerts(), history: alerts.transitions() }
}

export const alertsCalls = { 'alerts.now': now }
