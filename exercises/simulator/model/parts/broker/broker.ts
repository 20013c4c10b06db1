import { Sampler } from '../../../engine/index.ts'
import type { RandomStream } from '../../../engine/index.ts'
import { attribute } from '../../../telemetry/index.ts'
import type { AttributeValue } from '../../../traces/source.ts'
import { stage } from '../../calls.ts'
import { outcomeCode } from '../../outcome.ts'
import { BasePart } from '../../part.ts'
import type { World } from '../../world.ts'
import { BrokerSignals } from './broker-signals.ts'
import { messageFlag } from './message-log.ts'
import type { MessageLog } from './message-log.ts'
import type { BrokerSpec } from './schema.ts'
import { Topic } from './topic.ts'
import type { TopicState } from './topic.ts'

const event = { acknowledged: 0, retry: 1, elected: 2, metadata: 3, replay: 4 } as const
/** How soon a producer asks again for a leader. */
const leaderRetryUs = 100_000
/** A replay sends what is due this often. */
const replayTickUs = 100_000

/** Told of what happens to a topic: consumers that wait for messages. */
export interface TopicReader {
  /** A message has come to a partition. */
  appended(topic: number, partition: number): void
  /** More partitions are known than before. */
  partitionsKnown(topic: number): void
}

/** Messages of one topic being sent again to another, such as dead letters after a fix. */
export interface Replay {
  readonly from: number
  readonly to: number
  /** Next offset to send, by partition. */
  readonly next: readonly number[]
  /** Where it ends, by partition: messages that come while it runs are not its business. */
  readonly until: readonly number[]
  readonly perTick: number
  /** Part of a message that is due, carried over. */
  readonly due: number
}

export interface BrokerState {
  readonly topics: readonly TopicState[]
  readonly downNodes: readonly number[]
  readonly factor: number
  readonly full: boolean
  readonly replays: readonly Replay[]
}

/** A log-based broker, as Kafka is one: topics with partitions on nodes, which keep messages until they are too old. */
export class Broker extends BasePart<BrokerState> {
  readonly spec: BrokerSpec
  readonly topics: Topic[]
  /** Nodes that are down. */
  downNodes: number[] = []
  /** Acknowledgements take this many times longer. */
  factor = 1
  /** No room for new messages. */
  full = false
  replays: Replay[] = []
  private readonly latency: Sampler
  private readonly times: RandomStream
  private readonly faults: RandomStream
  private readonly readers: TopicReader[][]
  private readonly signals: BrokerSignals

  constructor(world: World, name: string, spec: BrokerSpec) {
    super(world, name)
    this.spec = spec
    this.topics = Object.entries(spec.topics).map(([topic, topicSpec]) => new Topic(topic, topicSpec, spec.nodes))
    this.readers = this.topics.map(() => [])
    this.latency = new Sampler(spec.produce)
    this.times = world.stream(`${name}/latency`)
    this.faults = world.stream(`${name}/faults`)
    this.signals = new BrokerSignals(world, this)
  }

  /** While the world is built: somebody wants to know of new messages. */
  read(topic: number, reader: TopicReader): void {
    this.readers[topic]?.push(reader)
  }

  /** A producer's message has come. It is in the log, and readable, when it is acknowledged. */
  override arrive(call: number): void {
    const { calls } = this.world
    const topic = this.topics[calls.operation[call] as number] as Topic
    const partition = topic.partitionOf(calls.key[call] as number)
    calls.value[call] = partition
    calls.waitUs[call] = this.world.nowUs
    calls.wait(call, stage.part)
    if (this.full) this.world.wire.finish(call, outcomeCode['disk-full'])
    else this.write(call, topic, partition)
  }

  override handle(kind: number, a: number, b: number): void {
    const { calls } = this.world
    if (kind === event.acknowledged || kind === event.retry) {
      const topic = this.topics[calls.operation[a] as number] as Topic
      const partition = calls.value[a] as number
      if (kind === event.retry || topic.offlineUntilUs[partition] !== 0) this.write(a, topic, partition)
      else this.acknowledge(a, topic, partition)
    } else if (kind === event.elected) this.elect(a, b)
    else if (kind === event.metadata) this.learn(a)
    else this.continueReplay(a)
  }

  /** Number of a topic, or -1. */
  override operation(name: string): number {
    return this.topics.findIndex((topic) => topic.name === name)
  }

  override operationNames(): readonly string[] {
    return this.topics.map(({ name }) => name)
  }

  override spanOf(operation: string): { name: string; kind: 'producer'; attributes: Record<string, AttributeValue> } {
    const attributes = { [attribute.messagingSystem]: 'kafka', [attribute.messagingDestinationName]: operation, [attribute.messagingOperationName]: 'send', [attribute.messagingOperationType]: 'send', [attribute.serverAddress]: this.name }
    return { name: `send ${operation}`, kind: 'producer', attributes }
  }

  /** The messages of a partition; null when the topic has no such partition. */
  log(topic: number, partition: number): MessageLog | null {
    return this.topics[topic]?.logs[partition] ?? null
  }

  /** Whether a partition has a leader, so that it can be written and read. */
  isOnline(topic: number, partition: number): boolean {
    return this.topics[topic]?.offlineUntilUs[partition] === 0
  }

  /** Puts a copy of a message into a topic, by the consumer that could not handle it or by a replay. */
  copy(from: number, partition: number, offset: number, to: number, flags: number): void {
    const source = this.log(from, partition)
    const topic = this.topics[to]
    if (source === null || topic === undefined) return
    const target = topic.partitionOf(source.keyAt(offset))
    topic.logs[target]?.appendCopy(source, offset, this.world.nowUs, flags)
    this.tell(to, target)
  }

  /** Adds partitions. Producers and consumers learn of them when what they know is old. */
  addPartitions(topic: number, partitions: number): void {
    this.topics[topic]?.grow(partitions)
    this.world.schedule(this.spec['metadata-age'], this.index, event.metadata, topic)
  }

  /** A node is lost, or comes back. */
  setNode(node: number, up: boolean): void {
    this.downNodes = this.downNodes.filter((down) => down !== node)
    if (!up) this.downNodes.push(node)
    for (const [index, topic] of this.topics.entries()) {
      for (const [partition, leader] of topic.leaders.entries()) {
        if (up && topic.offlineUntilUs[partition] !== 0) this.elect(index, partition)
        else if (!up && leader === node) this.lose(index, partition, this.spec.failover)
      }
    }
  }

  /** A partition has no leader for a time; Infinity: until `elect`. */
  lose(topic: number, partition: number, us: number): void {
    const { nowUs } = this.world
    const target = this.topics[topic]
    const log = target?.logs[partition]
    if (target === undefined || log === undefined) return
    if (this.spec.acks === 'leader') {
      const end = log.end
      log.truncate(log.offsetAtUs(nowUs - this.spec['replica-lag']))
      if (log.end < end) this.signals.truncated(target.name, partition, log.end)
    }
    target.offlineUntilUs[partition] = nowUs + us
    if (us !== Number.POSITIVE_INFINITY) this.world.schedule(us, this.index, event.elected, topic, partition)
  }

  /** A partition gets a leader, if a node is left. */
  elect(topic: number, partition: number): void {
    const target = this.topics[topic]
    const before = target?.leaders[partition]
    if (target === undefined || before === undefined) return
    const nodes = Array.from({ length: this.spec.nodes }, (_, step) => (before + step) % this.spec.nodes)
    const leader = nodes.find((node) => !this.downNodes.includes(node))
    if (leader === undefined) return
    target.leaders[partition] = leader
    target.offlineUntilUs[partition] = 0
    this.signals.elected(target.name, partition, leader)
    this.tell(topic, partition)
  }

  /** Sends all messages that are now in a topic to another one, at a rate, and forgets them there. */
  replay(from: number, to: number, perSecond: number): void {
    const logs = this.topics[from]?.logs ?? []
    this.replays.push({ from, to, next: logs.map(({ start }) => start), until: logs.map(({ end }) => end), perTick: (perSecond * replayTickUs) / 1e6, due: 0 })
    this.world.schedule(replayTickUs, this.index, event.replay, this.replays.length - 1)
  }

  override measure(): void {
    const { nowUs } = this.world
    for (const { logs, spec } of this.topics) for (const log of logs) if (nowUs > spec.retention) log.dropBefore(log.offsetAtUs(nowUs - spec.retention))
    this.signals.measure()
  }

  save(): BrokerState {
    return { topics: this.topics.map((topic) => topic.save()), downNodes: this.downNodes.slice(), factor: this.factor, full: this.full, replays: this.replays.slice() }
  }

  load(state: BrokerState): void {
    for (const [index, topic] of this.topics.entries()) {
      const saved = state.topics[index]
      if (saved !== undefined) topic.load(saved)
    }
    this.downNodes = state.downNodes.slice()
    this.factor = state.factor
    this.full = state.full
    this.replays = state.replays.slice()
    this.signals.clear()
  }

  private write(call: number, topic: Topic, partition: number): void {
    const { calls, nowUs } = this.world
    if (topic.offlineUntilUs[partition] === 0) {
      this.world.schedule(Math.round(this.latency.sampleUs(this.times) * this.factor), this.index, event.acknowledged, call)
    } else if (nowUs - (calls.waitUs[call] as number) >= this.spec['delivery-timeout']) this.world.wire.finish(call, outcomeCode['no-leader'])
    else this.world.schedule(leaderRetryUs, this.index, event.retry, call)
  }

  private acknowledge(call: number, topic: Topic, partition: number): void {
    const { calls } = this.world
    const operation = calls.operation[call] as number
    topic.logs[partition]?.append(calls, call, calls.parentSpan[call] as number, this.world.nowUs, this.draw(topic))
    // A producer that gave up does not take its message back.
    this.world.wire.finish(call, outcomeCode.ok)
    this.tell(operation, partition)
  }

  private draw(topic: Topic): number {
    if (topic.poisonLeft > 0) {
      topic.poisonLeft -= 1
      return messageFlag.poison
    }
    return topic.poisonShare > 0 && this.faults.chance(topic.poisonShare) ? messageFlag.poison : 0
  }

  private tell(topic: number, partition: number): void {
    for (const reader of this.readers[topic] ?? []) reader.appended(topic, partition)
  }

  private learn(topic: number): void {
    const target = this.topics[topic]
    if (target === undefined) return
    target.known = target.logs.length
    for (const reader of this.readers[topic] ?? []) reader.partitionsKnown(topic)
  }

  private continueReplay(index: number): void {
    const replay = this.replays[index]
    if (replay === undefined) return
    const next = replay.next.slice()
    let due = replay.due + replay.perTick
    for (let partition = 0; partition < next.length && due >= 1; partition += 1) {
      const log = this.log(replay.from, partition)
      let at = Math.max(next[partition] ?? 0, log?.start ?? 0)
      for (; at < (replay.until[partition] ?? 0) && due >= 1; at += 1) {
        this.copy(replay.from, partition, at, replay.to, messageFlag.replayed)
        due -= 1
      }
      next[partition] = at
      log?.dropBefore(at)
    }
    this.replays[index] = { ...replay, next, due: Math.min(1, due) }
    if (next.some((at, partition) => at < (replay.until[partition] ?? 0))) this.world.schedule(replayTickUs, this.index, event.replay, index)
  }
}

