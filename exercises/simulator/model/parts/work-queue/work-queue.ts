import { Sampler } from '../../../engine/index.ts'
import type { RandomStream } from '../../../engine/index.ts'
import { attribute } from '../../../telemetry/index.ts'
import type { AttributeValue } from '../../../traces/source.ts'
import { role, stage } from '../../calls.ts'
import { outcomeCode } from '../../outcome.ts'
import { BasePart } from '../../part.ts'
import type { World } from '../../world.ts'
import { podPhase } from '../service/replica.ts'
import type { Service } from '../service/service.ts'
import type { WorkQueueSpec } from './schema.ts'
import { WorkQueueSignals } from './work-queue-signals.ts'

const event = { stored: 0, visible: 1, look: 2, redrive: 3 } as const
/** How soon consumers of a new pod are noticed. */
const lookUs = 1_000_000
const redriveTickUs = 100_000
/** SQS' default, and RabbitMQ's consumer timeout. */
const defaultVisibilityUs = { sqs: 30_000_000, rabbitmq: 1_800_000_000 } as const

/** A message that waits or is worked on. Plain data. */
export interface QueueMessage {
  readonly key: number
  readonly attributes: number
  readonly traceHi: number
  readonly traceLo: number
  /** Span of the sender. */
  readonly span: number
  readonly sentUs: number
  readonly isPoison: boolean
  receives: number
  /** Delivery that it was last given out in; 0 while it waits. */
  delivery: number
}

/** A message in the hands of a pod. */
export interface Delivery {
  readonly number: number
  readonly message: number
  readonly replica: number
  readonly span: number
  readonly parentSpan: number
  readonly receive: number
  readonly startedUs: number
}

export interface WorkQueueSettings {
  readonly visibilityUs: number
  readonly mostReceives: number
  readonly perPod: number
}

export interface WorkQueueState {
  readonly messages: ReadonlyMap<number, QueueMessage>
  readonly waiting: readonly number[]
  readonly deliveries: ReadonlyMap<number, Delivery>
  readonly busy: readonly number[]
  readonly numbers: readonly number[]
  readonly paused: boolean
  readonly down: boolean
  readonly poisonShare: number
  readonly settings: WorkQueueSettings
}

/** A queue of work: each message goes to one pod at a time, until one has done it. */
export class WorkQueue extends BasePart<WorkQueueState> {
  readonly spec: WorkQueueSpec
  settings: WorkQueueSettings
  paused = false
  down = false
  poisonShare = 0
  poisonLeft = 0
  private messages = new Map<number, QueueMessage>()
  private waiting: number[] = []
  /** By the call that works on it. */
  private deliveries = new Map<number, Delivery>()
  /** Messages that each pod works on. */
  private busy: number[] = []
  private handing = false
  private ids = 0
  private deliveryCount = 0
  private turn = 0
  private redriveRate = 0
  private worker: { readonly service: Service; readonly endpoint: number } | null = null
  private deadLetters: WorkQueue | null = null
  /** Queue whose dead letters come here. */
  source: WorkQueue | null = null
  private readonly latency: Sampler
  private readonly times: RandomStream
  private readonly faults: RandomStream
  private readonly signals: WorkQueueSignals

  constructor(world: World, name: string, spec: WorkQueueSpec) {
    super(world, name)
    this.spec = spec
    this.settings = { visibilityUs: spec.visibility ?? defaultVisibilityUs[spec.as], mostReceives: spec['most-receives'] ?? Number.POSITIVE_INFINITY, perPod: spec['per-pod'] }
    this.latency = new Sampler(spec.latency)
    this.times = world.stream(`${name}/latency`)
    this.faults = world.stream(`${name}/faults`)
    this.signals = new WorkQueueSignals(world, this)
  }

  /** Second pass: who works, and where dead letters go. */
  begin(worker: { readonly service: Service; readonly endpoint: number } | null, deadLetters: WorkQueue | null): void {
    this.worker = worker
    this.deadLetters = deadLetters
    if (deadLetters !== null) deadLetters.source = this
    if (worker !== null) this.world.schedule(0, this.index, event.look)
  }

  /** Service that works on its messages. */
  get service(): Service | null {
    return this.worker?.service ?? null
  }

  /** Messages that wait, are worked on, and the age of the oldest. */
  get waitingCount(): number {
    return this.waiting.length
  }
  get length(): number {
    return this.messages.size
  }
  oldestAgeUs(): number {
    for (const { sentUs } of this.messages.values()) return this.world.nowUs - sentUs
    return 0
  }

  override arrive(call: number): void {
    const { calls, wire } = this.world
    if (this.down) wire.finish(call, outcomeCode.refused)
    else if (this.messages.size >= this.spec.capacity) wire.finish(call, outcomeCode.unavailable)
    else {
      calls.wait(call, stage.part)
      this.world.schedule(this.latency.sampleUs(this.times), this.index, event.stored, call)
    }
  }

  override handle(kind: number, a: number, b: number): void {
    if (kind === event.stored) this.store(a)
    else if (kind === event.visible) {
      const message = this.messages.get(a)
      if (message?.delivery === b) this.giveAgain(a, message)
    } else if (kind === event.redrive) this.continueRedrive()
    else {
      this.world.schedule(lookUs, this.index, event.look)
      this.handOut()
    }
  }

  override reply(call: number): void {
    const delivery = this.deliveries.get(call)
    if (delivery === undefined) return
    this.deliveries.delete(call)
    this.busy[delivery.replica] = (this.busy[delivery.replica] ?? 1) - 1
    const outcome = this.world.calls.outcome[call] as number
    const message = this.messages.get(delivery.message)
    this.signals.worked(call, delivery, outcome)
    // Not its delivery any more: it took longer than the message was hidden, and somebody else has it too.
    if (message === undefined || message.delivery !== delivery.number) this.signals.late()
    else if (outcome === 0) {
      this.messages.delete(delivery.message)
      this.signals.done(message)
    } else if (this.spec.as === 'rabbitmq') this.world.schedule(Math.max(1000, this.latency.sampleUs(this.times)), this.index, event.visible, delivery.message, delivery.number)
    this.handOut()
  }

  override operation(name: string): number {
    return name === '' || name === 'send' ? 0 : -1
  }

  override operationNames(): readonly string[] {
    return ['send']
  }

  override spanOf(): { name: string; kind: 'producer'; attributes: Record<string, AttributeValue> } {
    const attributes = { [attribute.messagingSystem]: this.system, [attribute.messagingDestinationName]: this.name, [attribute.messagingOperationName]: 'send', [attribute.messagingOperationType]: 'send', [attribute.serverAddress]: this.name }
    return { name: `send ${this.name}`, kind: 'producer', attributes }
  }

  /** As OpenTelemetry names the system. */
  get system(): string {
    return this.spec.as === 'sqs' ? 'aws_sqs' : 'rabbitmq'
  }

  /** Takes a message over from another queue. */
  take(message: QueueMessage): void {
    this.add({ ...message, receives: 0, delivery: 0 })
  }

  /** Changes settings and uses them at once. */
  configure(settings: WorkQueueSettings): void {
    this.settings = settings
    this.handOut()
  }

  setPaused(paused: boolean): void {
    this.paused = paused
    this.handOut()
  }

  /** Deletes all messages that wait, and returns how many. */
  purge(): number {
    const { length } = this.waiting
    for (const id of this.waiting) this.messages.delete(id)
    this.waiting = []
    return length
  }

  /** Sends dead letters back to where they came from, at a rate. */
  redrive(perSecond: number): void {
    if (this.redriveRate === 0) this.world.schedule(redriveTickUs, this.index, event.redrive)
    this.redriveRate = perSecond
  }

  override measure(): void {
    this.signals.measure()
  }

  save(): WorkQueueState {
    return {
      messages: new Map([...this.messages].map(([id, message]) => [id, { ...message }])), waiting: this.waiting.slice(), deliveries: new Map(this.deliveries), busy: this.busy.slice(),
      numbers: [this.ids, this.deliveryCount, this.turn, this.redriveRate, this.poisonLeft], paused: this.paused, down: this.down, poisonShare: this.poisonShare, settings: this.settings,
    }
  }

  load(state: WorkQueueState): void {
    this.messages = new Map([...state.messages].map(([id, message]) => [id, { ...message }]))
    this.waiting = state.waiting.slice()
    this.deliveries = new Map(state.deliveries)
    this.busy = state.busy.slice()
    const [ids = 0, deliveryCount = 0, turn = 0, redriveRate = 0, poisonLeft = 0] = state.numbers
    Object.assign(this, { ids, deliveryCount, turn, redriveRate, poisonLeft, paused: state.paused, down: state.down, poisonShare: state.poisonShare, settings: state.settings })
    this.signals.clear()
  }

  private store(call: number): void {
    const { calls, nowUs } = this.world
    const isPoison = this.poisonLeft > 0 || (this.poisonShare > 0 && this.faults.chance(this.poisonShare))
    if (this.poisonLeft > 0) this.poisonLeft -= 1
    const message = {
      key: calls.key[call] as number, attributes: calls.attributes[call] as number, traceHi: calls.traceHi[call] as number, traceLo: calls.traceLo[call] as number,
      span: calls.parentSpan[call] as number, sentUs: nowUs, isPoison, receives: 0, delivery: 0,
    }
    this.world.wire.finish(call, outcomeCode.ok)
    this.signals.sent()
    this.add(message)
  }

  private add(message: QueueMessage): void {
    this.ids += 1
    this.messages.set(this.ids, message)
    this.waiting.push(this.ids)
    this.handOut()
  }

  /** A message that nobody has done waits again, or is given up. */
  private giveAgain(id: number, message: QueueMessage): void {
    message.delivery = 0
    if (message.receives >= this.settings.mostReceives) {
      this.messages.delete(id)
      this.signals.givenUp(message, this.deadLetters?.name ?? null)
      this.deadLetters?.take(message)
    } else this.waiting.push(id)
    this.handOut()
  }

  /** Gives messages to pods that have a consumer free, each pod in its turn. */
  private handOut(): void {
    const { worker } = this
    if (worker === null || this.handing || this.paused || this.down) return
    this.handing = true
    for (let id = this.waiting[0]; id !== undefined; id = this.waiting[0]) {
      const replica = this.nextPod(worker.service)
      if (replica < 0) break
      this.waiting.shift()
      const message = this.messages.get(id)
      if (message !== undefined) this.deliver(id, message, replica, worker)
    }
    this.handing = false
  }

  /** A pod with a consumer that is free, or -1. */
  private nextPod({ replicas }: Service): number {
    for (let step = 1; step <= replicas.length; step += 1) {
      const index = (this.turn + step) % replicas.length
      const replica = replicas[index]
      if (replica === undefined || replica.gone === 1 || replica.phase !== podPhase.running || (this.busy[index] ?? 0) >= this.settings.perPod) continue
      this.turn = index
      return index
    }
    return -1
  }

  private deliver(id: number, message: QueueMessage, replica: number, { service, endpoint }: { readonly service: Service; readonly endpoint: number }): void {
    const { calls, nowUs, wire } = this.world
    const call = calls.take(this.index, id, service.index, endpoint)
    this.deliveryCount += 1
    const span = calls.nextSpan()
    message.receives += 1
    message.delivery = this.deliveryCount
    this.busy[replica] = (this.busy[replica] ?? 0) + 1
    this.deliveries.set(call, { number: this.deliveryCount, message: id, replica, span, parentSpan: message.span, receive: message.receives, startedUs: nowUs })
    calls.key[call] = message.key
    calls.attributes[call] = message.attributes
    calls.traceHi[call] = message.traceHi
    calls.traceLo[call] = message.traceLo
    calls.parentSpan[call] = span
    calls.replica[call] = replica
    calls.role[call] = role.placed | (message.isPoison ? role.poison : 0)
    this.signals.delivered(message)
    this.world.schedule(this.settings.visibilityUs, this.index, event.visible, id, this.deliveryCount)
    wire.send(call)
  }

  private continueRedrive(): void {
    const due = Math.max(1, Math.round((this.redriveRate * redriveTickUs) / 1e6))
    for (const id of this.waiting.splice(0, due)) {
      const message = this.messages.get(id)
      this.messages.delete(id)
      if (message !== undefined) this.source?.take(message)
    }
    if (this.waiting.length > 0) this.world.schedule(redriveTickUs, this.index, event.redrive)
    else this.redriveRate = 0
  }
}
