import type { ConsumerGroup } from './group.ts'

/** One line of `kafka-consumer-groups --describe`. */
export interface DescribedPartition {
  readonly topic: string
  readonly partition: number
  readonly currentOffset: number
  readonly logEndOffset: number
  readonly lag: number
  /** Name of the consumer that reads it, and its pod; null when nobody does. */
  readonly consumer: string | null
  readonly pod: string | null
}

/** A group as its coordinator knows it. */
export interface DescribedGroup {
  readonly group: string
  readonly state: 'Stable' | 'PreparingRebalance' | 'Empty'
  readonly generation: number
  readonly members: readonly { readonly consumer: string; readonly pod: string; readonly partitions: readonly number[] }[]
  readonly partitions: readonly DescribedPartition[]
}

/** What the command-line tools of the broker tell of a group now. */
export function describeGroup(group: ConsumerGroup): DescribedGroup {
  const { broker, topic, service } = group.parts
  const { coordinator, offsets } = group
  const podOf = (replica: number): string => service.replicas[replica]?.pod ?? ''
  const members = coordinator.members()
  const partitions = Array.from({ length: offsets.partitions }, (_, partition): DescribedPartition => {
    const log = group.log(partition)
    const owner = members.find(({ id }) => id === offsets.owner[partition])
    return {
      topic: broker.topics[topic]?.name ?? '', partition, currentOffset: offsets.committed[partition] ?? 0, logEndOffset: log.end, lag: offsets.lag(partition, log),
      consumer: owner === undefined ? null : group.signals.memberName(owner), pod: owner === undefined ? null : podOf(owner.replica),
    }
  })
  return {
    group: group.name,
    state: members.length === 0 ? 'Empty' : coordinator.preparing ? 'PreparingRebalance' : 'Stable',
    generation: coordinator.generation,
    members: members.map((member) => ({ consumer: group.signals.memberName(member), pod: podOf(member.replica), partitions: member.partitions.slice() })),
    partitions,
  }
}
