import type { RandomStream } from '../../../engine/index.ts'
import { attribute } from '../../../telemetry/index.ts'
import type { AttributeValue } from '../../../traces/source.ts'
import { callerEpoch, callerPlace } from '../../callers.ts'
import { none, stage } from '../../calls.ts'
import { outcomeCode } from '../../outcome.ts'
import { BasePart } from '../../part.ts'
import type { World } from '../../world.ts'
import { answerKind } from './resolver.ts'
import type { Answer, Resolver } from './resolver.ts'
import type { Keep, NameSpec } from './schema.ts'

/** What a process has kept of a name: target, until when, and which process of its place it is. */
type Kept = readonly [target: number, untilUs: number, epoch: number]

export interface NameState {
  readonly weights: readonly number[]
  readonly ttlUs: number
  readonly kept: ReadonlyMap<number, Kept>
  readonly failing: number
}

/**
 * A name in DNS: calls to it go to the part that it stands for. Each process of a caller looks it up for itself and
 * keeps the answer, so a change is seen only bit by bit.
 */
export class Name extends BasePart<NameState> {
  readonly spec: NameSpec
  /** Names of the parts that it may stand for. */
  readonly targets: readonly string[]
  ttlUs: number
  /** How often each target is the answer. */
  weights: number[]
  /** 1: lookups of this very name fail, as after a bad change of the zone. */
  failing = 0
  private readonly choice: RandomStream
  private resolver: Resolver | null = null
  private readonly operationWords: string[] = []
  /** Numbers of each operation at each target. */
  private readonly operationNumbers: (readonly number[])[] = []
  private kept = new Map<number, Kept>()

  constructor(world: World, name: string, spec: NameSpec) {
    super(world, name)
    this.spec = spec
    this.targets = Object.keys(spec.target)
    this.weights = Object.values(spec.target)
    this.ttlUs = spec.ttl
    this.choice = world.stream(`${name}/answers`)
  }

  get clock(): World {
    return this.world
  }

  /** Second pass. */
  use(resolver: Resolver): void {
    this.resolver = resolver
  }

  override arrive(call: number): void {
    const kept = this.kept.get(callerPlace(this.world, call))
    if (kept !== undefined && kept[1] > this.world.nowUs && kept[2] === callerEpoch(this.world, call)) {
      this.forward(call, kept[0])
      return
    }
    const answer: Answer = this.resolver?.look(this.name) ?? { tookUs: 0, kind: answerKind.servfail }
    const isFound = answer.kind === answerKind.found && this.failing === 0
    this.world.schedule(answer.tookUs, this.index, isFound ? answerKind.found : answerKind.servfail, call, this.world.calls.wait(call, stage.part))
  }

  override handle(kind: number, call: number, token: number): void {
    const { calls } = this.world
    if (calls.token[call] !== token) return
    calls.wake(call)
    if (calls.caller[call] === none) {
      // Nobody waits any more, so nothing is sent.
      this.world.wire.finish(call, outcomeCode.cancelled)
      return
    }
    const place = callerPlace(this.world, call)
    const stale = this.kept.get(place)
    if (kind === answerKind.found) {
      const target = this.draw()
      const untilUs = this.keepUntilUs(this.world.parts[calls.caller[call] as number]?.name ?? '')
      if (untilUs > this.world.nowUs) this.kept.set(place, [target, untilUs, callerEpoch(this.world, call)])
      this.forward(call, target)
    } else if (this.spec['serve-stale'] && stale !== undefined && stale[2] === callerEpoch(this.world, call)) this.forward(call, stale[0])
    else this.world.wire.finish(call, outcomeCode['name-not-resolved'])
  }

  override operation(name: string): number {
    const known = this.operationWords.indexOf(name)
    if (known >= 0) return known
    const numbers = this.targets.map((target) => {
      const part = this.world.part(target)
      return part === undefined || part instanceof Name ? -1 : part.operation(name)
    })
    if (numbers.some((number) => number < 0)) return -1
    this.operationNumbers.push(numbers)
    return this.operationWords.push(name) - 1
  }

  override operationNames(): readonly string[] {
    const part = this.world.part(this.targets[0] ?? '')
    return part === undefined || part instanceof Name ? [] : part.operationNames()
  }

  override spanOf(operation: string): { name: string; attributes: Record<string, AttributeValue> } {
    const part = this.world.part(this.targets[0] ?? '')
    const span = part === undefined || part instanceof Name ? super.spanOf(operation) : part.spanOf(operation)
    return { name: span.name, attributes: { ...span.attributes, [attribute.serverAddress]: this.name } }
  }

  /** Forgets what processes keep: all, or those of one caller. Returns how many had something. */
  flush(caller: number): number {
    const before = this.kept.size
    if (caller === none) this.kept.clear()
    else for (const place of this.kept.keys()) if (Math.floor(place / 4096) === caller) this.kept.delete(place)
    return before - this.kept.size
  }

  /** What the name server answers now: targets with their weights, and the TTL in seconds. */
  records(): readonly { readonly target: string; readonly weight: number; readonly ttlSeconds: number }[] {
    return this.targets.flatMap((target, index) => ((this.weights[index] ?? 0) > 0 ? [{ target, weight: this.weights[index] ?? 0, ttlSeconds: this.ttlUs / 1e6 }] : []))
  }

  /** What the processes of a caller keep now, with the seconds left; Infinity for those that never ask again. */
  keptBy(caller: string): readonly { readonly replica: number; readonly target: string; readonly secondsLeft: number }[] {
    const index = this.world.part(caller)?.index
    return [...this.kept].flatMap(([place, [target, untilUs]]) =>
      Math.floor(place / 4096) === index && untilUs > this.world.nowUs ? [{ replica: place % 4096, target: this.targets[target] ?? '', secondsLeft: (untilUs - this.world.nowUs) / 1e6 }] : [],
    )
  }

  save(): NameState {
    return { weights: this.weights.slice(), ttlUs: this.ttlUs, kept: new Map(this.kept), failing: this.failing }
  }

  load(state: NameState): void {
    this.weights = state.weights.slice()
    this.ttlUs = state.ttlUs
    this.kept = new Map(state.kept)
    this.failing = state.failing
  }

  private forward(call: number, target: number): void {
    const { calls, wire } = this.world
    calls.operation[call] = this.operationNumbers[calls.operation[call] as number]?.[target] ?? 0
    calls.callee[call] = this.world.part(this.targets[target] ?? '')?.index ?? this.index
    calls.stage[call] = stage.transit
    wire.forward(call)
  }

  private draw(): number {
    const total = this.weights.reduce((sum, weight) => sum + weight, 0)
    let left = this.choice.uniform() * total
    const found = this.weights.findIndex((weight) => (left -= weight) < 0)
    return found < 0 ? 0 : found
  }

  private keepUntilUs(caller: string): number {
    const keep: Keep = this.spec.caching[caller] ?? 'ttl'
    if (keep === 'forever') return Number.POSITIVE_INFINITY
    return this.world.nowUs + (keep === 'none' ? 0 : keep === 'ttl' ? this.ttlUs : keep)
  }
}
