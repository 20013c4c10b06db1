import type { Counter, Histogram, MetricTarget } from '../../../telemetry/index.ts'
import type { World } from '../../world.ts'

const bounds: readonly number[] = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60]

/** What a lock service tells, and what those who use it can tell. */
export class LockSignals {
  private readonly world: World
  private readonly name: string
  private waits: Histogram | null = null
  private writes = new Map<string, Counter>()

  constructor(world: World, name: string) {
    this.world = world
    this.name = name
  }

  /** Forgets all handles, to ask for them again. */
  clear(): void {
    this.waits = null
    this.writes = new Map()
  }

  measure(held: number, waiting: number, staleWrites: number): void {
    this.target.gauge('lock_service_locks_held', 'Locks that somebody has.', {}).set(held)
    this.target.gauge('lock_service_waiting_requests', 'Requests that wait for a lock.', {}).set(waiting)
    const stale = this.world.telemetry.target({ job: `${this.name}-audit` }, 0).counter('protected_writes_stale_total', 'Writes under a lease that was over, after a later owner had written.', {})
    stale.add(staleWrites - stale.value)
  }

  granted(waitUs: number): void {
    this.waits ??= this.target.histogram('lock_service_wait_seconds', 'Time until a request had its lock.', {}, bounds)
    this.waits.observe(waitUs / 1e6)
  }

  expired(key: number, lease: number, waiting: number): void {
    this.target.counter('lock_service_leases_expired_total', 'Leases that ran out.', {}).add(1)
    this.tell('warn', 'lease {lease} of lock {lock} expired without release; {waiting} waiting', key, lease, waiting)
  }

  renewedTooLate(key: number, lease: number): void {
    this.target.counter('lock_service_renewals_rejected_total', 'Renewals of leases that were over.', {}).add(1)
    this.tell('error', 'renewal of lease {lease} of lock {lock} rejected: lease is over', key, lease, Number.NaN)
  }

  /** A write to what a lock protects. */
  wrote(result: string): void {
    let counter = this.writes.get(result)
    if (counter === undefined) {
      counter = this.target.counter('protected_writes_total', 'Writes to what locks protect.', { result })
      this.writes.set(result, counter)
    }
    counter.add(1)
  }

  private get target(): MetricTarget {
    return this.world.telemetry.target({ job: this.name }, 0)
  }

  private tell(level: 'warn' | 'error', message: string, key: number, lease: number, waiting: number): void {
    const template = this.world.telemetry.logTemplate({
      labels: { service: this.name },
      level,
      message,
      fields: [{ name: 'lock', kind: 'number' }, { name: 'lease', kind: 'number' }, { name: 'waiting', kind: 'number' }],
    })
    template.write(this.world.nowUs, 0, 0, 0, key, lease, waiting)
  }
}
