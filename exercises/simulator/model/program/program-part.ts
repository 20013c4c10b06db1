import type { RandomStream } from '../../engine/index.ts'
import { none, role, stage } from '../calls.ts'
import { outcomeCode, surfaced } from '../outcome.ts'
import type { CallSite } from '../policy/call-site.ts'
import type { World } from '../world.ts'
import { borrowed, hostEvent } from './calling-part.ts'
import { FramePart } from './frame-part.ts'
import { op } from './opcodes.ts'

/** Runs the programs of frames, step by step. What work and an end mean is up to the part. */
export abstract class ProgramPart<State extends object> extends FramePart<State> {
  protected readonly work: RandomStream
  protected readonly choice: RandomStream
  private readonly keyChoice: RandomStream
  /** Frame whose program is being run, and the frame that may go on in that very loop. */
  private active = none
  private resumed = none

  constructor(world: World, name: string) {
    super(world, name)
    this.work = world.stream(`${name}/work`)
    this.choice = world.stream(`${name}/choice`)
    this.keyChoice = world.stream(`${name}/key`)
  }

  /** Begins work on a core. True when there is nothing to wait for; else the part calls `run` when it is done. */
  protected abstract beginWork(call: number, us: number): boolean
  /** How often a call is made beyond once, as by an N+1 query of a bad release. */
  protected abstract extraCalls(call: number, site: CallSite): number
  /** A frame gets a connection for several steps. */
  protected abstract waitedForLoan(call: number, group: number, waitUs: number): void

  /** Goes on with a frame that waits for nothing. */
  protected override run(call: number): void {
    if (this.active === call) {
      this.resumed = call
      return
    }
    const { active, resumed } = this
    this.active = call
    while (this.advance(call)) {
      /* Each turn is one step. */
    }
    this.active = active
    this.resumed = resumed
  }

  /** One step. True when the frame can take another at once. */
  private advance(call: number): boolean {
    const { calls } = this.world
    const { words, samplers } = this.program
    const pc = calls.pc[call] as number
    this.resumed = none
    switch (words[pc]) {
      case op.work: {
        calls.pc[call] = pc + 2
        const us = samplers[words[pc + 1] as number]?.sampleUs(this.work) ?? 0
        return us === 0 || this.beginWork(call, us)
      }
      case op.call:
        calls.attempt[call] = 0
        calls.repeat[call] = (calls.repeat[call] as number) + this.extraCalls(call, this.siteOf(call)) * 1024
        this.attempt(call)
        return this.resumed === call
      case op.sleep: {
        calls.pc[call] = pc + 2
        const us = samplers[words[pc + 1] as number]?.sampleUs(this.work) ?? 0
        this.world.schedule(us, this.index, hostEvent.sleep, call, calls.wait(call, stage.sleep))
        return false
      }
      case op.jump:
        calls.pc[call] = words[pc + 1] as number
        return true
      case op.unlessChance:
        calls.pc[call] = this.choice.chance(this.chanceOf(words[pc + 1] as number)) ? pc + 3 : (words[pc + 2] as number)
        return true
      case op.unlessResult:
        calls.pc[call] = calls.result[call] === 0 ? (words[pc + 1] as number) : pc + 2
        return true
      case op.unlessAttribute: {
        const value = ((calls.attributes[call] as number) >>> (8 * (words[pc + 1] as number))) & 0xff
        calls.pc[call] = value === words[pc + 2] ? pc + 4 : (words[pc + 3] as number)
        return true
      }
      case op.mark: {
        const shift = 8 * (words[pc + 1] as number)
        calls.attributes[call] = ((calls.attributes[call] as number) & ~(0xff << shift)) | ((words[pc + 2] as number) << shift)
        calls.pc[call] = pc + 3
        return true
      }
      case op.unlessVersion:
        calls.pc[call] = this.runsVersion(call, this.program.versions[words[pc + 1] as number] ?? '') ? pc + 3 : (words[pc + 2] as number)
        return true
      case op.parallel:
        this.split(call, words[pc + 2] as number, pc + 3, words[pc + 1] as number)
        return this.resumed === call
      case op.spawn: {
        calls.pc[call] = words[pc + 2] as number
        this.run(this.makeBranch(call, role.detached, words[pc + 1] as number))
        return true
      }
      case op.loop:
        calls.repeat[call] = words[pc + 1] as number
        calls.pc[call] = pc + 2
        return true
      case op.again: {
        const left = (calls.repeat[call] as number) - 1
        calls.repeat[call] = left
        calls.pc[call] = left > 0 ? (words[pc + 1] as number) : pc + 2
        return true
      }
      case op.borrow:
        return this.borrow(call, words[pc + 1] as number)
      case op.restore: {
        const group = words[pc + 1] as number
        const unit = group + borrowed
        calls.pc[call] = pc + 2
        this.commit(call, this.program.groups[group]?.target ?? none)
        if (this.world.holds.remove(call, this.index, unit)) this.giveBack(call, unit)
        return true
      }
      case op.part: {
        calls.pc[call] = pc + 4
        calls.waitUs[call] = this.world.nowUs
        const goesOn = this.world.parts[words[pc + 1] as number]?.step(call, words[pc + 2] as number, words[pc + 3] as number) ?? true
        return goesOn || this.resumed === call
      }
      case op.fail:
        this.failFrame(call, words[pc + 1] as number)
        return this.resumed === call
      case op.key:
        calls.key[call] = this.program.keys[words[pc + 1] as number]?.draw(this.keyChoice) ?? 0
        calls.pc[call] = pc + 2
        return true
      default:
        // The slot may be in use again already, by a frame that this loop must then run.
        this.endFrame(call, calls.outcome[call] as number)
        return this.resumed === call
    }
  }

  override handle(event: number, call: number, token: number): void {
    if (event !== hostEvent.sleep) super.handle(event, call, token)
    else if (this.world.calls.token[call] === token) {
      this.world.calls.wake(call)
      this.run(call)
    }
  }

  override resume(call: number, outcome: number): void {
    this.world.calls.wake(call)
    if (outcome === 0) this.run(call)
    else this.failFrame(call, outcome)
  }

  protected override called(call: number): void {
    const { calls } = this.world
    if ((calls.repeat[call] as number) >= 1024) {
      calls.repeat[call] = (calls.repeat[call] as number) - 1024
      calls.attempt[call] = 0
      this.attempt(call)
      return
    }
    calls.pc[call] = (calls.pc[call] as number) + 2
    this.run(call)
  }

  protected override callFailed(call: number, site: CallSite, outcome: number): void {
    const { calls } = this.world
    calls.causePart[call] = site.target
    calls.cause[call] = outcome
    calls.repeat[call] = (calls.repeat[call] as number) % 1024
    if (site.fallback < 0) {
      this.failFrame(call, surfaced(outcome))
      return
    }
    calls.result[call] = 0
    calls.pc[call] = site.fallback
    this.run(call)
  }

  protected override lent(call: number, group: number, waitedUs: number): void {
    const { calls, holds } = this.world
    const pc = calls.pc[call] as number
    if (this.program.words[pc] !== op.borrow) {
      super.lent(call, group, waitedUs)
      return
    }
    holds.add(call, this.index, group + borrowed)
    this.waitedForLoan(call, group, waitedUs)
    calls.pc[call] = pc + 2
    this.run(call)
  }

  override expired(call: number): void {
    const { calls } = this.world
    const pc = calls.pc[call] as number
    if (calls.stage[call] !== stage.pool || this.program.words[pc] !== op.borrow) {
      super.expired(call)
      return
    }
    const group = this.program.words[pc + 1] as number
    this.gateOf(call, group).pool?.waiting.remove(call)
    calls.wake(call)
    this.waitedForLoan(call, group, -1)
    calls.causePart[call] = this.program.groups[group]?.target ?? none
    calls.cause[call] = outcomeCode['pool-timeout']
    this.failFrame(call, outcomeCode.error)
  }

  protected override isAtCall(call: number): boolean {
    return this.program.words[this.world.calls.pc[call] as number] === op.call
  }

  protected isBorrowing(call: number): boolean {
    return this.program.words[this.world.calls.pc[call] as number] === op.borrow
  }

  protected override poolGroupOf(call: number): number {
    return this.isBorrowing(call) ? (this.program.words[(this.world.calls.pc[call] as number) + 1] as number) : super.poolGroupOf(call)
  }

  /** Whether the frame's replica runs a version of the code; only services have versions. */
  protected runsVersion(_call: number, _version: string): boolean {
    return false
  }

  /** Probability number `index`, which a part may raise. */
  protected chanceOf(index: number): number {
    return this.program.chances[index] as number
  }

  private borrow(call: number, group: number): boolean {
    const { calls } = this.world
    const { pool } = this.gateOf(call, group)
    if (pool === null || pool.take()) {
      if (pool !== null) {
        this.world.holds.add(call, this.index, group + borrowed)
        this.waitedForLoan(call, group, 0)
      }
      calls.pc[call] = (calls.pc[call] as number) + 2
      return true
    }
    calls.waitUs[call] = this.world.nowUs
    pool.waiting.push(call)
    const acquireUs = this.program.groups[group]?.policy.pool?.acquire ?? 0
    this.world.deadlines.set(this.index, call, calls.wait(call, stage.pool), acquireUs)
    return false
  }
}
