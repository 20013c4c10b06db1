import type { Component, ComponentId, Simulation } from '../engine/index.ts'
import { none, stage } from './calls.ts'
import type { Calls } from './calls.ts'
import { outcomeCode } from './outcome.ts'
import type { Part } from './part.ts'

/** The way between two parts, in one direction. */
export interface Route {
  /** Microseconds that the message of a call takes now, its request or its reply; -1 when it is lost. Draws from the route's own stream. */
  transitUs(call: number, isReply: boolean): number
}

/** Stands before a part and may refuse calls to it: a certificate that is not valid, a disk that is full. */
export interface Guard {
  /** 0, or the code of why the call does not get through. */
  admit(call: number): number
}

const arriveEvent = 0
const deliverEvent = 1
const resendEvent = 2

/** TCP's first retransmission timeout, doubled each time, and when Linux gives a connection up (tcp_retries2 = 15). */
const firstResendUs = 200_000
const longestResendUs = 120_000_000
const givesUpUs = 924_000_000

/** Brings calls to their callee and outcomes back. Without a route between two parts a message takes no time. */
export class Wire implements Component {
  private readonly simulation: Simulation
  private readonly calls: Calls
  private readonly parts: readonly Part[]
  private readonly id: ComponentId
  private routes: (Route | null)[] = []
  private size = 0
  private routed = false
  /** By callee. */
  private readonly guards: (Guard[] | undefined)[] = []
  private guarded = false

  constructor(simulation: Simulation, calls: Calls, parts: readonly Part[]) {
    this.simulation = simulation
    this.calls = calls
    this.parts = parts
    this.id = simulation.register('wire', this)
  }

  /** Sets the way from one part to another; null for two that are in one process. While the world is built. */
  setRoute(from: number, to: number, route: Route | null): void {
    if (this.size !== this.parts.length) {
      const before = this.routes
      const size = this.size
      this.size = this.parts.length
      this.routes = Array.from({ length: this.size ** 2 }, (_, at) => {
        const [row, column] = [Math.floor(at / this.size), at % this.size]
        return row < size && column < size ? (before[row * size + column] ?? null) : null
      })
    }
    this.routes[from * this.size + to] = route
    if (route !== null) this.routed = true
  }

  /** The way from one part to another, if it has one. */
  route(from: number, to: number): Route | null {
    if (!this.routed || from >= this.size || to >= this.size) return null
    return this.routes[from * this.size + to] ?? null
  }

  /** Puts a guard before a part, after those that are there. While the world is built. */
  addGuard(to: number, guard: Guard): void {
    const known = this.guards[to]
    if (known === undefined) this.guards[to] = [guard]
    else known.push(guard)
    this.guarded = true
  }

  /** Sends a call on its way. It may have ended when this returns. */
  send(call: number): void {
    this.calls.sentUs[call] = this.simulation.nowUs
    this.forward(call)
  }

  /** Sends a call on, as a name does that has been resolved: its callee may have been set anew, its caller's clock runs on. */
  forward(call: number): void {
    const { calls } = this
    const callee = calls.callee[call] as number
    if (this.guarded) {
      for (const guard of this.guards[callee] ?? []) {
        const refusal = guard.admit(call)
        if (refusal === 0) continue
        this.finish(call, refusal)
        return
      }
    }
    if (this.routed) {
      const route = this.route(calls.caller[call] as number, callee)
      if (route !== null) {
        this.transmit(call, route, arriveEvent, 0)
        return
      }
    }
    this.arrive(call)
  }

  /** Ends a call. The callee must have let go of it: nothing of the callee's may still wait for it. */
  finish(call: number, outcome: number): void {
    const { calls } = this
    calls.outcome[call] = outcome
    calls.token[call] = 0
    calls.stage[call] = stage.done
    const caller = calls.caller[call] as number
    if (caller === none) {
      calls.release(call)
      return
    }
    if (this.routed) {
      const route = this.route(calls.callee[call] as number, caller)
      if (route !== null) {
        this.transmit(call, route, deliverEvent, 0)
        return
      }
    }
    this.deliver(call)
  }

  /** The caller no longer waits for this call. The callee is told if the call has got there and has not ended. */
  detach(call: number): void {
    const { calls } = this
    calls.caller[call] = none
    const at = calls.stage[call] as number
    if (at !== stage.done && at !== stage.transit) this.parts[calls.callee[call] as number]?.abandoned(call)
  }

  handle(kind: number, a: number, b: number): void {
    if (kind === arriveEvent) this.arrive(a)
    else if (kind === deliverEvent) this.deliver(a)
    else this.resend(a, b)
  }

  save(): object {
    return {}
  }

  load(): void {
    /* Everything that it knows is in the calls and the events. */
  }

  private arrive(call: number): void {
    const { calls } = this
    calls.stage[call] = stage.running
    calls.arrivedUs[call] = this.simulation.nowUs
    const callee = this.parts[calls.callee[call] as number]
    callee?.arrive(call)
  }

  private deliver(call: number): void {
    const { calls } = this
    const caller = calls.caller[call] as number
    if (caller !== none) this.parts[caller]?.reply(call)
    calls.release(call)
  }

  /** @param sinceUs how long this message has been tried, in all */
  private transmit(call: number, route: Route, event: number, sinceUs: number): void {
    const transitUs = route.transitUs(call, event === deliverEvent)
    if (transitUs >= 0) {
      this.simulation.schedule(transitUs, this.id, event, call)
      return
    }
    // Tries so far follow from the time: 0.2, 0.6, 1.4 ... seconds, each wait twice the one before.
    const waitUs = Math.min(longestResendUs, sinceUs + firstResendUs)
    this.simulation.schedule(waitUs, this.id, resendEvent, call, (sinceUs + waitUs) * 2 + event)
  }

  private resend(call: number, packed: number): void {
    const { calls } = this
    const event = packed % 2
    const sinceUs = (packed - event) / 2
    const caller = calls.caller[call] as number
    if (caller === none && event === deliverEvent) {
      calls.release(call)
      return
    }
    // A caller that gave up has closed the connection: what was lost on the way never arrives.
    if (caller === none) {
      calls.release(call)
      return
    }
    if (sinceUs >= givesUpUs) {
      calls.outcome[call] = outcomeCode.reset
      this.deliver(call)
      return
    }
    const callee = calls.callee[call] as number
    const route = event === arriveEvent ? this.route(caller, callee) : this.route(callee, caller)
    if (route === null) this.handle(event, call, 0)
    else this.transmit(call, route, event, sinceUs)
  }
}
