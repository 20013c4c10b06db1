/** `docker` on a node: the containers of its pods, by the names that the kubelet gives them. */
import { deployments, nodes, pods } from '../cluster.ts'
import type { Pod } from '../cluster.ts'
import { columns } from '../columns.ts'
import type { Command, CommandResult, Invocation } from '../command.ts'
import { failed, printed } from '../command.ts'
import { cpuCores } from '../kubectl/tables.ts'
import { reading } from '../readings.ts'
import { age } from '../times.ts'

const containerName = ({ owner, name, restarts }: Pod): string => `k8s_${owner}_${name}_default_${String(restarts)}`

/** A container's id, from its name: FNV-1a. */
function idOf(name: string): string {
  let id = ''
  for (let part = 0; part < 2; part += 1) {
    let word = 0x811c9dc5 + part
    for (const letter of name) word = Math.imul(word ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0
    id += word.toString(16).padStart(8, '0')
  }
  return id.slice(0, 12)
}

function found(all: readonly Pod[], word: string): Pod | undefined {
  return all.find((pod) => containerName(pod) === word || pod.name === word || idOf(containerName(pod)).startsWith(word)) ?? all.find((pod) => containerName(pod).startsWith(word) || pod.owner === word)
}

function statusOf({ status, createdUs, deaths }: Pod, nowUs: number): string {
  const last = deaths.at(-1)
  return status === 'Running' || status === 'Terminating' ? `Up ${age(nowUs - (last?.atUs ?? createdUs))}` : status === 'ContainerCreating' ? 'Created' : `Exited (${last?.reason === 'OOMKilled' ? '137' : '1'}) ${age(nowUs - (last?.atUs ?? nowUs))} ago`
}

function run(invocation: Invocation): CommandResult {
  const { world, args, nowUs, runIn, pod } = invocation
  if (pod !== null) return failed('bash: docker: command not found', 127)
  const [verb = '', ...rest] = args
  const all = pods(world, nowUs)
  const word = rest.findLast((candidate, index) => !candidate.startsWith('-') && !['--tail', '-n', '--since'].includes(rest[index - 1] ?? ''))
  if (verb === 'ps') {
    const shown = all.filter((one) => rest.includes('-a') || rest.includes('--all') || one.status === 'Running')
    return printed(columns([['CONTAINER ID', 'IMAGE', 'STATUS', 'NAMES'], ...shown.map((one) => [idOf(containerName(one)), one.image, statusOf(one, nowUs), containerName(one)])]))
  }
  if (!['logs', 'stats', 'inspect', 'top', 'exec', 'restart', 'stop', 'kill'].includes(verb)) return failed(`docker: '${verb}' is not part of this simulation. ps, logs, stats, inspect, top and exec are.`)
  const container = word === undefined ? undefined : found(all, verb === 'exec' ? (rest.find((candidate) => !candidate.startsWith('-')) ?? '') : word)
  if (verb === 'stats') {
    const shown = container === undefined ? all : [container]
    return printed(columns([['CONTAINER ID', 'NAME', 'CPU %', 'MEM USAGE / LIMIT'], ...shown.map((one) => [idOf(containerName(one)), containerName(one), `${(cpuCores(world, { pod: one.name }, nowUs) * 100).toFixed(2)}%`, one.replica === null ? '--' : `${Math.round((reading(world, 'process_resident_memory_bytes', { pod: one.name }, nowUs) ?? 0) / 2 ** 20)}MiB / ${Math.round(one.replica.memoryBytes / 2 ** 20)}MiB`])]))
  }
  if (container === undefined) return failed(word === undefined ? `docker: "docker ${verb}" requires 1 argument.` : `Error response from daemon: No such container: ${word}`)
  if (verb === 'logs') {
    const tail = /(?:--tail[= ]|-n ?)(\d+)/.exec(rest.join(' '))?.[1]
    return invocation.runIn(['kubectl', 'logs', container.name, ...(tail === undefined ? [] : [`--tail=${tail}`]), ...(rest.includes('-f') || rest.includes('--follow') ? ['-f'] : [])], '')
  }
  if (verb === 'top') return runIn(['ps', 'aux'], container.name)
  if (verb === 'exec') {
    const at = rest.findIndex((candidate) => !candidate.startsWith('-'))
    return runIn(rest.slice(at + 1), container.name)
  }
  if (verb !== 'inspect') return failed(`Error response from daemon: ${containerName(container)} belongs to the kubelet, which would start it again. "kubectl delete pod ${container.name}" replaces the pod.`)
  const service = deployments(world).find(({ name }) => name === container.owner)
  const last = container.deaths.at(-1)
  return printed(`${JSON.stringify([{ Id: idOf(containerName(container)), Name: `/${containerName(container)}`, State: { Status: container.status === 'Running' ? 'running' : 'exited', Running: container.status === 'Running', OOMKilled: last?.reason === 'OOMKilled', ExitCode: container.status === 'Running' ? 0 : 1 }, RestartCount: container.restarts, HostConfig: { Memory: container.replica?.memoryBytes ?? 0, NanoCpus: (container.replica?.cores ?? service?.spec.cores ?? 0) * 1e9 }, Config: { Image: container.image }, NetworkSettings: { IPAddress: container.ip }, Node: { Name: nodes(world).some(({ name }) => name === container.node) ? container.node : 'node-1' } }], null, 4)}\n`)
}

export const docker: Command = {
  name: 'docker',
  summary: 'the containers of the nodes: ps, logs, stats, inspect, top',
  synopsis: ['docker ps [-a]', 'docker logs [--tail 100] [-f] CONTAINER', 'docker stats|inspect|top CONTAINER', 'docker exec CONTAINER COMMAND'],
  description: ['The nodes run their containers with Docker, which the bastion reaches. Names are those of the kubelet: k8s_SERVICE_POD_default_RESTARTS; the name of a pod or of a service will do. The kubelet owns the containers, so stopping and restarting them is refused.'],
  answers: ['cmd.docker-logs'],
  run,
  candidates: (world, words) => (words.length === 0 ? ['ps', 'logs', 'stats', 'inspect', 'top', 'exec'] : [...pods(world, world.nowUs).map((pod) => containerName(pod)), '--tail']),
}
