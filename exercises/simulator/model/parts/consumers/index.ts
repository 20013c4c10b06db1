import { Broker } from '../broker/broker.ts'
import { workerOf } from '../broker/worker.ts'
import type { BuildContext, PartKind } from '../../part.ts'
import { didYouMean } from '../../suggest.ts'
import { consumerChanges } from './changes.ts'
import { ConsumerGroup } from './group.ts'
import { consumersSchema } from './schema.ts'
import type { ConsumersSpec } from './schema.ts'

function connect(group: ConsumerGroup, spec: ConsumersSpec, context: BuildContext): void {
  const { world, problem } = context
  const broker = world.part(spec.broker)
  if (!(broker instanceof Broker)) {
    const brokers = world.parts.filter((part) => part instanceof Broker).map(({ name }) => name)
    problem(['broker'], `There is no broker "${spec.broker}".${didYouMean(spec.broker, brokers)}`)
    return
  }
  const topicOf = (name: string, at: readonly string[]): number => {
    const topic = broker.operation(name)
    if (topic < 0) problem(at, `${spec.broker} has no topic "${name}".${didYouMean(name, broker.operationNames())} It has: ${broker.operationNames().join(', ')}.`)
    return topic
  }
  const worker = workerOf(spec.call, context)
  const topic = topicOf(spec.topic, ['topic'])
  const letters = spec.failures['dead-letters']
  const deadLetters = letters === undefined ? -1 : topicOf(letters, ['failures', 'dead-letters'])
  if (topic >= 0 && worker !== null) group.begin({ broker, topic, ...worker, deadLetters })
}

/** Groups of consumers, which read a topic and hand its messages to a service. */
export const consumersKind: PartKind<ConsumersSpec, ConsumerGroup> = {
  kind: 'consumer-group',
  section: 'consumers',
  summary: 'Consumers in the pods of a service, which share the partitions of a topic among them.',
  schema: consumersSchema,
  build: (spec, name, { world }) => new ConsumerGroup(world, name, spec),
  connect,
  changes: consumerChanges,
}
