import type { World } from '../../model/index.ts'
import type { Service } from '../../model/parts/service/service.ts'
import type { Node } from '../../model/parts/nodes/node.ts'
import { deployments, nodes, pods } from '../cluster.ts'
import type { Pod } from '../cluster.ts'
import { columns } from '../columns.ts'
import type { CommandResult } from '../command.ts'
import { failed, printed } from '../command.ts'
import { flagValue } from '../flags.ts'
import { age, longTime, wallUs } from '../times.ts'
import { clusterEvents } from './events.ts'
import { isElsewhere, notFound, resourceOf, selectorOf } from './request.ts'
import type { KubectlRequest, KubectlVerb } from './request.ts'
import { deploymentCounts } from './tables.ts'

/** `kubectl describe pod|deployment|node`. */
export const describeVerb: KubectlVerb = {
  name: 'describe',
  summary: 'Show details of a specific resource or group of resources',
  flags: {},
  run,
}

function run(request: KubectlRequest): CommandResult {
  const { world, words, nowUs, flags } = request
  if (words.length === 0) return failed('error: You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.')
  const found = resourceOf(words)
  if ('exitCode' in found) return found
  const { kind, names } = found
  const test = selectorOf(flagValue(flags, 'selector'))
  if (test === null) return failed(`error: unable to parse selector "${flagValue(flags, 'selector') ?? ''}"`)
  const elsewhere = isElsewhere(request)
  const texts = new Map<string, () => string>()
  if (elsewhere === null && kind === 'pods') for (const pod of pods(world, nowUs)) if (test(pod.labels)) texts.set(pod.name, () => podText(world, pod, nowUs))
  if (elsewhere === null && kind === 'deployments') for (const service of deployments(world)) if (test({ app: service.name })) texts.set(service.name, () => deploymentText(world, service, nowUs))
  if (kind === 'nodes') for (const node of nodes(world)) texts.set(node.name, () => nodeText(world, node, nowUs))
  if (!['pods', 'deployments', 'nodes'].includes(kind)) return failed(`error: describing ${kind} is not part of this simulation; pods, deployments and nodes are. "kubectl get ${kind} -o yaml" shows what is known.`)
  // As kubectl does, a name that fits nothing whole is tried as a prefix.
  const chosen = names.length === 0 ? [...texts.keys()] : names.flatMap((name) => (texts.has(name) ? [name] : [...texts.keys()].filter((key) => key.startsWith(name))))
  if (names.length > 0 && chosen.length === 0) return notFound(kind, names[0] ?? '')
  return chosen.length === 0 ? { stdout: '', stderr: 'No resources found in default namespace.\n', exitCode: 0 } : printed(chosen.map((name) => texts.get(name)?.() ?? '').join('\n\n'))
}

function podText(world: World, pod: Pod, nowUs: number): string {
  const service = deployments(world).find(({ name }) => name === pod.owner)
  const last = pod.deaths.at(-1)
  const isWaiting = pod.status === 'CrashLoopBackOff' || pod.status === 'ContainerCreating'
  const lines = [
    `Name:             ${pod.name}`, 'Namespace:        default', 'Priority:         0', `Node:             ${pod.node}`, `Start Time:       ${longTime(wallUs(world, pod.createdUs))}`,
    `Labels:           ${Object.entries(pod.labels).map(([name, value]) => `${name}=${value}`).join('\n                  ')}`, `Status:           ${isWaiting && pod.status !== 'CrashLoopBackOff' ? 'Pending' : 'Running'}`, `IP:               ${pod.ip}`,
    `Controlled By:    ${pod.ownerKind === 'Deployment' ? 'ReplicaSet' : 'StatefulSet'}/${pod.owner}`, 'Containers:', `  ${pod.owner}:`, `    Image:          ${pod.image}`,
    ...(isWaiting ? ['    State:          Waiting', `      Reason:       ${pod.status}`] : ['    State:          Running', `      Started:      ${longTime(wallUs(world, last?.atUs ?? pod.createdUs))}`]),
    ...(last === undefined ? [] : ['    Last State:     Terminated', `      Reason:       ${last.reason === 'OOMKilled' ? 'OOMKilled' : 'Error'}`, `      Exit Code:    ${last.reason === 'OOMKilled' ? 137 : last.reason === 'Liveness probe failed' ? 143 : 1}`, `      Finished:     ${longTime(wallUs(world, last.atUs))}`]),
    `    Ready:          ${pod.isReady ? 'True' : 'False'}`, `    Restart Count:  ${pod.restarts}`, ...(service === undefined ? [] : resourceLines(service, '    ', service.releases[pod.replica?.release ?? 0])),
    'Conditions:', '  Type              Status', `  Ready             ${pod.isReady ? 'True' : 'False'} `, `  ContainersReady   ${pod.isReady ? 'True' : 'False'} `, '  PodScheduled      True ',
  ]
  return `${lines.join('\n')}\n${eventText(world, `pod/${pod.name}`, nowUs)}`
}

function deploymentText(world: World, service: Service, nowUs: number): string {
  const { name } = service
  const { wanted, ready, updated } = deploymentCounts(service)
  const version = service.releases[service.lifecycle.current]?.version ?? ''
  const lines = [
    `Name:                   ${name}`, 'Namespace:              default', `Labels:                 app=${name}`, `Annotations:            deployment.kubernetes.io/revision: ${service.releases.length}`, `Selector:               app=${name}`,
    `Replicas:               ${wanted} desired | ${updated} updated | ${wanted} total | ${ready} available | ${wanted - ready} unavailable`, 'StrategyType:           RollingUpdate', 'Pod Template:', `  Labels:  app=${name}`, `           version=${version}`,
    '  Containers:', `   ${name}:`, `    Image:      registry.local/${name}:${version}`, '    Port:       8080/TCP', ...resourceLines(service, '    '),
    'Conditions:', '  Type           Status  Reason', '  ----           ------  ------', `  Available      ${ready * 4 >= wanted * 3 ? 'True    MinimumReplicasAvailable' : 'False   MinimumReplicasUnavailable'}`, `  Progressing    True    ${service.lifecycle.rollout.running ? 'ReplicaSetUpdated' : 'NewReplicaSetAvailable'}`,
  ]
  return `${lines.join('\n')}\n${eventText(world, `deployment/${name}`, nowUs)}`
}

function nodeText(world: World, node: Node, nowUs: number): string {
  const here = pods(world, nowUs).filter((pod) => pod.node === node.name)
  const lines = [
    `Name:               ${node.name}`, 'Roles:              <none>', `Taints:             ${node.isUp ? (node.isCordoned ? 'node.kubernetes.io/unschedulable:NoSchedule' : '<none>') : 'node.kubernetes.io/unreachable:NoExecute'}`, `Unschedulable:      ${node.isCordoned}`,
    'Conditions:', '  Type             Status   Reason', '  ----             ------   ------', `  Ready            ${node.isUp ? 'True     KubeletReady' : 'Unknown  NodeStatusUnknown'}`, 'Capacity:', `  cpu:                ${node.spec.cores}`,
    `Non-terminated Pods:  (${here.length} in total)`,
  ]
  return `${lines.join('\n')}\n${columns([['  Namespace', 'Name', 'Age'], ...here.map((pod) => ['  default', pod.name, age(nowUs - pod.createdUs)])])}${eventText(world, `node/${node.name}`, nowUs)}`
}

function resourceLines({ spec, releases }: Service, indent: string, release = releases.at(-1)): readonly string[] {
  const cores = release?.cores ?? spec.cores
  const memory = `${Math.round((release?.memory ?? spec.memory.limit) / 2 ** 20)}Mi`
  return [`${indent}Limits:`, `${indent}  cpu:     ${cores}`, `${indent}  memory:  ${memory}`, `${indent}Requests:`, `${indent}  cpu:     ${cores}`, `${indent}  memory:  ${memory}`]
}

function eventText(world: World, object: string, nowUs: number): string {
  const found = clusterEvents(world, nowUs).filter((event) => event.object === object)
  if (found.length === 0) return 'Events:  <none>\n'
  return `Events:\n${columns([['  Type', 'Reason', 'Age', 'From', 'Message'], ['  ----', '------', '----', '----', '-------'], ...found.map(({ type, reason, atUs, from, message }) => [`  ${type}`, reason, age(nowUs - atUs), from, message])], 2)}`
}
