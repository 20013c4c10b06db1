import { Breaker, breakerWords } from '../simulator/model/policy/breaker.ts'

export const breakerSeconds = 90
/** The seconds at which the dependency breaks and is mended, until the reader says otherwise. */
export const usualToggles: readonly number[] = [10, 40]

export interface BreakerSecond {
  /** Whether the dependency is broken. */
  broken: boolean
  sent: number
  failed: number
  rejected: number
  /** At the end of the second. */
  state: string
}
export interface BreakerRun {
  seconds: BreakerSecond[]
  failed: number
  rejected: number
  rejectedHealthy: number
  opened: number
}

/**
 * A run of the simulator's own circuit breaker (a sliding window of calls, as in resilience4j) over virtual time: `rate`
 * calls a second, evenly, answered at once. A broken dependency fails the given share of them, spread evenly.
 * @param toggles seconds at which the dependency changes between well and broken, rising
 */
export function runBreaker({ rate, failPercent, threshold, window, openS, probes, toggles }: { rate: number; failPercent: number; threshold: number; window: number; openS: number; probes: number; toggles: readonly number[] }): BreakerRun {
  const breaker = new Breaker({ failures: threshold / 100, window, least: window, open: openS * 1e6, probes })
  const seconds: BreakerSecond[] = []
  let opened = 0
  let due = 0
  for (let second = 0; second < breakerSeconds; second += 1) {
    const broken = toggles.filter((at) => at <= second).length % 2 === 1
    const now: BreakerSecond = { broken, sent: 0, failed: 0, rejected: 0, state: '' }
    for (let call = 0; call < rate; call += 1) {
      const nowUs = Math.round((second + call / rate) * 1e6)
      if (!breaker.allow(nowUs)) {
        now.rejected += 1
        continue
      }
      now.sent += 1
      if (broken) due += failPercent / 100
      const fails = broken && due >= 1 - 1e-9
      if (fails) {
        due -= 1
        now.failed += 1
      }
      if (breaker.record(!fails, 0, nowUs) && fails) opened += 1
    }
    now.state = breakerWords[breaker.state] ?? ''
    seconds.push(now)
  }
  const sum = (of: (second: BreakerSecond) => number): number => seconds.reduce((total, second) => total + of(second), 0)
  return { seconds, opened, failed: sum(({ failed }) => failed), rejected: sum(({ rejected }) => rejected), rejectedHealthy: sum(({ broken, rejected }) => (broken ? 0 : rejected)) }
}
