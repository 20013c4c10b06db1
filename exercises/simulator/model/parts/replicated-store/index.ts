import { z } from 'zod'
import { positiveDuration, share } from '../../../topology/quantity.ts'
import { action, fault } from '../../change-kind.ts'
import type { ChangeKind, PartKind } from '../../part.ts'
import { didYouMean } from '../../suggest.ts'
import { replicatedStoreSchema } from './schema.ts'
import type { ReplicatedStoreSpec } from './schema.ts'
import { ReplicatedStore } from './store.ts'

const second = 1_000_000

const nodeSchema = z.strictObject({ node: z.string() })
type NodeArguments = z.output<typeof nodeSchema>

function unknownNode(store: ReplicatedStore, names: readonly string[]): string | null {
  const unknown = names.find((name) => store.node(name) < 0)
  return unknown === undefined ? null : `${store.name} has no node "${unknown}".${didYouMean(unknown, store.spec.nodes)} It has: ${store.spec.nodes.join(', ')}.`
}

const changes: readonly ChangeKind<ReplicatedStore>[] = [
  fault<ReplicatedStore, { away: string[]; clients: number }>({
    name: 'partition',
    summary: 'Nodes (away: [a]) no longer reach the others; clients says what share of clients is on their side.',
    schema: z.strictObject({ away: z.array(z.string()).min(1), clients: share.default(0.5) }),
    refuse: (store, { away }) => unknownNode(store, away),
    apply(store, { away, clients }) {
      store.split(away, clients)
      return `${away.join(', ')} cut off, with ${clients * 100}% of clients`
    },
    revert: (store) => store.split([], 0),
  }),
  fault<ReplicatedStore, NodeArguments>({
    name: 'crash',
    summary: 'A node dies; with for, it comes back after that time.',
    schema: nodeSchema,
    refuse: (store, { node }) => unknownNode(store, [node]),
    apply(store, { node }) {
      store.setUp(store.node(node), false)
      return `${node} is down`
    },
    revert: (store, { node }) => store.setUp(store.node(node), true),
  }),
  fault<ReplicatedStore, NodeArguments & { time: number }>({
    name: 'pause',
    summary: 'A node stands still for a time, as in a long collection of garbage, and does not know it.',
    schema: nodeSchema.extend({ time: positiveDuration }),
    refuse: (store, { node }) => unknownNode(store, [node]),
    apply(store, { node, time }) {
      store.pause(store.node(node), time)
      return `${node} stands still for ${time / 1e6} s`
    },
  }),
  action<ReplicatedStore, NodeArguments>({
    name: 'fail-over',
    summary: 'Makes a node stand for election now.',
    schema: nodeSchema,
    durationUs: () => 15 * second,
    refuse: (store, { node }) => unknownNode(store, [node]) ?? (store.members[store.node(node)]?.isUp === true ? null : `${node} is down.`),
    apply(store, { node }) {
      const before = store.leaders().join(', ')
      store.consensus.stand(store.node(node))
      return `${node} stands for election; leader was ${before === '' ? 'nobody' : before}`
    },
  }),
  action<ReplicatedStore, NodeArguments>({
    name: 'fence-leader',
    summary: 'Cuts a node off from writing, whatever it thinks of itself, until it follows another leader.',
    schema: nodeSchema,
    durationUs: () => 20 * second,
    refuse: (store, { node }) => unknownNode(store, [node]),
    apply(store, { node }) {
      store.fence(store.node(node))
      return `${node} is fenced`
    },
  }),
  action<ReplicatedStore, NodeArguments>({
    name: 'restart-node',
    summary: 'Starts a node again, which keeps its log.',
    schema: nodeSchema,
    durationUs: () => 30 * second,
    refuse: (store, { node }) => unknownNode(store, [node]),
    apply(store, { node }) {
      store.setUp(store.node(node), false)
      store.setUp(store.node(node), true)
      return `${node} started`
    },
  }),
]

/** Replicated stores with a leader. */
export const replicatedStoreKind: PartKind<ReplicatedStoreSpec, ReplicatedStore> = {
  kind: 'replicated-store',
  section: 'replicated-stores',
  summary: 'A store on several nodes that elect a leader; operations read and write.',
  schema: replicatedStoreSchema,
  build: (spec, name, { world }) => new ReplicatedStore(world, name, spec),
  connect: (store) => store.begin(),
  changes,
}
