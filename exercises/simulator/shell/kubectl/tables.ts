import type { World } from '../../model/index.ts'
import { Autoscaler } from '../../model/parts/autoscaler/autoscaler.ts'
import { podPhase } from '../../model/parts/service/replica.ts'
import type { Service } from '../../model/parts/service/service.ts'
import { clusterIp, deployments, isStateful, nodes, pods, portOf } from '../cluster.ts'
import type { Pod } from '../cluster.ts'
import { ratePerSecond, readings } from '../readings.ts'
import { age } from '../times.ts'
import { clusterEvents } from './events.ts'

/** A resource as `kubectl get` lists it, with its columns and its object for json and yaml. */
export interface Row {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly cells: readonly string[]
  readonly wide: readonly string[]
  readonly object: Readonly<Record<string, unknown>>
}

/** A list of resources of one kind. */
export interface Listing {
  readonly header: readonly string[]
  readonly wideHeader: readonly string[]
  readonly rows: readonly Row[]
}

/** Age of what the cluster has had since long before the simulation began. */
const clusterAgeUs = 26 * 3_600_000_000

/** All resources of a kind; null for a kind that cannot be listed. */
export function listing(world: World, kind: string, nowUs: number): Listing | null {
  const old = age(nowUs + clusterAgeUs)
  if (kind === 'pods') return { header: ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'], wideHeader: ['IP', 'NODE', 'NOMINATED NODE', 'READINESS GATES'], rows: pods(world, nowUs).map((pod) => podRow(pod, nowUs)) }
  if (kind === 'deployments') return { header: ['NAME', 'READY', 'UP-TO-DATE', 'AVAILABLE', 'AGE'], wideHeader: ['CONTAINERS', 'IMAGES', 'SELECTOR'], rows: deployments(world).map((service) => deploymentRow(service, old)) }
  if (kind === 'statefulsets') {
    const rows = world.parts.filter(isStateful).map(({ name }): Row => {
      const own = pods(world, nowUs).filter(({ owner }) => owner === name)
      const ready = own.filter(({ isReady }) => isReady).length
      return { name, labels: { app: name }, cells: [name, `${ready}/${own.length}`, old], wide: [name, own[0]?.image ?? ''], object: { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name }, spec: { replicas: own.length }, status: { readyReplicas: ready } } }
    })
    return { header: ['NAME', 'READY', 'AGE'], wideHeader: ['CONTAINERS', 'IMAGES'], rows }
  }
  if (kind === 'services') {
    const rows = world.parts.filter((part) => isStateful(part) || deployments(world).some(({ name }) => name === part.name)).map(({ name, index }): Row => {
      const port = portOf(world, name)
      return { name, labels: { app: name }, cells: [name, 'ClusterIP', clusterIp(index), '<none>', `${port}/TCP`, old], wide: [`app=${name}`], object: { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { clusterIP: clusterIp(index), ports: [{ port }], selector: { app: name } } } }
    })
    return { header: ['NAME', 'TYPE', 'CLUSTER-IP', 'EXTERNAL-IP', 'PORT(S)', 'AGE'], wideHeader: ['SELECTOR'], rows }
  }
  if (kind === 'nodes') {
    const rows = nodes(world).map(({ name, isUp, isCordoned, spec, index }): Row => {
      const status = `${isUp ? 'Ready' : 'NotReady'}${isCordoned ? ',SchedulingDisabled' : ''}`
      return { name, labels: { 'kubernetes.io/hostname': name }, cells: [name, status, '<none>', old, 'v1.34.1'], wide: [`10.0.0.${10 + index}`, '<none>', 'Debian GNU/Linux 13 (trixie)', 'containerd://2.1.4'], object: { apiVersion: 'v1', kind: 'Node', metadata: { name }, spec: { unschedulable: isCordoned }, status: { capacity: { cpu: String(spec.cores) }, conditions: [{ type: 'Ready', status: isUp ? 'True' : 'Unknown' }] } } }
    })
    return { header: ['NAME', 'STATUS', 'ROLES', 'AGE', 'VERSION'], wideHeader: ['INTERNAL-IP', 'EXTERNAL-IP', 'OS-IMAGE', 'CONTAINER-RUNTIME'], rows }
  }
  if (kind === 'events') {
    const rows = clusterEvents(world, nowUs).map(({ atUs, type, reason, object, from, message }): Row => ({ name: object, labels: {}, cells: [age(nowUs - atUs), type, reason, object, message], wide: [from], object: { apiVersion: 'v1', kind: 'Event', type, reason, message, involvedObject: object, source: { component: from } } }))
    return { header: ['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'], wideHeader: ['SOURCE'], rows }
  }
  if (kind === 'hpa') return { header: ['NAME', 'REFERENCE', 'TARGETS', 'MINPODS', 'MAXPODS', 'REPLICAS', 'AGE'], wideHeader: [], rows: world.parts.filter((part) => part instanceof Autoscaler).map((autoscaler) => autoscalerRow(world, autoscaler, old, nowUs)) }
  return kind === 'namespaces' ? { header: ['NAME', 'STATUS', 'AGE'], wideHeader: [], rows: [{ name: 'default', labels: {}, cells: ['default', 'Active', old], wide: [], object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } } }] } : null
}

/** `3 (2m ago)`. */
export function restartsText({ restarts, deaths }: Pod, nowUs: number): string {
  const last = deaths.at(-1)
  return restarts === 0 || last === undefined ? String(restarts) : `${restarts} (${age(nowUs - last.atUs)} ago)`
}

/** Pods of a deployment that are there, ready, and of its newest release. */
export function deploymentCounts({ replicas, lifecycle }: Service): { readonly wanted: number; readonly ready: number; readonly updated: number } {
  const alive = replicas.filter(({ gone, phase }) => gone === 0 && phase !== podPhase.draining)
  return { wanted: replicas.filter(({ gone }) => gone === 0).length, ready: alive.filter(({ ready, phase }) => ready === 1 && phase === podPhase.running).length, updated: alive.filter(({ release }) => release === lifecycle.current).length }
}

function podRow(pod: Pod, nowUs: number): Row {
  const { name, labels, isReady, status, restarts, createdUs, ip, node, image, owner } = pod
  return {
    name, labels, cells: [name, isReady ? '1/1' : '0/1', status, restartsText(pod, nowUs), age(nowUs - createdUs)], wide: [ip, node, '<none>', '<none>'],
    object: { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default', labels }, spec: { nodeName: node, containers: [{ name: owner, image }] }, status: { phase: status === 'ContainerCreating' ? 'Pending' : 'Running', podIP: ip, containerStatuses: [{ name: owner, ready: isReady, restartCount: restarts }] } },
  }
}

function deploymentRow(service: Service, old: string): Row {
  const { name } = service
  const { wanted, ready, updated } = deploymentCounts(service)
  const image = `registry.local/${name}:${service.releases[service.lifecycle.current]?.version ?? ''}`
  return {
    name, labels: { app: name }, cells: [name, `${ready}/${wanted}`, String(updated), String(ready), old], wide: [name, image, `app=${name}`],
    object: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: 'default', labels: { app: name } }, spec: { replicas: wanted, template: { spec: { containers: [{ name, image }] } } }, status: { readyReplicas: ready, updatedReplicas: updated, availableReplicas: ready } },
  }
}

function autoscalerRow(world: World, autoscaler: Autoscaler, old: string, nowUs: number): Row {
  const { name, spec, settings, pods: current, desired } = autoscaler
  const service = deployments(world).find((candidate) => candidate.name === spec.of)
  const cores = service?.releases.at(-1)?.cores ?? service?.spec.cores ?? 1
  const used = cpuCores(world, { job: spec.of }, nowUs)
  const share = settings.isBlind || current === 0 ? '<unknown>' : `${Math.round((used / (current * cores)) * 100)}%`
  const inflight = readings(world, 'http_server_active_requests', { job: spec.of }, nowUs).reduce((sum, { value }) => sum + value, 0)
  const targets = spec.inflight === undefined ? `cpu: ${share}/${Math.round(settings.target * 100)}%` : `${settings.isBlind ? '<unknown>' : Math.round(inflight / Math.max(1, current))}/${spec.inflight}`
  return {
    name, labels: {}, cells: [name, `Deployment/${spec.of}`, targets, String(settings.min), String(settings.max), String(current), old], wide: [],
    object: { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name }, spec: { minReplicas: settings.min, maxReplicas: settings.max }, status: { currentReplicas: current, desiredReplicas: desired } },
  }
}

/** Cores that pods with these labels have used on average in the last half minute or so. */
export function cpuCores(world: World, labels: Readonly<Record<string, string>>, nowUs: number): number {
  return ratePerSecond(world, 'container_cpu_usage_seconds_total', labels, nowUs, Math.max(30_000_000, world.topology.telemetry.scrapeUs * 3))
}
