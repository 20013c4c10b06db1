import { z } from 'zod'
import { distribution, positiveCount } from '../../../topology/quantity.ts'
import { either } from '../../change-kind.ts'
import type { PartKind } from '../../part.ts'
import { ClockTable } from '../clocks/clock-table.ts'
import { RegisterStore } from './register-store.ts'

const orderSchema = z.enum(['clock', 'hybrid'])
const registerStoreSchema = z.strictObject({
  /** Nodes that take writes, each with its own clock: `clocks: {a: {of: STORE, replicas: [0]}}`. */
  nodes: positiveCount.default(3),
  latency: distribution.prefault('lognormal(p50 2ms, p99 12ms)'),
  /** What orders writes: clocks alone, or clocks that never go below what has been seen. */
  order: orderSchema.default('clock'),
})

/** A last-write-wins store as its topology says; times in microseconds. */
export type RegisterStoreSpec = z.output<typeof registerStoreSchema>

/** Stores in which the last write wins, by clock. */
export const registerStoreKind: PartKind<RegisterStoreSpec, RegisterStore> = {
  kind: 'register-store',
  section: 'register-stores',
  summary: 'A store in which the write with the highest stamp wins; operations read and write.',
  schema: registerStoreSchema,
  build: (spec, name, { world }) => new RegisterStore(world, name, spec),
  connect: (store, _spec, { world }) => store.use(new ClockTable(world)),
  changes: [
    either<RegisterStore, { order: 'clock' | 'hybrid' }>({
      name: 'order-by',
      summary: 'Changes what orders writes: clock, or hybrid, which never goes below a stamp that it has seen.',
      schema: z.strictObject({ order: orderSchema }),
      durationUs: () => 120_000_000,
      apply(store, { order }) {
        const before = store.order
        store.order = order
        return `order by ${before} -> ${order}`
      },
    }),
  ],
}
