import { none, stage } from '../../calls.ts'
import type { BuildContext } from '../../part.ts'
import { hostEvent } from '../../program/calling-part.ts'
import { Compiler } from '../../program/compiler.ts'
import { ProgramPart } from '../../program/program-part.ts'
import type { PolicySpec } from '../../policy/schema.ts'

/** Events of background parts, beside those of every host of programs. */
export const firstOwnEvent: number = hostEvent.ownEvents

/** Something that runs programs of its own accord and has no pods: jobs, relays, recoveries. Its work is not limited by cores. */
export abstract class BackgroundPart<State extends object> extends ProgramPart<State> {
  /** A frame of its own, at the beginning of a program and in a new trace. @param parent a number for the part's own use */
  protected beginFrame(entry: number, parent: number): number {
    const { world } = this
    const { calls } = world
    const call = calls.take(none, parent, this.index, 0)
    calls.stage[call] = stage.running
    calls.arrivedUs[call] = world.nowUs
    calls.pc[call] = entry
    this.beginTrace(call)
    calls.span[call] = calls.nextSpan()
    return call
  }

  /** Gives a frame a trace of its own. */
  protected beginTrace(call: number): void {
    const { world } = this
    world.traces += 1
    world.calls.traceHi[call] = Math.floor(world.traces / 2 ** 32)
    world.calls.traceLo[call] = world.traces >>> 0
    world.calls.parentSpan[call] = 0
  }

  protected prepare(call: number, child: number): void {
    const { calls } = this.world
    calls.traceHi[child] = calls.traceHi[call] as number
    calls.traceLo[child] = calls.traceLo[call] as number
    const span = calls.nextSpan()
    calls.clientSpan[child] = span
    calls.parentSpan[child] = span
  }

  protected beginWork(call: number, us: number): boolean {
    this.world.schedule(us, this.index, hostEvent.sleep, call, this.world.calls.wait(call, stage.sleep))
    return false
  }

  protected observe(_call: number, _child: number): void {
    /* Parts that show their calls override this. */
  }
  protected waitedForPool(): void {
    /* Its connections are not shown. */
  }
  protected waitedForLoan(): void {
    /* Its connections are not shown. */
  }
  protected breakerTurned(): void {
    /* Its breakers are not shown. */
  }
  protected leaks(): boolean {
    return false
  }
  protected branchBegan(): void {
    /* There are no replicas to keep lists of. */
  }
  protected branchEnded(): void {
    /* There are no replicas to keep lists of. */
  }
  protected extraCalls(): number {
    return 0
  }
}

/** A compiler for the programs of a part. */
export function compilerFor({ world, path, problem }: BuildContext, dependencies: Readonly<Record<string, PolicySpec>> = {}): Compiler {
  return new Compiler({ world, problem: (at, message) => problem(at.slice(path.length), message), dependencies, attribute: (name, value) => world.attributes.find(name, value) })
}
