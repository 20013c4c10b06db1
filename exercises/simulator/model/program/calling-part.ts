import type { RandomStream } from '../../engine/index.ts'
import { none, stage } from '../calls.ts'
import { outcomeCode } from '../outcome.ts'
import { BasePart } from '../part.ts'
import type { CallSite, CallSiteState } from '../policy/call-site.ts'
import { Gate } from '../policy/gate.ts'
import type { GateState } from '../policy/gate.ts'
import { backoffUs } from '../policy/retry.ts'
import type { World } from '../world.ts'
import type { Program } from './compiler.ts'

/** Events of hosts of programs; parts that are such hosts number their own from `ownEvents`. */
export const hostEvent = { backoff: 0, hedge: 1, sleep: 2, ownEvents: 8 } as const

/** Added to the unit of a connection that a frame keeps over several steps. */
export const borrowed = 1 << 16

const emptyProgram: Program = { words: new Int32Array(0), samplers: [], chances: new Float64Array(0), keys: [], versions: [], sites: [], groups: [] }

/** What a host of programs saves beside its own. */
export interface HostState {
  readonly sites: readonly CallSiteState[]
  readonly gates: readonly (readonly GateState[])[]
}

/** A part that calls others for its frames: timeouts, retries, breakers, bulkheads, pools and hedges are here. */
export abstract class CallingPart<State extends object> extends BasePart<State> {
  protected program: Program = emptyProgram
  /** Gates of each replica, by group. */
  protected gates: Gate[][] = []
  protected readonly backoff: RandomStream

  constructor(world: World, name: string) {
    super(world, name)
    this.backoff = world.stream(`${name}/backoff`)
  }

  /** Sets the program and makes gates for a number of replicas. */
  protected setProgram(program: Program, replicas: number): void {
    this.program = program
    for (let replica = this.gates.length; replica < replicas; replica += 1) this.addGates()
  }

  /** Gates for one more replica. */
  protected addGates(): void {
    const [first] = this.gates
    this.gates.push(this.program.groups.map(({ policy }, group) => new Gate(policy, this.world.calls, first?.[group])))
  }

  /** The present call of the frame succeeded. */
  protected abstract called(call: number): void
  /** It failed for good: no retry is left. */
  protected abstract callFailed(call: number, site: CallSite, outcome: number): void
  /** Prepares the message: trace, attributes. */
  protected abstract prepare(call: number, child: number): void
  /** An attempt has ended, with the frame's own view of how. */
  protected abstract observe(call: number, child: number, site: CallSite, outcome: number): void
  /** A frame waited for a connection for this long; negative when it got none. */
  protected abstract waitedForPool(call: number, site: CallSite, waitUs: number): void
  /** A breaker changed its state. */
  protected abstract breakerTurned(replica: number, site: CallSite): void
  /** Whether the connection that is given back is lost instead. */
  protected abstract leaks(group: number): boolean

  /** The call site at which the frame is. */
  protected siteOf(call: number): CallSite {
    const { words, sites } = this.program
    return sites[words[(this.world.calls.pc[call] as number) + 1] as number] as CallSite
  }

  protected gateOf(call: number, group: number): Gate {
    return (this.gates[this.world.calls.replica[call] as number] as Gate[])[group] as Gate
  }

  /** Makes an attempt at the frame's call site. It may have ended when this returns. */
  protected attempt(call: number): void {
    const { calls } = this.world
    const site = this.siteOf(call)
    const gate = this.gateOf(call, site.group)
    const refusal = gate.enter(this.world.nowUs)
    if (refusal !== 0) {
      this.attemptFailed(call, site, gate, refusal)
      return
    }
    if ((calls.attempt[call] as number) === 0) gate.budget?.deposit()
    const { pool } = gate
    if (pool === null || this.world.holds.has(call, this.index, site.group + borrowed)) this.sendAttempt(call, site)
    else if (pool.take()) {
      this.world.holds.add(call, this.index, site.group)
      this.waitedForPool(call, site, 0)
      this.sendAttempt(call, site)
    } else {
      calls.waitUs[call] = this.world.nowUs
      pool.waiting.push(call)
      this.world.deadlines.set(this.index, call, calls.wait(call, stage.pool), site.acquireUs)
    }
  }

  override reply(child: number): void {
    const { calls } = this.world
    const call = calls.parent[child] as number
    const outcome = calls.outcome[child] as number
    const site = this.siteOf(call)
    calls.result[call] = calls.result[child] as number
    if ((calls.version[child] as number) >= 0) calls.version[call] = calls.version[child] as number
    this.observe(call, child, site, outcome)
    const other = (calls.child[call] === child ? calls.hedge[call] : calls.child[call]) as number
    if (other !== none) {
      // A copy that fails leaves the field to the other one.
      if (outcome !== 0) {
        calls.child[call] = other
        calls.hedge[call] = none
        return
      }
      this.world.wire.detach(other)
    }
    this.closeAttempt(call, site, outcome, calls.sentUs[child] as number)
    if (outcome === 0) this.called(call)
    else this.attemptFailed(call, site, this.gateOf(call, site.group), outcome)
  }

  /** The attempt, or the wait for a connection, took too long. Overridden by parts with queues of their own. */
  override expired(call: number): void {
    const { calls } = this.world
    const site = this.siteOf(call)
    const gate = this.gateOf(call, site.group)
    if (calls.stage[call] === stage.pool) {
      gate.pool?.waiting.remove(call)
      calls.wake(call)
      gate.leave(this.world.nowUs)
      gate.breaker?.forget()
      this.waitedForPool(call, site, -1)
      this.attemptFailed(call, site, gate, outcomeCode['pool-timeout'])
      return
    }
    const child = calls.child[call] as number
    const sentUs = calls.sentUs[child] as number
    this.observe(call, child, site, outcomeCode.timeout)
    this.dropChildren(call)
    this.closeAttempt(call, site, outcomeCode.timeout, sentUs)
    this.attemptFailed(call, site, gate, outcomeCode.timeout)
  }

  override handle(event: number, call: number, token: number): void {
    const { calls } = this.world
    if (calls.token[call] !== token) return
    if (event === hostEvent.backoff) {
      calls.wake(call)
      this.attempt(call)
    } else if (event === hostEvent.hedge) {
      const site = this.siteOf(call)
      calls.hedge[call] = this.makeChild(call, site)
      this.world.wire.send(calls.hedge[call] as number)
    }
  }

  /** Gives back what a frame held: a connection of one of the pools. */
  override giveBack(call: number, unit: number): void {
    const group = unit % borrowed
    const { pool } = this.gateOf(call, group)
    if (pool === null) return
    const next = pool.giveBack(this.leaks(group))
    if (next !== none) this.connect(next, group)
  }

  /** A request that waited has got a connection, which is counted already. */
  protected connect(call: number, group: number): void {
    const { calls } = this.world
    const waitedUs = this.world.nowUs - (calls.waitUs[call] as number)
    calls.wake(call)
    this.lent(call, group, waitedUs)
  }

  /** Goes on after a wait for a connection: at a call site with the attempt. */
  protected lent(call: number, group: number, waitedUs: number): void {
    const site = this.siteOf(call)
    this.world.holds.add(call, this.index, group)
    this.waitedForPool(call, site, waitedUs)
    this.sendAttempt(call, site)
  }

  /** Lets go of everything that the frame waits for or holds, whatever its stage. Its own end is the caller's to tell. */
  protected abort(call: number): void {
    const { calls } = this.world
    const at = calls.stage[call] as number
    if (at === stage.pool) this.gateOf(call, this.poolGroupOf(call)).pool?.waiting.remove(call)
    if (at === stage.reply || (at === stage.pool && !this.isBorrowing(call))) {
      const gate = this.gateOf(call, this.siteOf(call).group)
      gate.inFlight -= 1
      gate.breaker?.forget()
    }
    this.dropChildren(call)
    this.letGo(call)
  }

  /** Whether the frame is at a call site, where it has gone through the gate. */
  protected isAtCall(_call: number): boolean {
    return true
  }

  /** Whether the frame is at a step that takes a connection for several others, and not at a call. */
  protected abstract isBorrowing(call: number): boolean

  /** Group of the pool for which the frame waits. */
  protected poolGroupOf(call: number): number {
    return this.siteOf(call).group
  }

  /** Gives back everything that the frame holds. */
  protected letGo(call: number): void {
    const { holds, parts } = this.world
    for (let entry = holds.pop(call); entry !== none; entry = holds.pop(call)) parts[holds.part[entry] as number]?.giveBack(call, holds.unit[entry] as number)
  }

  protected saveHost(): HostState {
    return { sites: this.program.sites.map((site) => site.save()), gates: this.gates.map((gates) => gates.map((gate) => gate.save())) }
  }

  protected loadHost(state: HostState): void {
    for (const [index, site] of this.program.sites.entries()) {
      const saved = state.sites[index]
      if (saved !== undefined) site.load(saved)
    }
    while (this.gates.length < state.gates.length) this.addGates()
    this.gates.length = state.gates.length
    for (const [replica, gates] of this.gates.entries()) {
      for (const [group, gate] of gates.entries()) {
        const saved = state.gates[replica]?.[group]
        if (saved !== undefined) gate.load(saved)
      }
    }
  }

  private dropChildren(call: number): void {
    const { calls, wire } = this.world
    const child = calls.child[call] as number
    const hedge = calls.hedge[call] as number
    calls.child[call] = none
    calls.hedge[call] = none
    if (child !== none) wire.detach(child)
    if (hedge !== none) wire.detach(hedge)
  }

  private sendAttempt(call: number, site: CallSite): void {
    const { calls, deadlines, wire } = this.world
    const child = this.makeChild(call, site)
    const token = calls.wait(call, stage.reply)
    calls.child[call] = child
    if (site.timeoutUs > 0) deadlines.set(this.index, call, token, site.timeoutUs)
    if (site.hedgeUs > 0) this.world.schedule(site.hedgeUs, this.index, hostEvent.hedge, call, token)
    wire.send(child)
  }

  private makeChild(call: number, site: CallSite): number {
    const { calls } = this.world
    const child = calls.take(this.index, call, site.target, site.operation)
    calls.sentUs[child] = this.world.nowUs
    calls.attributes[child] = calls.attributes[call] as number
    calls.key[child] = calls.key[call] as number
    calls.version[child] = calls.version[call] as number
    const deadlineUs = calls.deadlineUs[call] as number
    calls.deadlineUs[child] = site.timeoutUs > 0 ? Math.min(deadlineUs, this.world.nowUs + site.timeoutUs) : deadlineUs
    this.prepare(call, child)
    return child
  }

  /** After an attempt: breaker, bulkhead, and the connection unless it is borrowed for several steps. */
  private closeAttempt(call: number, site: CallSite, outcome: number, sentUs: number): void {
    const { calls, nowUs } = this.world
    const gate = this.gateOf(call, site.group)
    calls.child[call] = none
    calls.hedge[call] = none
    calls.wake(call)
    gate.leave(nowUs)
    if (gate.breaker !== null && gate.breaker.record(outcome === 0, nowUs - sentUs, nowUs)) this.breakerTurned(calls.replica[call] as number, site)
    if (gate.pool !== null && this.world.holds.remove(call, this.index, site.group)) this.giveBack(call, site.group)
  }

  private attemptFailed(call: number, site: CallSite, gate: Gate, outcome: number): void {
    const { calls } = this.world
    const retry = (calls.attempt[call] as number) + 1
    if (retry > site.retries || site.retried[outcome] === 0 || (gate.budget !== null && !gate.budget.withdraw())) {
      this.callFailed(call, site, outcome)
      return
    }
    calls.attempt[call] = retry
    const delayUs = backoffUs(site.retry, retry, this.backoff)
    if (delayUs === 0) this.attempt(call)
    else this.world.schedule(delayUs, this.index, hostEvent.backoff, call, calls.wait(call, stage.backoff))
  }
}
