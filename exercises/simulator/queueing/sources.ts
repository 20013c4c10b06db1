import { Sampler } from '../engine/index.ts'
import type { Component, ComponentId, Distribution, RandomStream, Simulation } from '../engine/index.ts'
import type { Outlet } from './station.ts'

/** Customers from outside, who come whatever the system does. Exponential gaps make a Poisson stream. */
export class OpenSource implements Component<{ sent: number; pauseAt: number }> {
  private readonly simulation: Simulation
  private readonly id: ComponentId
  private readonly sampler: Sampler
  private readonly gaps: RandomStream
  private readonly outlet: Outlet
  private sent = 0
  private pauseAt = Number.POSITIVE_INFINITY

  /** The first customer comes after one gap. Draws from the stream `NAME/gaps`. */
  constructor(simulation: Simulation, options: { readonly name: string; readonly gap: Distribution; readonly outlet: Outlet }) {
    this.simulation = simulation
    this.id = simulation.register(options.name, this)
    this.sampler = new Sampler(options.gap)
    this.gaps = simulation.stream(`${options.name}/gaps`)
    this.outlet = options.outlet
    simulation.schedule(this.sampler.sampleUs(this.gaps), this.id, 0)
  }

  /** Pauses the simulation when this many customers have been sent since the start. */
  pauseAfter(customers: number): void {
    this.pauseAt = customers
  }

  handle(): void {
    const customer = this.sent
    this.sent = customer + 1
    this.simulation.schedule(this.sampler.sampleUs(this.gaps), this.id, 0)
    this.outlet.accept(customer)
    if (this.sent === this.pauseAt) this.simulation.pause()
  }

  save(): { sent: number; pauseAt: number } {
    return { sent: this.sent, pauseAt: this.pauseAt }
  }

  load(state: { sent: number; pauseAt: number }): void {
    this.sent = state.sent
    this.pauseAt = state.pauseAt
  }
}

/** A fixed number of users, who think, ask, wait for the answer and think again. */
export class ClosedPopulation implements Component, Outlet {
  private readonly simulation: Simulation
  private readonly id: ComponentId
  private readonly sampler: Sampler
  private readonly thinking: RandomStream
  private outlet: Outlet | undefined

  /** All users start by thinking. Draws from the stream `NAME/thinking`. */
  constructor(simulation: Simulation, options: { readonly name: string; readonly population: number; readonly think: Distribution }) {
    this.simulation = simulation
    this.id = simulation.register(options.name, this)
    this.sampler = new Sampler(options.think)
    this.thinking = simulation.stream(`${options.name}/thinking`)
    for (let user = 0; user < options.population; user += 1) this.accept(user)
  }

  /** Where users ask. The station comes after the population, as it sends its customers back here. */
  connect(outlet: Outlet): void {
    this.outlet = outlet
  }

  /** A user has an answer and begins to think. */
  accept(user: number): void {
    this.simulation.schedule(this.sampler.sampleUs(this.thinking), this.id, 0, user)
  }

  handle(_kind: number, user: number): void {
    this.outlet?.accept(user)
  }

  /** All of it is in the queue of events. */
  save(): object {
    return {}
  }

  load(): void {}
}
