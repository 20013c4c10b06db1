import { z } from 'zod'
import { share, size } from '../../../topology/quantity.ts'
import { action, fault } from '../../change-kind.ts'
import type { BuildContext, ChangeKind, PartKind, StepKind } from '../../part.ts'
import { didYouMean } from '../../suggest.ts'
import { Service } from '../service/service.ts'
import { Node } from './node.ts'
import { nodeSchema } from './schema.ts'
import type { NodeSpec } from './schema.ts'

const second = 1_000_000
const gigabyte = 2 ** 30
const none = z.strictObject({})
type None = z.output<typeof none>

const gigabytes = (bytes: number): string => `${Math.round((bytes / gigabyte) * 10) / 10} GB`

const changes: readonly ChangeKind<Node>[] = [
  fault<Node, None>({
    name: 'lose-node',
    summary: 'The machine dies. Its pods are made anew elsewhere when the platform has given it up, or here when it comes back (for).',
    schema: none,
    apply(node) {
      node.lose()
      return `the machine is gone with ${node.pods.length} pods`
    },
    revert: (node) => node.comeBack(),
  }),
  fault<Node, { steal: number }>({
    name: 'noisy-neighbour',
    summary: 'Other tenants of the host take a share of its cores.',
    schema: z.strictObject({ steal: share.refine((value) => value < 1, { error: 'must be below 1.' }) }),
    apply(node, { steal }) {
      node.setSteal(steal)
      return `${steal * 100}% of its cores are stolen`
    },
    revert: (node) => node.setSteal(node.spec.steal),
  }),
  fault<Node, { growth?: number | undefined; to?: number | undefined }>({
    name: 'fill-disk',
    summary: 'The disk fills: by growth: 20MB a second, or at once to a share (to: 100%).',
    schema: z.strictObject({ growth: size.optional(), to: share.optional() }).refine(({ growth, to }) => (growth === undefined) !== (to === undefined), { error: 'needs one of growth and to.' }),
    apply(node, { growth, to }) {
      const { nowUs } = node.clock
      if (growth !== undefined) node.disk.setGrowth(growth, nowUs)
      if (to !== undefined) node.disk.set(node.disk.sizeBytes * to, nowUs)
      return growth === undefined ? `${gigabytes(node.disk.used(nowUs))} in use` : `${gigabytes(growth * 3600)} more every hour`
    },
    revert: (node) => node.disk.setGrowth(node.spec.disk.growth, node.clock.nowUs),
  }),
  action<Node, { to: number }>({
    name: 'free-disk',
    summary: 'Deletes old logs and what else can go, until a share of the disk is in use. What fills it goes on.',
    schema: z.strictObject({ to: share.default(0.5) }),
    durationUs: () => 120 * second,
    apply(node, { to }) {
      const { nowUs } = node.clock
      const before = node.disk.used(nowUs)
      node.disk.set(Math.min(before, node.disk.sizeBytes * to), nowUs)
      return `${gigabytes(before)} -> ${gigabytes(node.disk.used(nowUs))} in use`
    },
  }),
  action<Node, { to: number }>({
    name: 'grow-disk',
    summary: 'Makes the disk larger (to: 200GB).',
    schema: z.strictObject({ to: size }),
    durationUs: () => 180 * second,
    refuse: (node, { to }) => (to <= node.disk.sizeBytes ? `The disk has ${gigabytes(node.disk.sizeBytes)} already; it can only grow.` : null),
    apply(node, { to }) {
      const before = node.disk.sizeBytes
      node.disk.used(node.clock.nowUs)
      node.disk.sizeBytes = to
      return `${gigabytes(before)} -> ${gigabytes(to)}`
    },
  }),
  action<Node, None>({
    name: 'stop-growth',
    summary: 'Stops what fills the disk beside requests: debug logs, a runaway export.',
    schema: none,
    durationUs: () => 60 * second,
    apply(node) {
      node.disk.setGrowth(node.spec.disk.growth, node.clock.nowUs)
      return 'the disk fills no faster than it used to'
    },
  }),
  action<Node, None>({
    name: 'drain-node',
    summary: 'Gives the node no more pods and moves those that it has to others.',
    schema: none,
    durationUs: () => 15 * second,
    refuse: (node) => (node.isUp ? null : `${node.name} is down; its pods move when the platform has given it up.`),
    apply(node) {
      const { length } = node.pods
      node.drain()
      return `${length} pods move`
    },
  }),
  action<Node, None>({
    name: 'uncordon-node',
    summary: 'Lets the node get pods again.',
    schema: none,
    durationUs: () => 5 * second,
    apply(node) {
      node.isCordoned = false
      return 'it gets pods again'
    },
  }),
]

const writeSchema = z.strictObject({ 'write-disk': z.string(), bytes: size })
const writeStep: StepKind<z.output<typeof writeSchema>> = {
  keyword: 'write-disk',
  summary: 'write-disk: node-1, bytes: 4KB writes to the disk of the node of the pod, or to this one when its node is not in the topology.',
  schema: writeSchema,
  compile(step, compiler, path) {
    const node = compiler.part(step['write-disk'], [...path, 'write-disk'])
    if (node instanceof Node) compiler.partStep(node, 0, step.bytes)
    else if (node !== null) compiler.problem([...path, 'write-disk'], `"${node.name}" is not under nodes.`)
  },
}

function connect(node: Node, spec: NodeSpec, { world, problem }: BuildContext): void {
  const nodes = world.parts.filter((part) => part instanceof Node)
  const services = spec.runs.flatMap((name): Service[] => {
    const part = world.part(name)
    if (part instanceof Service) return [part]
    problem(['runs'], part === undefined ? `There is no part "${name}".${didYouMean(name, world.partNames())}` : `"${name}" is not a service.`)
    return []
  })
  for (const [name, bytes] of Object.entries(spec.disk.logs)) {
    const part = world.part(name)
    if (part === undefined) problem(['disk', 'logs', name], `There is no part "${name}".${didYouMean(name, world.partNames())}`)
    else {
      node.logs(part.index, bytes / Math.max(1, nodes.filter((other) => other.spec.runs.includes(name)).length))
      world.wire.addGuard(part.index, node)
    }
  }
  for (const blocked of spec.disk.blocks) {
    const [name = '', ...words] = blocked.trim().split(/\s+/)
    const part = world.part(name)
    const operation = part?.operation(words.join(' ')) ?? -1
    if (part === undefined) problem(['disk', 'blocks'], `There is no part "${name}".${didYouMean(name, world.partNames())}`)
    else if (operation < 0) problem(['disk', 'blocks'], `"${name}" has no operation "${words.join(' ')}".${didYouMean(words.join(' '), part.operationNames())}`)
    else {
      node.block(part.index, operation)
      if (spec.disk.logs[name] === undefined) world.wire.addGuard(part.index, node)
    }
  }
  node.begin(services, nodes)
}

/** Machines on which pods run. */
export const nodeKind: PartKind<NodeSpec, Node> = {
  kind: 'node',
  section: 'nodes',
  summary: 'A machine on which pods run: cores, a disk, and neighbours.',
  schema: nodeSchema,
  build: (spec, name, { world }) => new Node(world, name, spec),
  connect,
  steps: [writeStep as StepKind],
  changes,
}
