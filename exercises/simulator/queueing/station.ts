import { Sampler, copyState } from '../engine/index.ts'
import type { Component, ComponentId, Distribution, RandomStream, Simulation } from '../engine/index.ts'

/** Where customers go. A customer is a number of the sender's choosing. */
export interface Outlet {
  accept(customer: number): void
}

export interface StationOptions {
  /** Unique in the simulation; the station draws from the streams `NAME/service` and `NAME/balking`. */
  readonly name: string
  readonly servers: number
  readonly service: Distribution
  /** Most customers in service and waiting; one who comes on top is lost. Infinity when left out. */
  readonly capacity?: number
  /** Chance that a customer who finds every server busy stays. 1 when left out. */
  readonly joinProbability?: number
  /** Takes the customers who were served. */
  readonly served?: Outlet
  /** Takes the customers who were lost or did not stay. */
  readonly turnedAway?: Outlet
}

/** What a station counted since its measures were last reset. Times and areas in microseconds, all whole numbers. */
export interface StationCounts {
  fromUs: number
  offered: number
  /** Lost to the limit of capacity. */
  lost: number
  /** Did not stay, finding every server busy. */
  balked: number
  /** Began service, and the sum of their waits. */
  started: number
  waitSumUs: number
  /** Left served, and the sum of their times inside. */
  completed: number
  inSystemSumUs: number
  /** Integrals over time of busy servers and of customers inside. */
  busyAreaUs: number
  numberAreaUs: number
}

/** Averages since the last reset. 0 where nothing was counted. */
export interface StationAverages {
  readonly utilisation: number
  /** Share of the offered customers who were lost or did not stay. */
  readonly lossProbability: number
  readonly throughputPerSecond: number
  readonly meanWaitUs: number
  readonly meanInSystemUs: number
  readonly meanNumber: number
  readonly meanQueueLength: number
}

interface StationState {
  busy: number
  /** Pairs of (customer, arrival time) in a ring; its size is a power of 2. */
  ring: Float64Array<ArrayBuffer>
  head: number
  waiting: number
  /** Time up to which the areas are counted. */
  countedUs: number
  counts: StationCounts
}

/** A first-come-first-served queue with several equal servers, a limit and balking. */
export class Station implements Component<StationState>, Outlet {
  private readonly simulation: Simulation
  private readonly id: ComponentId
  private readonly servers: number
  private readonly capacity: number
  private readonly joinProbability: number
  private readonly sampler: Sampler
  private readonly serviceTimes: RandomStream
  private readonly balking: RandomStream
  private readonly served: Outlet | undefined
  private readonly turnedAway: Outlet | undefined
  private state: StationState = { busy: 0, ring: new Float64Array(2 * 16), head: 0, waiting: 0, countedUs: 0, counts: noCounts(0) }

  constructor(simulation: Simulation, options: StationOptions) {
    this.simulation = simulation
    this.id = simulation.register(options.name, this)
    this.servers = options.servers
    this.capacity = options.capacity ?? Number.POSITIVE_INFINITY
    this.joinProbability = options.joinProbability ?? 1
    this.sampler = new Sampler(options.service)
    this.serviceTimes = simulation.stream(`${options.name}/service`)
    this.balking = simulation.stream(`${options.name}/balking`)
    this.served = options.served
    this.turnedAway = options.turnedAway
  }

  /** Customers in service and waiting. */
  get number(): number {
    return this.state.busy + this.state.waiting
  }

  accept(customer: number): void {
    this.advance()
    const state = this.state
    state.counts.offered += 1
    if (state.busy < this.servers) {
      state.busy += 1
      this.serve(customer, this.simulation.nowUs)
    } else if (state.busy + state.waiting >= this.capacity) {
      state.counts.lost += 1
      this.turnedAway?.accept(customer)
    } else if (this.joinProbability < 1 && !this.balking.chance(this.joinProbability)) {
      state.counts.balked += 1
      this.turnedAway?.accept(customer)
    } else this.enqueue(customer, this.simulation.nowUs)
  }

  /** The end of a service: `kind` is not used, `a` the customer, `b` when the customer came. */
  handle(_kind: number, customer: number, arrivedUs: number): void {
    this.advance()
    const state = this.state
    state.counts.completed += 1
    state.counts.inSystemSumUs += this.simulation.nowUs - arrivedUs
    if (state.waiting === 0) state.busy -= 1
    else {
      const { ring, head } = state
      state.head = (head + 2) & (ring.length - 1)
      state.waiting -= 1
      this.serve(ring[head] as number, ring[head + 1] as number)
    }
    this.served?.accept(customer)
  }

  /** Everything counted since the last reset, up to now. Looking changes nothing. */
  counts(): StationCounts {
    const { counts, busy, waiting, countedUs } = this.state
    const elapsedUs = this.simulation.nowUs - countedUs
    return { ...counts, busyAreaUs: counts.busyAreaUs + elapsedUs * busy, numberAreaUs: counts.numberAreaUs + elapsedUs * (busy + waiting) }
  }

  averages(): StationAverages {
    const counts = this.counts()
    const elapsedUs = this.simulation.nowUs - counts.fromUs
    return {
      utilisation: ratio(counts.busyAreaUs, elapsedUs * this.servers),
      lossProbability: ratio(counts.lost + counts.balked, counts.offered),
      throughputPerSecond: ratio(counts.completed * 1e6, elapsedUs),
      meanWaitUs: ratio(counts.waitSumUs, counts.started),
      meanInSystemUs: ratio(counts.inSystemSumUs, counts.completed),
      meanNumber: ratio(counts.numberAreaUs, elapsedUs),
      meanQueueLength: ratio(counts.numberAreaUs - counts.busyAreaUs, elapsedUs),
    }
  }

  /** Counts from now on: the end of a warm-up, or of a batch. Customers inside stay, with the times they came at. */
  resetCounts(): void {
    this.advance()
    this.state.counts = noCounts(this.simulation.nowUs)
  }

  save(): StationState {
    return copyState(this.state)
  }

  load(state: StationState): void {
    this.state = copyState(state)
  }

  /** Brings the areas up to now, before anything changes. */
  private advance(): void {
    const state = this.state
    const elapsedUs = this.simulation.nowUs - state.countedUs
    state.countedUs = this.simulation.nowUs
    state.counts.busyAreaUs += elapsedUs * state.busy
    state.counts.numberAreaUs += elapsedUs * (state.busy + state.waiting)
  }

  private serve(customer: number, arrivedUs: number): void {
    const { counts } = this.state
    counts.started += 1
    counts.waitSumUs += this.simulation.nowUs - arrivedUs
    this.simulation.schedule(this.sampler.sampleUs(this.serviceTimes), this.id, 0, customer, arrivedUs)
  }

  private enqueue(customer: number, arrivedUs: number): void {
    const state = this.state
    if (2 * state.waiting === state.ring.length) {
      const larger = new Float64Array(2 * state.ring.length)
      larger.set(state.ring.subarray(state.head))
      larger.set(state.ring.subarray(0, state.head), state.ring.length - state.head)
      state.ring = larger
      state.head = 0
    }
    const tail = (state.head + 2 * state.waiting) & (state.ring.length - 1)
    state.ring[tail] = customer
    state.ring[tail + 1] = arrivedUs
    state.waiting += 1
  }
}

function noCounts(fromUs: number): StationCounts {
  return { fromUs, offered: 0, lost: 0, balked: 0, started: 0, waitSumUs: 0, completed: 0, inSystemSumUs: 0, busyAreaUs: 0, numberAreaUs: 0 }
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0
}
