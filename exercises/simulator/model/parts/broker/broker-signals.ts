import type { Gauge, LogTemplate, MetricTarget } from '../../../telemetry/index.ts'
import type { World } from '../../world.ts'
import type { Broker } from './broker.ts'

interface PartitionGauges {
  readonly current: Gauge
  readonly oldest: Gauge
  readonly leader: Gauge
  readonly inSync: Gauge
  readonly replicas: Gauge
  readonly underReplicated: Gauge
}

/** Replicas of a partition, where there are so many nodes. */
const replication = 3

/** Metrics as kafka_exporter names them, and the log lines of brokers. */
export class BrokerSignals {
  private readonly world: World
  private readonly broker: Broker
  private partitions: PartitionGauges[][] = []
  private counts: { readonly topic: Gauge[]; readonly brokers: Gauge } | null = null

  constructor(world: World, broker: Broker) {
    this.world = world
    this.broker = broker
  }

  /** Forgets all handles, to ask for them again. */
  clear(): void {
    this.partitions = []
    this.counts = null
  }

  measure(): void {
    const { broker } = this
    const counts = (this.counts ??= this.makeCounts())
    counts.brokers.set(broker.spec.nodes - broker.downNodes.length)
    const copies = Math.min(replication, broker.spec.nodes)
    for (const [index, topic] of broker.topics.entries()) {
      counts.topic[index]?.set(topic.logs.length)
      const gauges = (this.partitions[index] ??= [])
      for (const [partition, log] of topic.logs.entries()) {
        const of = (gauges[partition] ??= this.makePartition(topic.name, partition))
        of.current.set(log.end)
        of.oldest.set(log.start)
        const online = topic.offlineUntilUs[partition] === 0
        of.leader.set(online ? (topic.leaders[partition] ?? -1) : -1)
        const lost = Array.from({ length: copies }, (_, copy) => (partition + copy) % broker.spec.nodes).filter((node) => broker.downNodes.includes(node)).length
        const inSync = Math.max(0, copies - lost - (online || lost > 0 ? 0 : 1))
        of.inSync.set(inSync)
        of.replicas.set(copies)
        of.underReplicated.set(inSync < copies ? 1 : 0)
      }
    }
  }

  /** A partition has a new leader. */
  elected(topic: string, partition: number, node: number): void {
    const { telemetry, nowUs } = this.world
    this.template('info', '[Controller id=1] Partition {topic}-{partition} has new leader {leader}', [{ name: 'topic', kind: 'text' }, { name: 'partition', kind: 'number' }, { name: 'leader', kind: 'number' }])
      .write(nowUs, 0, 0, 0, telemetry.intern(topic), partition, node)
  }

  /** A new leader never had the latest messages. */
  truncated(topic: string, partition: number, offset: number): void {
    const { telemetry, nowUs } = this.world
    this.template('warn', '[ReplicaFetcher] Truncating partition {topic}-{partition} to offset {offset}', [{ name: 'topic', kind: 'text' }, { name: 'partition', kind: 'number' }, { name: 'offset', kind: 'number' }])
      .write(nowUs, 0, 0, 0, telemetry.intern(topic), partition, offset)
  }

  private template(level: 'info' | 'warn', message: string, fields: { name: string; kind: 'text' | 'number' }[]): LogTemplate {
    return this.world.telemetry.logTemplate({ labels: { service: this.broker.name }, level, message, fields })
  }

  private get target(): MetricTarget {
    return this.world.telemetry.target({ job: 'kafka-exporter', cluster: this.broker.name }, 0)
  }

  private makeCounts(): { topic: Gauge[]; brokers: Gauge } {
    const { target } = this
    return {
      topic: this.broker.topics.map(({ name }) => target.gauge('kafka_topic_partitions', 'Number of partitions for this Topic', { topic: name })),
      brokers: target.gauge('kafka_brokers', 'Number of Brokers in the Kafka Cluster.', {}),
    }
  }

  private makePartition(topic: string, partition: number): PartitionGauges {
    const { target } = this
    const labels = { topic, partition: String(partition) }
    return {
      current: target.gauge('kafka_topic_partition_current_offset', 'Current Offset of a Broker at Topic/Partition', labels),
      oldest: target.gauge('kafka_topic_partition_oldest_offset', 'Oldest Offset of a Broker at Topic/Partition', labels),
      leader: target.gauge('kafka_topic_partition_leader', 'Leader Broker ID of this Topic/Partition', labels),
      inSync: target.gauge('kafka_topic_partition_in_sync_replica', 'Number of In-Sync Replicas for this Topic/Partition', labels),
      replicas: target.gauge('kafka_topic_partition_replicas', 'Number of Replicas for this Topic/Partition', labels),
      underReplicated: target.gauge('kafka_topic_partition_under_replicated_partition', '1 if Topic/Partition is under Replicated', labels),
    }
  }
}
