import type { BuildContext, PartKind } from '../../part.ts'
import { workerOf } from '../broker/worker.ts'
import { didYouMean } from '../../suggest.ts'
import { workQueueChanges } from './changes.ts'
import { workQueueSchema } from './schema.ts'
import type { WorkQueueSpec } from './schema.ts'
import { WorkQueue } from './work-queue.ts'

function connect(queue: WorkQueue, spec: WorkQueueSpec, context: BuildContext): void {
  const { world, problem } = context
  const letters = spec['dead-letters']
  const found = letters === undefined ? null : world.part(letters)
  const queues = world.parts.filter((part) => part instanceof WorkQueue).map(({ name }) => name)
  if (letters !== undefined && !(found instanceof WorkQueue)) problem(['dead-letters'], `There is no queue "${letters}".${didYouMean(letters, queues)}`)
  queue.begin(spec.call === undefined ? null : workerOf(spec.call, context), found instanceof WorkQueue ? found : null)
}

/** Work queues such as SQS or a queue of RabbitMQ. Programs send with `call: thumbnails send`; pods of a service work. */
export const workQueueKind: PartKind<WorkQueueSpec, WorkQueue> = {
  kind: 'work-queue',
  section: 'queues',
  summary: 'A queue of messages, each worked on by one pod at a time until one has done it.',
  schema: workQueueSchema,
  build: (spec, name, { world }) => new WorkQueue(world, name, spec),
  connect,
  changes: workQueueChanges,
}
