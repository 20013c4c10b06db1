import { none } from '../../calls.ts'
import type { Breaker } from '../../policy/breaker.ts'
import { RetryBudget } from '../../policy/retry.ts'
import { didYouMean } from '../../suggest.ts'
import type { ChangeEffect } from '../../part.ts'
import type { World } from '../../world.ts'
import type { Service } from './service.ts'

/** What `configure` takes; times in microseconds. */
export interface Configuration {
  readonly threads?: number | undefined
  readonly queue?: number | undefined
  readonly dependency?: string | undefined
  readonly timeout?: number | undefined
  readonly retries?: number | undefined
  readonly 'retry-budget'?: number | undefined
  readonly hedge?: number | undefined
  readonly pool?: number | undefined
  readonly bulkhead?: number | undefined
  readonly 'keep-alive'?: boolean | undefined
}

/** The settings of a service and of its calls to others, as operators find and change them. */
export class Dependencies {
  private readonly service: Service
  private readonly world: World

  constructor(service: Service, world: World) {
    this.service = service
    this.world = world
  }

  /** Index of a part by its name, or none. */
  index(name: string): number {
    return this.world.part(name)?.index ?? none
  }

  /** Groups of gates to a dependency. */
  groupsOf(dependency: string): readonly number[] {
    const target = this.index(dependency)
    return this.service.groups.flatMap((group, index) => (group.target === target ? [index] : []))
  }

  /** Why a change to a dependency cannot be made; null when it can. */
  refuse(dependency: string): string | null {
    if (this.groupsOf(dependency).length > 0) return null
    const names = [...new Set(this.service.groups.map(({ target }) => this.world.parts[target]?.name ?? ''))]
    return `${this.service.name} does not call "${dependency}".${didYouMean(dependency, names)} It calls: ${names.join(', ')}.`
  }

  /** The circuit breakers of all pods for a dependency. */
  breakersOf(dependency: string): readonly Breaker[] {
    return this.service.replicas.flatMap((_, replica) => this.groupsOf(dependency).flatMap((group) => this.service.gatesOf(replica)[group]?.breaker ?? []))
  }

  /** Applies settings at run time. Requests that wait for what there is more of now get it at once. */
  configure(args: Configuration): ChangeEffect {
    const before: Record<string, number> = {}
    const after: Record<string, number> = {}
    const note = (name: string, from: number, to: number): void => {
      before[name] = from
      after[name] = to
    }
    const { settings, replicas } = this.service
    for (const name of ['threads', 'queue'] as const) {
      const value = args[name]
      if (value === undefined) continue
      note(name, settings[name], value)
      settings[name] = value
    }
    for (const index of replicas.keys()) this.service.admission.drain(index)
    if (args.dependency !== undefined) this.configureCalls(args.dependency, args, note)
    const summary = Object.keys(after).map((name) => `${name} ${before[name]} -> ${after[name]}`).join(', ')
    return { summary, before, after }
  }

  private configureCalls(dependency: string, args: Configuration, note: (name: string, from: number, to: number) => void): void {
    const target = this.index(dependency)
    const sites = this.service.sites.filter((site) => site.target === target)
    const set = (field: 'timeoutUs' | 'retries' | 'hedgeUs', value: number | undefined, word: string, unit: number): void => {
      if (value === undefined) return
      note(`${dependency}.${word}`, (sites[0]?.[field] ?? 0) / unit, value / unit)
      for (const site of sites) site[field] = value
    }
    set('timeoutUs', args.timeout, 'timeout_seconds', 1e6)
    set('retries', args.retries, 'retries', 1)
    set('hedgeUs', args.hedge, 'hedge_seconds', 1e6)
    for (const replica of this.service.replicas.keys()) {
      for (const group of this.groupsOf(dependency)) {
        const gate = this.service.gatesOf(replica)[group]
        if (gate === undefined) continue
        if (args.bulkhead !== undefined) {
          if (replica === 0) note(`${dependency}.bulkhead`, gate.bulkhead, args.bulkhead)
          gate.bulkhead = args.bulkhead
        }
        if (args['retry-budget'] !== undefined) {
          if (replica === 0) note(`${dependency}.retry_budget`, gate.budget?.share ?? 1, args['retry-budget'])
          gate.budget = new RetryBudget(args['retry-budget'])
        }
        if (args['keep-alive'] === true) {
          if (replica === 0 && gate.ports !== null) note(`${dependency}.keep_alive`, 0, 1)
          gate.ports = null
        }
        if (args.pool === undefined || gate.pool === null) continue
        if (replica === 0) note(`${dependency}.pool`, gate.pool.size, args.pool)
        this.service.resizePool(gate.pool, group, args.pool)
      }
    }
  }
}
