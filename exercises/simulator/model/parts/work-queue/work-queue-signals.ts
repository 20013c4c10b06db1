import { attribute, spanStatus } from '../../../telemetry/index.ts'
import type { Counter, Gauge, Histogram, Operation } from '../../../telemetry/index.ts'
import { outcomeCode } from '../../outcome.ts'
import type { World } from '../../world.ts'
import { latencyBounds } from '../service/pod-signals.ts'
import type { Delivery, QueueMessage, WorkQueue } from './work-queue.ts'

/** Names of metrics: as CloudWatch's, through an exporter, and as RabbitMQ's own. */
const names = {
  sqs: {
    ready: 'aws_sqs_approximate_number_of_messages_visible_average', unacked: 'aws_sqs_approximate_number_of_messages_not_visible_average', oldest: 'aws_sqs_approximate_age_of_oldest_message_maximum',
    sent: 'aws_sqs_number_of_messages_sent_total', delivered: 'aws_sqs_number_of_messages_received_total', done: 'aws_sqs_number_of_messages_deleted_total', label: 'dimension_QueueName',
  },
  rabbitmq: {
    ready: 'rabbitmq_queue_messages_ready', unacked: 'rabbitmq_queue_messages_unacked', oldest: 'rabbitmq_queue_head_message_age_seconds',
    sent: 'rabbitmq_queue_messages_published_total', delivered: 'rabbitmq_queue_messages_delivered_total', done: 'rabbitmq_queue_messages_acked_total', label: 'queue',
  },
} as const

interface QueueInstruments {
  readonly ready: Gauge
  readonly unacked: Gauge
  readonly oldest: Gauge
  readonly sent: Counter
  readonly delivered: Counter
  readonly redelivered: Counter
  readonly done: Counter
  readonly late: Counter
  readonly deadLettered: Counter
  readonly age: Histogram
}

/** Metrics, consumer spans and log lines of a work queue. */
export class WorkQueueSignals {
  private readonly world: World
  private readonly queue: WorkQueue
  private instruments: QueueInstruments | null = null
  private operations = new Map<string, Operation>()

  constructor(world: World, queue: WorkQueue) {
    this.world = world
    this.queue = queue
  }

  /** Forgets all handles, to ask for them again. */
  clear(): void {
    this.instruments = null
    this.operations = new Map()
  }

  measure(): void {
    const made = this.made()
    const { queue } = this
    made.ready.set(queue.waitingCount)
    made.unacked.set(queue.length - queue.waitingCount)
    made.oldest.set(queue.oldestAgeUs() / 1e6)
  }

  sent(): void {
    this.made().sent.add(1)
  }

  delivered(message: QueueMessage): void {
    const made = this.made()
    made.delivered.add(1)
    if (message.receives > 1) made.redelivered.add(1)
  }

  /** A pod is done with a delivery. */
  worked(call: number, delivery: Delivery, outcome: number): void {
    const { calls, nowUs, causes } = this.world
    const { service } = this.queue
    if (service === null) return
    const pod = service.replicas[delivery.replica]?.pod ?? ''
    const failed = outcome !== outcomeCode.ok
    this.operation(service.name, pod).record(
      calls.traceHi[call] as number, calls.traceLo[call] as number, delivery.span, delivery.parentSpan, delivery.startedUs, nowUs - delivery.startedUs,
      failed ? spanStatus.error : spanStatus.unset, failed ? causes.of(service.index, outcome) : 0, delivery.receive, failed ? causes.type(outcome) : 0,
    )
  }

  /** A message is done with. */
  done(message: QueueMessage): void {
    const made = this.made()
    made.done.add(1)
    made.age.observeTraced((this.world.nowUs - message.sentUs) / 1e6, message.traceHi, message.traceLo)
  }

  /** Work was finished on a message that had been given to somebody else meanwhile. */
  late(): void {
    this.made().late.add(1)
  }

  /** A message has been delivered too often. */
  givenUp(message: QueueMessage, to: string | null): void {
    const { telemetry, nowUs } = this.world
    this.made().deadLettered.add(1)
    telemetry.logTemplate({ labels: { service: this.queue.name }, level: 'warn', message: 'message given up after {receives} deliveries, sent to {queue}', fields: [{ name: 'receives', kind: 'number' }, { name: 'queue', kind: 'text' }] })
      .write(nowUs, message.traceHi, message.traceLo, message.span, message.receives, telemetry.intern(to ?? 'nowhere'))
  }

  private operation(service: string, pod: string): Operation {
    let operation = this.operations.get(pod)
    if (operation === undefined) {
      const { name, system } = this.queue
      operation = this.world.telemetry.operation({
        service,
        name: `process ${name}`,
        kind: 'consumer',
        resource: { [attribute.k8sPodName]: pod },
        attributes: { [attribute.messagingSystem]: system, [attribute.messagingDestinationName]: name, [attribute.messagingOperationName]: 'process', [attribute.messagingOperationType]: 'process' },
        variables: [{ name: 'messaging.delivery.attempt', kind: 'number' }, { name: attribute.errorType, kind: 'text' }],
      })
      this.operations.set(pod, operation)
    }
    return operation
  }

  private made(): QueueInstruments {
    return (this.instruments ??= this.make())
  }

  private make(): QueueInstruments {
    const { name, spec } = this.queue
    const as = names[spec.as]
    const target = this.world.telemetry.target({ job: spec.as === 'sqs' ? 'cloudwatch-exporter' : 'rabbitmq' }, 0)
    const labels = { [as.label]: name }
    return {
      ready: target.gauge(as.ready, 'Messages that wait.', labels),
      unacked: target.gauge(as.unacked, 'Messages that are worked on.', labels),
      oldest: target.gauge(as.oldest, 'Seconds since the oldest message was sent.', labels),
      sent: target.counter(as.sent, 'Messages sent to the queue.', labels),
      delivered: target.counter(as.delivered, 'Messages given to a consumer, again or for the first time.', labels),
      done: target.counter(as.done, 'Messages done with.', labels),
      redelivered: target.counter('messages_redelivered_total', 'Messages given to a consumer for another time.', labels),
      late: target.counter('messages_finished_late_total', 'Work finished on messages that had become visible again meanwhile.', labels),
      deadLettered: target.counter('messages_dead_lettered_total', 'Messages given up after too many deliveries.', labels),
      age: target.histogram('messages_completed_age_seconds', 'From sending a message until it was done with.', labels, latencyBounds),
    }
  }
}
