import type { World } from '../../model/index.ts'
import { deployments, pods } from '../cluster.ts'
import { linesOf } from '../log-lines.ts'
import { wallUs } from '../times.ts'

/** An event of the cluster. Simulation microseconds. */
export interface ClusterEvent {
  readonly atUs: number
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  /** `pod/orders-x2k4p`. */
  readonly object: string
  readonly from: string
  readonly message: string
}

/** Kubernetes forgets events after an hour. */
const keptUs = 3_600_000_000

/** Events of the last hour, oldest first: from what the kubelet and the node controller logged, and from changes to deployments. */
export function clusterEvents(world: World, nowUs: number): readonly ClusterEvent[] {
  const fromUs = Math.max(0, nowUs - keptUs)
  const found = [...kubeletEvents(world, fromUs, nowUs), ...nodeEvents(world, fromUs, nowUs), ...changeEvents(world, fromUs, nowUs), ...probeEvents(world, nowUs), ...birthEvents(world, fromUs, nowUs)]
  return found.toSorted((left, right) => left.atUs - right.atUs)
}

function kubeletEvents(world: World, fromUs: number, toUs: number): readonly ClusterEvent[] {
  return [...linesOf(world, { service: 'kubelet' }, fromUs, toUs)].flatMap(({ atUs, fields }): readonly ClusterEvent[] => {
    const pod = String(fields['pod'] ?? '')
    const reason = String(fields['reason'] ?? '')
    const backoffMs = Number(fields['backoff_ms'] ?? 0)
    const container = pod.replace(/-[^-]*$/, '')
    const common = { atUs, object: `pod/${pod}`, from: 'kubelet' }
    const first: ClusterEvent = reason === 'Liveness probe failed'
      ? { ...common, type: 'Warning', reason: 'Unhealthy', message: 'Liveness probe failed: context deadline exceeded (Client.Timeout exceeded while awaiting headers)' }
      : reason === 'OOMKilled'
        ? { ...common, type: 'Warning', reason: 'OOMKilling', message: `Memory cgroup out of memory: Killed process of container ${container}` }
        : reason === 'Restarted' ? { ...common, type: 'Normal', reason: 'Killing', message: `Stopping container ${container}` } : { ...common, type: 'Warning', reason: 'Failed', message: `Container ${container} terminated: ${reason}` }
    return backoffMs === 0 ? [first] : [first, { ...common, type: 'Warning', reason: 'BackOff', message: `Back-off ${backoffMs / 1000}s restarting failed container=${container} pod=${pod}_default` }]
  })
}

function nodeEvents(world: World, fromUs: number, toUs: number): readonly ClusterEvent[] {
  return [...linesOf(world, { service: 'node-controller' }, fromUs, toUs)].map(({ atUs, fields }) => {
    const message = String(fields['msg'] ?? '')
    return { atUs, type: 'Normal', reason: message.includes('NodeNotReady') ? 'NodeNotReady' : message.includes('NodeReady') ? 'NodeReady' : 'TaintManagerEviction', object: `node/${String(fields['node'] ?? '')}`, from: 'node-controller', message }
  })
}

function changeEvents(world: World, fromUs: number, toUs: number): readonly ClusterEvent[] {
  const services = new Set(deployments(world).map(({ name }) => name))
  return world.telemetry.changes.between(wallUs(world, fromUs), wallUs(world, toUs) + 1).flatMap(({ timeUs, kind, target, summary }): readonly ClusterEvent[] => {
    if (!services.has(target) || (kind !== 'deploy' && kind !== 'scale')) return []
    return [{ atUs: timeUs - world.telemetry.epochMs * 1000, type: 'Normal', reason: kind === 'scale' ? 'ScalingReplicaSet' : 'DeploymentRollout', object: `deployment/${target}`, from: 'deployment-controller', message: summary }]
  })
}

/** Pods whose probes fail now. */
function probeEvents(world: World, nowUs: number): readonly ClusterEvent[] {
  return pods(world, nowUs).flatMap(({ name, replica }): readonly ClusterEvent[] =>
    replica === null || replica.probeFailures === 0 ? [] : [{ atUs: nowUs, type: 'Warning', reason: 'Unhealthy', object: `pod/${name}`, from: 'kubelet', message: `Readiness probe failed: context deadline exceeded (Client.Timeout exceeded while awaiting headers) (x${replica.probeFailures})` }])
}

/** Pods that were made since the start. */
function birthEvents(world: World, fromUs: number, nowUs: number): readonly ClusterEvent[] {
  return pods(world, nowUs).flatMap(({ name, owner, node, image, createdUs }): readonly ClusterEvent[] => {
    if (createdUs < fromUs || createdUs > nowUs) return []
    const common = { atUs: createdUs, type: 'Normal', object: `pod/${name}` } as const
    return [{ ...common, reason: 'Scheduled', from: 'default-scheduler', message: `Successfully assigned default/${name} to ${node}` }, { ...common, reason: 'Started', from: 'kubelet', message: `Started container ${owner} with image ${image}` }]
  })
}
