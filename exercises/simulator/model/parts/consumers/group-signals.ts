import { attribute, spanStatus } from '../../../telemetry/index.ts'
import type { Counter, Gauge, Histogram, LogTemplate, Operation } from '../../../telemetry/index.ts'
import type { World } from '../../world.ts'
import { latencyBounds } from '../service/pod-signals.ts'
import type { ConsumerGroup } from './group.ts'
import type { BatchRange, Member } from './member.ts'
import type { HandledMessage } from './offsets.ts'

interface GroupInstruments {
  readonly offsets: { readonly current: Gauge; readonly lag: Gauge }[]
  readonly lagSum: Gauge
  readonly lagSeconds: Gauge
  readonly members: Gauge
  readonly rebalances: Counter
  readonly rebalanceSeconds: Histogram
  readonly success: Histogram
  readonly failure: Histogram
  readonly redelivered: Counter
  readonly outOfOrder: Counter
  readonly deadLettered: Counter
  readonly skipped: Counter
  readonly lost: Counter
  readonly commitFailures: Counter
}

const rebalanceBounds: readonly number[] = [0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600]

/** Metrics of a consumer group (the first five as kafka_exporter and kafka-lag-exporter name them), its spans, and the lines that coordinator and clients log. */
export class GroupSignals {
  private readonly world: World
  private readonly group: ConsumerGroup
  private instruments: GroupInstruments | null = null
  private operations = new Map<string, Operation>()

  constructor(world: World, group: ConsumerGroup) {
    this.world = world
    this.group = group
  }

  /** Forgets all handles, to ask for them again. */
  clear(): void {
    this.instruments = null
    this.operations = new Map()
  }

  /** As the client names itself. */
  memberName(member: Member): string {
    return `${this.pod(member)}-${member.slot}`
  }

  measure(): void {
    const { group } = this
    const { offsets } = group
    const made = this.made()
    let sum = 0
    let oldestUs = this.world.nowUs
    for (let partition = 0; partition < offsets.partitions; partition += 1) {
      const gauges = (made.offsets[partition] ??= this.makePartition(partition))
      const log = group.log(partition)
      const lag = offsets.lag(partition, log)
      gauges.current.set(offsets.committed[partition] ?? 0)
      gauges.lag.set(lag)
      sum += lag
      if (lag > 0) oldestUs = Math.min(oldestUs, log.producedAtUs(log.end - lag))
    }
    made.lagSum.set(sum)
    made.lagSeconds.set((this.world.nowUs - oldestUs) / 1e6)
    made.members.set(group.coordinator.members().length)
  }

  /** A message has been handled, or not, by its pod. */
  handled(member: Member, call: number, range: BatchRange, outcome: number): void {
    const { calls, nowUs, causes } = this.world
    const tookUs = nowUs - member.startedUs
    const hi = calls.traceHi[call] as number
    const lo = calls.traceLo[call] as number
    const failed = outcome !== 0
    const histogram = failed ? this.made().failure : this.made().success
    histogram.observeTraced(tookUs / 1e6, hi, lo)
    const message = failed ? causes.of(this.group.parts.service.index, outcome) : 0
    this.operation(this.pod(member)).record(
      hi, lo, member.span, member.parentSpan, member.startedUs, tookUs, failed ? spanStatus.error : spanStatus.unset, message,
      range.partition, range.at, failed ? causes.type(outcome) : 0, (this.group.offsets.tries[range.partition] as number) || Number.NaN,
    )
    if (!failed) return
    this.client(member, 'error', 'Listener failed for {topic}-{partition}@{offset}, try {try}: {error}', ['topic', 'text'], ['partition', 'number'], ['offset', 'number'], ['try', 'number'], ['error', 'text'])
      .write(nowUs, hi, lo, member.span, this.topicText(), range.partition, range.at, (this.group.offsets.tries[range.partition] as number) + 1, message)
  }

  /** The group is over with a message. */
  finished({ redelivered, outOfOrder }: HandledMessage): void {
    if (redelivered) this.made().redelivered.add(1)
    if (outOfOrder) this.made().outOfOrder.add(1)
  }

  /** A message's retries are used up. */
  givenUp(member: Member, range: BatchRange, isDeadLettered: boolean): void {
    const { nowUs } = this.world
    if (isDeadLettered) this.made().deadLettered.add(1)
    else this.made().skipped.add(1)
    const message = isDeadLettered ? 'Retries exhausted for {topic}-{partition}@{offset}, sent to dead-letter topic' : 'Retries exhausted for {topic}-{partition}@{offset}, record skipped'
    this.client(member, 'error', message, ['topic', 'text'], ['partition', 'number'], ['offset', 'number']).write(nowUs, 0, 0, 0, this.topicText(), range.partition, range.at)
  }

  /** Messages were deleted before they were read. */
  outOfRange(partition: number, from: number, to: number): void {
    this.made().lost.add(to - from)
    this.coordinator('warn', 'Fetch offset {offset} is out of range for partition {topic}-{partition}, resetting to {next}', ['offset', 'number'], ['topic', 'text'], ['partition', 'number'], ['next', 'number'])
      .write(this.world.nowUs, 0, 0, 0, from, this.topicText(), partition, to)
  }

  /** A rebalance begins. */
  rebalancing(generation: number, reason: string): void {
    this.coordinator('info', '[GroupCoordinator]: Preparing to rebalance group {group} in state PreparingRebalance with old generation {generation} (reason: {reason})', ['group', 'text'], ['generation', 'number'], ['reason', 'text'])
      .write(this.world.nowUs, 0, 0, 0, this.groupText(), generation, this.world.telemetry.intern(reason))
  }

  /** A rebalance has ended. */
  stabilized(generation: number, members: number, tookUs: number): void {
    const made = this.made()
    made.rebalances.add(1)
    made.rebalanceSeconds.observe(tookUs / 1e6)
    this.coordinator('info', '[GroupCoordinator]: Stabilized group {group} generation {generation} with {members} members', ['group', 'text'], ['generation', 'number'], ['members', 'number'])
      .write(this.world.nowUs, 0, 0, 0, this.groupText(), generation, members)
  }

  /** The coordinator gives a member up. */
  removed(member: Member, reason: string): void {
    const { telemetry, nowUs } = this.world
    this.coordinator('info', '[GroupCoordinator]: Member {member} in group {group} has failed, removing it from the group ({reason})', ['member', 'text'], ['group', 'text'], ['reason', 'text'])
      .write(nowUs, 0, 0, 0, telemetry.intern(this.memberName(member)), this.groupText(), telemetry.intern(reason))
  }

  /** A client notices that it has not polled for too long. */
  pollExpired(member: Member): void {
    this.client(member, 'warn', 'consumer poll timeout has expired. This means the time between subsequent calls to poll() was longer than the configured max.poll.interval.ms ({interval_ms}), which typically implies that the poll loop is spending too much time processing messages.', ['interval_ms', 'milliseconds'])
      .write(this.world.nowUs, 0, 0, 0, this.group.settings.maxPollUs)
  }

  /** A client commits for a group that no longer has it. */
  commitFailed(member: Member): void {
    this.made().commitFailures.add(1)
    this.client(member, 'error', 'CommitFailedException: Offset commit cannot be completed since the consumer is not part of an active group for auto partition assignment; it is likely that the consumer was kicked out of the group.')
      .write(this.world.nowUs, 0, 0, 0)
  }

  private pod(member: Member): string {
    return this.group.parts.service.replicas[member.replica]?.pod ?? ''
  }

  private topicText(): number {
    const { broker, topic } = this.group.parts
    return this.world.telemetry.intern(broker.topics[topic]?.name ?? '')
  }

  private groupText(): number {
    return this.world.telemetry.intern(this.group.name)
  }

  private client(member: Member, level: 'warn' | 'error', message: string, ...fields: [string, 'text' | 'number' | 'milliseconds'][]): LogTemplate {
    return this.template({ service: this.group.parts.service.name, pod: this.pod(member) }, level, message, fields)
  }

  private coordinator(level: 'info' | 'warn', message: string, ...fields: [string, 'text' | 'number'][]): LogTemplate {
    return this.template({ service: this.group.parts.broker.name }, level, message, fields)
  }

  private template(labels: Record<string, string>, level: 'info' | 'warn' | 'error', message: string, fields: [string, 'text' | 'number' | 'milliseconds'][]): LogTemplate {
    return this.world.telemetry.logTemplate({ labels, level, message, fields: fields.map(([name, kind]) => ({ name, kind })) })
  }

  private operation(pod: string): Operation {
    let operation = this.operations.get(pod)
    if (operation === undefined) {
      const { broker, topic, service } = this.group.parts
      const destination = broker.topics[topic]?.name ?? ''
      operation = this.world.telemetry.operation({
        service: service.name,
        name: `process ${destination}`,
        kind: 'consumer',
        resource: { [attribute.k8sPodName]: pod },
        attributes: { [attribute.messagingSystem]: 'kafka', [attribute.messagingDestinationName]: destination, [attribute.messagingOperationName]: 'process', [attribute.messagingOperationType]: 'process', [attribute.messagingConsumerGroupName]: this.group.name },
        variables: [{ name: attribute.messagingDestinationPartitionId, kind: 'number' }, { name: attribute.messagingKafkaOffset, kind: 'number' }, { name: attribute.errorType, kind: 'text' }, { name: 'messaging.delivery.attempt', kind: 'number' }],
      })
      this.operations.set(pod, operation)
    }
    return operation
  }

  private made(): GroupInstruments {
    return (this.instruments ??= this.make())
  }

  private make(): GroupInstruments {
    const { group } = this
    const { broker, topic, service } = group.parts
    const labels = { consumergroup: group.name, topic: broker.topics[topic]?.name ?? '' }
    const exporter = this.world.telemetry.target({ job: 'kafka-exporter', cluster: broker.name }, 0)
    const clients = this.world.telemetry.target({ job: service.name, service: service.name }, 0)
    const listener = (result: string): Histogram => clients.histogram('spring_kafka_listener_seconds', 'Time to handle a message.', { ...labels, result }, latencyBounds)
    return {
      offsets: [],
      lagSum: exporter.gauge('kafka_consumergroup_lag_sum', 'Current Approximate Lag of a ConsumerGroup at Topic for all partitions', labels),
      lagSeconds: exporter.gauge('kafka_consumergroup_group_max_lag_seconds', 'Age of the oldest message that is not committed.', labels),
      members: exporter.gauge('kafka_consumergroup_members', 'Amount of members in a consumer group', { consumergroup: group.name }),
      rebalances: exporter.counter('kafka_consumergroup_rebalances_total', 'Rebalances that were completed.', { consumergroup: group.name }),
      rebalanceSeconds: exporter.histogram('kafka_consumergroup_rebalance_duration_seconds', 'From the beginning of a rebalance until partitions were assigned.', { consumergroup: group.name }, rebalanceBounds),
      success: listener('success'),
      failure: listener('failure'),
      redelivered: clients.counter('messages_redelivered_total', 'Messages handled again, because their offset had not been committed.', labels),
      outOfOrder: clients.counter('messages_out_of_order_total', 'Messages handled after a later one of the same key.', labels),
      deadLettered: clients.counter('messages_dead_lettered_total', 'Messages sent to the dead-letter topic.', labels),
      skipped: clients.counter('messages_skipped_total', 'Messages given up after all retries.', labels),
      lost: clients.counter('messages_out_of_range_total', 'Messages deleted before they were read.', labels),
      commitFailures: clients.counter('kafka_consumer_commit_failures_total', 'Commits refused because the consumer was no longer in its group.', labels),
    }
  }

  private makePartition(partition: number): { current: Gauge; lag: Gauge } {
    const { broker, topic } = this.group.parts
    const labels = { consumergroup: this.group.name, topic: broker.topics[topic]?.name ?? '', partition: String(partition) }
    const exporter = this.world.telemetry.target({ job: 'kafka-exporter', cluster: broker.name }, 0)
    return {
      current: exporter.gauge('kafka_consumergroup_current_offset', 'Current Offset of a ConsumerGroup at Topic/Partition', labels),
      lag: exporter.gauge('kafka_consumergroup_lag', 'Current Approximate Lag of a ConsumerGroup at Topic/Partition', labels),
    }
  }
}
