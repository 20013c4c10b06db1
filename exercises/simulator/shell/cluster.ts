/** The simulated system as a Kubernetes cluster shows it: deployments, stateful sets, pods, nodes, services. */
import type { World } from '../model/index.ts'
import { Broker } from '../model/parts/broker/broker.ts'
import { Cache } from '../model/parts/cache/cache.ts'
import { Database } from '../model/parts/database/database.ts'
import { ModelServer } from '../model/parts/inference/model-server.ts'
import { Node } from '../model/parts/nodes/node.ts'
import { podPhase } from '../model/parts/service/replica.ts'
import type { Replica } from '../model/parts/service/replica.ts'
import { Service } from '../model/parts/service/service.ts'
import { linesOf } from './log-lines.ts'

/** All pods are in the namespace that commands use when they name none. */
export const namespace = 'default'

/** How long the first pods have been there when the simulation starts, in microseconds. */
const oldUs = 26 * 3_600_000_000

/** A death of a container, as the kubelet tells it. Simulation microseconds. */
export interface Death {
  readonly atUs: number
  readonly reason: string
  readonly backoffUs: number
}

/** A pod as `kubectl get pods` knows it. */
export interface Pod {
  readonly name: string
  /** The part that it belongs to. */
  readonly owner: string
  readonly ownerKind: 'Deployment' | 'StatefulSet'
  readonly labels: Readonly<Record<string, string>>
  readonly image: string
  readonly ip: string
  readonly node: string
  readonly status: string
  readonly isReady: boolean
  readonly restarts: number
  readonly createdUs: number
  readonly deaths: readonly Death[]
  /** The replica of a service; null for pods of stores and brokers. */
  readonly replica: Replica | null
}

/** All services of the topology, which are deployments here. */
export function deployments(world: World): readonly Service[] {
  return world.parts.filter((part) => part instanceof Service)
}

/** All nodes; empty for a topology that names none, whose pods are on one that has no state of its own. */
export function nodes(world: World): readonly Node[] {
  return world.parts.filter((part) => part instanceof Node)
}

/** All pods that there are, in the order of the topology. */
export function pods(world: World, nowUs: number): readonly Pod[] {
  const deaths = deathsByPod(world, nowUs)
  const places = nodes(world)
  return world.parts.flatMap((part) => {
    if (part instanceof Service) return part.replicas.flatMap((replica, index) => (replica.gone === 1 ? [] : [servicePod(part, replica, index, places, deaths.get(replica.pod) ?? [], nowUs)]))
    const names = statefulPods(part)
    return names.map((name, index): Pod => {
      const isDown = isPodDown(part, index)
      return {
        name, owner: part.name, ownerKind: 'StatefulSet', labels: { app: part.name, 'statefulset.kubernetes.io/pod-name': name }, image: imageOf(part), ip: podIp(part.index, index), node: nodeName(places, part.index + index),
        status: isDown ? 'CrashLoopBackOff' : 'Running', isReady: !isDown, restarts: 0, createdUs: -oldUs, deaths: [], replica: null,
      }
    })
  })
}

/** The pod's address in the cluster network. */
export function podIp(part: number, index: number): string {
  return `10.42.${part % 250}.${10 + (index % 240)}`
}

/** The virtual address of a part's Service. */
export function clusterIp(part: number): string {
  return `10.96.${Math.floor(part / 200)}.${20 + (part % 200)}`
}

/** The port on which a part listens. */
export function portOf(world: World, name: string): number {
  const part = world.part(name)
  if (part instanceof Database) return part.spec.system === 'mysql' ? 3306 : 5432
  if (part instanceof Cache) return 6379
  if (part instanceof ModelServer) return 8000
  return part instanceof Broker ? 9092 : 8080
}

/** Whether a part runs as pods with stable names. */
export function isStateful(part: object): boolean {
  return part instanceof Database || (part instanceof Cache && !part.spec['in-process']) || part instanceof Broker || part instanceof ModelServer
}

/** When a container of a service was created, in simulation microseconds: the first pods long before the start. */
function createdUs(service: Service, index: number): number {
  const startedUs = service.signals[index]?.target.startsUs[0] ?? 0
  return startedUs === 0 ? -oldUs : startedUs
}

function servicePod(service: Service, replica: Replica, index: number, places: readonly Node[], deaths: readonly Death[], nowUs: number): Pod {
  const node = places.find(({ pods: placed }) => placed.some(({ place }) => place === service.index * 4096 + index))
  const release = service.releases[replica.release]?.version ?? ''
  return {
    name: replica.pod, owner: service.name, ownerKind: 'Deployment', labels: { app: service.name, version: release }, image: `registry.local/${service.name}:${release}`, ip: podIp(service.index, index),
    node: node?.name ?? nodeName(places, service.index + index), status: statusOf(replica, deaths.at(-1), nowUs), isReady: replica.phase === podPhase.running && replica.ready === 1,
    restarts: replica.restarts, createdUs: createdUs(service, index), deaths, replica,
  }
}

function statusOf(replica: Replica, death: Death | undefined, nowUs: number): string {
  if (replica.phase === podPhase.draining) return 'Terminating'
  if (replica.unreachable === 1) return replica.ready === 1 ? 'Running' : 'Terminating'
  if (replica.phase === podPhase.starting) return replica.restarts === 0 ? 'ContainerCreating' : 'Running'
  if (replica.phase === podPhase.running) return 'Running'
  if (death === undefined) return 'Error'
  // The kubelet shows the reason first, and its back-off after a moment.
  return death.backoffUs > 0 && nowUs - death.atUs > 2_000_000 ? 'CrashLoopBackOff' : death.reason === 'OOMKilled' ? 'OOMKilled' : 'Error'
}

function deathsByPod(world: World, nowUs: number): ReadonlyMap<string, readonly Death[]> {
  const found = new Map<string, Death[]>()
  for (const { atUs, fields } of linesOf(world, { service: 'kubelet' }, 0, nowUs)) {
    const pod = String(fields['pod'] ?? '')
    found.set(pod, [...(found.get(pod) ?? []), { atUs, reason: String(fields['reason'] ?? 'Error'), backoffUs: Number(fields['backoff_ms'] ?? 0) * 1000 }])
  }
  return found
}

function statefulPods(part: World['parts'][number]): readonly string[] {
  if (part instanceof Database) return Array.from({ length: 1 + part.spec.replicas }, (_, index) => `${part.name}-${index}`)
  if (part instanceof Broker) return Array.from({ length: part.spec.nodes }, (_, index) => `${part.name}-${index}`)
  if (part instanceof ModelServer) return part.replicas.flatMap(({ gone }, index) => (gone === 1 ? [] : [`${part.name}-${index}`]))
  return part instanceof Cache && !part.spec['in-process'] ? [`${part.name}-0`] : []
}

function isPodDown(part: object, index: number): boolean {
  if (part instanceof Database) return index === 0 && part.settings.down
  if (part instanceof Broker) return part.downNodes.includes(index)
  if (part instanceof ModelServer) return part.replicas[index]?.up === 0
  return part instanceof Cache && part.settings.down
}

function imageOf(part: object): string {
  if (part instanceof Database) return part.spec.system === 'mysql' ? 'mysql:8.4' : 'postgres:18'
  if (part instanceof Cache) return 'redis:8'
  if (part instanceof ModelServer) return 'nvcr.io/nvidia/tritonserver:25.10-py3'
  return 'apache/kafka:4.1'
}

function nodeName(places: readonly Node[], seed: number): string {
  return places.length === 0 ? 'node-1' : (places[seed % places.length]?.name ?? 'node-1')
}
