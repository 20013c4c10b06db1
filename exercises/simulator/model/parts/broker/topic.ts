import { MessageLog } from './message-log.ts'
import type { MessageLogState } from './message-log.ts'
import type { TopicSpec } from './schema.ts'

/** Saved topic. */
export interface TopicState {
  readonly logs: readonly MessageLogState[]
  readonly leaders: readonly number[]
  readonly offlineUntilUs: readonly number[]
  readonly known: number
  readonly turn: number
  readonly poisonShare: number
  readonly poisonLeft: number
}

/** Partitions of one topic, with the nodes that lead them. */
export class Topic {
  readonly name: string
  readonly spec: TopicSpec
  readonly logs: MessageLog[] = []
  /** Node that leads each partition. */
  leaders: number[] = []
  /** Until when each partition has no leader; 0 when it has one. */
  offlineUntilUs: number[] = []
  /** Partitions that producers and consumers know of. */
  known = 0
  /** Share of new messages that no consumer can handle, and how many such are still to come. */
  poisonShare = 0
  poisonLeft = 0
  private turn = 0
  private readonly nodes: number

  constructor(name: string, spec: TopicSpec, nodes: number) {
    this.name = name
    this.spec = spec
    this.nodes = nodes
    this.grow(spec.partitions)
    this.known = spec.partitions
  }

  /** Adds partitions up to a number. Messages stay where they are. */
  grow(partitions: number): void {
    while (this.logs.length < partitions) {
      this.leaders.push(this.logs.length % this.nodes)
      this.offlineUntilUs.push(0)
      this.logs.push(new MessageLog(this.spec.keep))
    }
  }

  /** The partition to which a producer sends a message with this key. */
  partitionOf(key: number): number {
    if (this.spec.spread === 'none') {
      this.turn = (this.turn + 1) % this.known
      return this.turn
    }
    return hashKey(key) % this.known
  }

  /** Messages in all partitions that were ever appended. */
  get produced(): number {
    return this.logs.reduce((sum, log) => sum + log.end, 0)
  }

  save(): TopicState {
    const { known, turn, poisonShare, poisonLeft } = this
    return { logs: this.logs.map((log) => log.save()), leaders: this.leaders.slice(), offlineUntilUs: this.offlineUntilUs.slice(), known, turn, poisonShare, poisonLeft }
  }

  load({ logs, leaders, offlineUntilUs, ...numbers }: TopicState): void {
    this.logs.length = Math.min(this.logs.length, logs.length)
    this.grow(logs.length)
    for (const [partition, log] of this.logs.entries()) {
      const saved = logs[partition]
      if (saved !== undefined) log.load(saved)
    }
    this.leaders = leaders.slice()
    this.offlineUntilUs = offlineUntilUs.slice()
    Object.assign(this, numbers)
  }
}

/** A key's hash, spread over 32 bits as MurmurHash3's finalizer does; Kafka's default partitioner takes murmur2 of the key's bytes. */
export function hashKey(key: number): number {
  let hash = (key % 2 ** 32) | 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
