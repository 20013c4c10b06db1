import type { PartKind } from '../../part.ts'
import { Broker } from './broker.ts'
import { brokerChanges } from './changes.ts'
import { brokerSchema } from './schema.ts'
import type { BrokerSpec } from './schema.ts'

/** Log-based brokers such as Kafka: topics with partitions. Programs produce with `call: kafka orders`; consumer groups read. */
export const brokerKind: PartKind<BrokerSpec, Broker> = {
  kind: 'broker',
  section: 'brokers',
  summary: 'A log of messages in topics and partitions on several nodes, such as Kafka.',
  schema: brokerSchema,
  build: (spec, name, { world }) => new Broker(world, name, spec),
  changes: brokerChanges,
}
