import { Broker } from '../broker/broker.ts'
import type { BuildContext, PartKind } from '../../part.ts'
import { didYouMean } from '../../suggest.ts'
import { Service } from '../service/service.ts'
import { consumerChanges } from './changes.ts'
import { ConsumerGroup } from './group.ts'
import { consumersSchema } from './schema.ts'
import type { ConsumersSpec } from './schema.ts'

function connect(group: ConsumerGroup, spec: ConsumersSpec, { world, problem }: BuildContext): void {
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
  const [name = '', ...rest] = spec.call.trim().split(/\s+/)
  const service = world.part(name)
  if (!(service instanceof Service)) {
    const services = world.parts.filter((part) => part instanceof Service).map((part) => part.name)
    problem(['call'], `There is no service "${name}".${didYouMean(name, services)}`)
    return
  }
  const endpointName = rest.join(' ')
  const endpoint = service.operation(endpointName)
  if (endpoint < 0) problem(['call'], `"${name}" has no endpoint "${endpointName}".${didYouMean(endpointName, service.operationNames())} It has: ${service.operationNames().join(', ')}.`)
  const topic = topicOf(spec.topic, ['topic'])
  const letters = spec.failures['dead-letters']
  const deadLetters = letters === undefined ? -1 : topicOf(letters, ['failures', 'dead-letters'])
  if (topic >= 0 && endpoint >= 0) group.begin({ broker, topic, service, endpoint, deadLetters })
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
