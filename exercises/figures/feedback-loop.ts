export const loopMinutes = 60

export interface LoopRun {
  /** Values at minutes 0..60. */
  values: number[]
  peak: number
  /** Share above the target at the highest. */
  overshoot: number
  /** Minute from which it stays within 5% of the target; 60 if it does not within the hour. */
  settledAt: number
}

/**
 * A stock that is corrected each minute by `gain` times what it responds to, seen `delay` minutes late.
 * Balancing: x(t+1) = x(t) + gain (target - x(t-delay)), from half the target. Reinforcing: x(t+1) = x(t) + gain
 * x(t-delay), from 1. After D. Meadows, "Thinking in Systems" (2008), chapter 2. Values stay from 0 to a thousand targets.
 */
export function runLoop({ loop, gain, delay, target }: { loop: 'balancing' | 'reinforcing'; gain: number; delay: number; target: number }): LoopRun {
  const values = [loop === 'balancing' ? target / 2 : 1]
  for (let minute = 0; minute < loopMinutes; minute += 1) {
    const seen = values[Math.max(0, minute - delay)] ?? 0
    const change = loop === 'balancing' ? gain * (target - seen) : gain * seen
    values.push(Math.max(0, Math.min(target * 1000, (values[minute] ?? 0) + change)))
  }
  const peak = Math.max(...values)
  const outside = values.findLastIndex((value) => Math.abs(value - target) > 0.05 * target)
  return { values, peak, overshoot: Math.max(0, peak / target - 1), settledAt: Math.min(loopMinutes, outside + 1) }
}

/**
 * The strength above which a balancing loop with this delay swings ever wider: 2 cos(delay π / (2 delay + 1)).
 * S. A. Levin and R. M. May, "A note on difference-delay equations", Theoretical Population Biology 9 (1976) 178-187.
 */
export function stableGain(delay: number): number {
  return 2 * Math.cos((delay * Math.PI) / (2 * delay + 1))
}

/** The strength up to which it comes to the target without a swing: delay^delay / (delay + 1)^(delay + 1); 1 without delay. */
export function smoothGain(delay: number): number {
  return delay ** delay / (delay + 1) ** (delay + 1)
}

/** Minutes in which a reinforcing loop without delay doubles. */
export function doublingMinutes(gain: number): number {
  return Math.log(2) / Math.log(1 + gain)
}
