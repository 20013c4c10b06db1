/**
 * What a part of the simulated system is, and what a kind of part offers. Adding a part to the model is one file that
 * exports a `PartKind`, and one line in `registry.ts`.
 */
import type { z } from 'zod'
import type { Component, Distribution } from '../engine/index.ts'
import { attribute } from '../telemetry/index.ts'
import type { AttributeValue } from '../traces/source.ts'
import type { KeySpec } from './keys.ts'
import type { World } from './world.ts'

/** Where something stands in the topology file, for complaints with a line. */
export type Path = readonly (string | number)[]

/** Something that calls go to or come from. */
export interface Part<State extends object = object> extends Component<State> {
  readonly name: string
  readonly index: number
  /** A call has arrived. The part ends it with `world.wire.finish`, now or later. */
  arrive(call: number): void
  /** A call that this part made has ended; its outcome is in the table, its slot is free after this returns. */
  reply(call: number): void
  /** A wait of this call, guarded by `world.deadlines`, took too long. */
  expired(call: number): void
  /** The caller of this call no longer waits. Work may go on: most servers never notice. */
  abandoned(call: number): void
  /** Takes back a unit that a frame held (`world.holds`), because the frame has ended or let go. */
  giveBack(call: number, unit: number): void
  /** A step of a program that belongs to this part. True when the frame goes on at once; else the part calls `resume`. */
  step(call: number, code: number, operand: number): boolean
  /** Goes on with a frame of this part that waited for another part's `step`. `outcome` other than 0 fails the frame. */
  resume(call: number, outcome: number): void
  /** Brings gauges up to date; called before each scrape. */
  measure(): void
  /** Number of an operation that callers may name, or -1. */
  operation(name: string): number
  /** What operations there are, for suggestions. */
  operationNames(): readonly string[]
  /** Name and attributes of the span in which a caller waits for this operation, by OpenTelemetry's conventions. */
  spanOf(operation: string): { readonly name: string; readonly kind?: 'client' | 'producer'; readonly attributes: Readonly<Record<string, AttributeValue>> }
}

/** A part with nothing in it: override what the part does. */
export abstract class BasePart<State extends object = object> implements Part<State> {
  readonly name: string
  readonly index: number
  protected readonly world: World

  constructor(world: World, name: string) {
    this.world = world
    this.name = name
    this.index = world.add(this)
  }

  abstract save(): State
  abstract load(state: State): void

  handle(_kind: number, _a: number, _b: number): void {
    throw new RangeError(`"${this.name}" has no events.`)
  }
  arrive(_call: number): void {
    throw new RangeError(`"${this.name}" cannot be called.`)
  }
  reply(_call: number): void {
    throw new RangeError(`"${this.name}" makes no calls.`)
  }
  expired(_call: number): void {
    throw new RangeError(`"${this.name}" sets no deadlines.`)
  }
  abandoned(_call: number): void {
    /* Most parts do not notice that nobody waits any more. */
  }
  giveBack(_call: number, _unit: number): void {
    throw new RangeError(`"${this.name}" lends nothing.`)
  }
  step(_call: number, _code: number, _operand: number): boolean {
    throw new RangeError(`"${this.name}" has no steps.`)
  }
  resume(_call: number, _outcome: number): void {
    throw new RangeError(`"${this.name}" runs no programs.`)
  }
  measure(): void {
    /* Parts whose gauges are always up to date have nothing to do. */
  }
  operation(_name: string): number {
    return -1
  }
  operationNames(): readonly string[] {
    return []
  }
  spanOf(operation: string): { name: string; attributes: Record<string, AttributeValue> } {
    return { name: operation, attributes: { [attribute.serverAddress]: this.name } }
  }
}

/** The `Part` interface seen from a kind: what `build` may use while the world is put together. */
export interface BuildContext {
  readonly world: World
  /** Path of the part in the file. */
  readonly path: Path
  /** Complains about the topology. `at` is below the part's path unless `absolute`. */
  problem(at: Path, message: string): void
}

/** What a change did, with the settings that it altered. */
export interface ChangeEffect {
  readonly summary: string
  readonly before: Readonly<Record<string, string | number | boolean>>
  readonly after: Readonly<Record<string, string | number | boolean>>
}

/** A change to a part at run time: an action of somebody, a fault of the world, or both. */
export interface ChangeKind<P extends Part = Part, Arguments = unknown> {
  /** The word in `faults:` and in `act`, such as `scale`. */
  readonly name: string
  /** Whether an operator can do it, the world can do it, or both. */
  readonly use: 'action' | 'fault' | 'both'
  /** One line for lists: what it does, in plain words. */
  readonly summary: string
  /** Arguments beside target and time; a strict object. */
  readonly schema: z.ZodType<Arguments>
  /** Time from the decision to the first effect, for actions; faults strike at once. Microseconds. */
  durationUs(args: Arguments): number
  /** Why it cannot be done now; null when it can. Asked when the action is asked for. */
  refuse?(part: P, args: Arguments): string | null
  /** How the change log shows it, also when it happens by itself: teams see deploys and settings of others. Absent: as a setting when somebody did it, hidden when the world did. */
  readonly recordedAs?: 'deploy' | 'config' | 'flag' | 'scale'
  /** Makes the change. What it returns is told in the change log. */
  apply(part: P, args: Arguments): string | ChangeEffect
  /** Undoes it, for faults with `for`. Absent: the change stays. */
  revert?(part: P, args: Arguments): void
}

/** Compiles the steps that a part kind adds to programs. */
export interface StepKind<Options = unknown> {
  /** The key that names the step, such as `query`. */
  readonly keyword: string
  readonly summary: string
  /** The whole step, strict, with its keyword. */
  readonly schema: z.ZodType<Options>
  compile(options: Options, compiler: StepCompiler, path: Path): void
}

/** What `StepKind.compile` writes to. */
export interface StepCompiler {
  /** Appends words to the program and returns where the first is. */
  emit(...words: number[]): number
  /** Where the next word goes. */
  position(): number
  /** Changes a word written before, for jumps. */
  patch(position: number, word: number): void
  /** Compiles steps in place. */
  steps(steps: unknown, path: Path): void
  /** A call to `target operation` with the policy options of the step. Its result (hit or miss, true or false) is in `result`. */
  call(target: string, options: Readonly<Record<string, unknown>>, path: Path): void
  /** Chooses the entity that the following steps are about. */
  keys(spec: KeySpec): void
  /** A step of another part: `step(call, code, operand)` of that part. */
  partStep(part: Part, code: number, operand: number): void
  /** The part of this name, or null after a complaint. */
  part(name: string, path: Path): Part | null
  /** Number of a constant in the program's table of samplers. */
  sampler(distribution: Distribution): number
  problem(path: Path, message: string): void
}

/** A kind of part: what the topology says about it, how it is made, what can be done to it. */
export interface PartKind<Spec = unknown, P extends Part = Part> {
  /** Such as `service`. */
  readonly kind: string
  /** Its section in a topology, such as `services`. */
  readonly section: string
  readonly summary: string
  /** One entry of the section. */
  readonly schema: z.ZodType<Spec>
  /** First pass: makes the part. Other parts may not exist yet. */
  build(spec: Spec, name: string, context: BuildContext): P
  /** Second pass: all parts exist; resolve names, compile programs, schedule first events. */
  connect?(part: P, spec: Spec, context: BuildContext): void
  readonly steps?: readonly StepKind[]
  readonly changes?: readonly ChangeKind<P>[]
}
