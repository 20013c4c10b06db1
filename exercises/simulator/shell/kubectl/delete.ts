import { askFor } from '../ask-action.ts'
import { deployments, pods } from '../cluster.ts'
import type { CommandResult } from '../command.ts'
import { failed } from '../command.ts'
import { flagValue } from '../flags.ts'
import { isElsewhere, notFound, resourceOf, selectorOf } from './request.ts'
import type { KubectlRequest, KubectlVerb } from './request.ts'

/** `kubectl delete pod`: the deployment starts another at once, and the one that is deleted answers what it has. */
export const deleteVerb: KubectlVerb = {
  name: 'delete',
  summary: 'Delete one pod, which its deployment replaces',
  flags: { force: { value: false }, 'grace-period': { value: true }, now: { value: false }, wait: { value: true } },
  run,
}

function run(request: KubectlRequest): CommandResult {
  const { world, words, flags, nowUs } = request
  if (words.length === 0) return failed('error: resource(s) were provided, but no name was specified')
  const found = resourceOf(words)
  if ('exitCode' in found) return found
  const { kind, names } = found
  const selector = flagValue(flags, 'selector')
  const test = selectorOf(selector)
  if (test === null) return failed(`error: unable to parse selector "${selector ?? ''}"`)
  if (kind !== 'pods') return failed(`error: deleting ${kind} is not part of this simulation: a pod can be deleted, which its deployment replaces, and "kubectl scale" changes how many there are.`)
  const all = pods(world, nowUs)
  const chosen = selector === null ? names : all.filter(({ labels, owner }) => test(labels) && deployments(world).some(({ name }) => name === owner)).map(({ name }) => name)
  const [name, another] = chosen
  if (name === undefined) return selector === null ? failed('error: resource(s) were provided, but no name was specified') : failed('No resources found', 0)
  const pod = all.find((candidate) => candidate.name === name)
  if (pod === undefined || isElsewhere(request) !== null) return notFound('pods', name)
  if (another !== undefined) return failed(`error: one pod at a time here: "kubectl delete pod ${name}", and the next when its successor is ready. "kubectl rollout restart deployment/${pod.owner}" does that for all.`)
  if (pod.ownerKind !== 'Deployment') return failed(`error: ${name} belongs to a stateful set. Restarting ${pod.owner} is not part of this simulation.`)
  return askFor(world, { action: 'restart-pod', target: pod.owner, pod: name }, `pod "${name}" deleted from default namespace\n`)
}
