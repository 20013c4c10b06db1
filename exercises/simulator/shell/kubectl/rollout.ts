import { deployments } from '../cluster.ts'
import { columns } from '../columns.ts'
import type { CommandResult } from '../command.ts'
import { failed, printed } from '../command.ts'
import { askFor } from '../ask-action.ts'
import { flagValue } from '../flags.ts'
import { isElsewhere, kindOf, notFound } from './request.ts'
import type { KubectlRequest, KubectlVerb } from './request.ts'
import { deploymentCounts } from './tables.ts'
import type { Service } from '../../model/parts/service/service.ts'

/** The deployment that words name, as `deployment orders` or `deployment/orders`; or the tool's complaint. */
export function deploymentOf(request: KubectlRequest, words: readonly string[]): Service | CommandResult {
  const [first = '', second] = words
  const [word = '', joined] = first.split('/')
  const kind = kindOf(word)
  if (kind === null) return failed(`error: the server doesn't have a resource type "${word}"`)
  const name = joined ?? second
  if (name === undefined) return failed('error: resource(s) were provided, but no name was specified')
  if (kind !== 'deployments') return failed(`error: no change can be asked for: ${kind} "${name}" is not a deployment of this simulation`)
  const found = deployments(request.world).find((service) => service.name === name)
  return found === undefined || isElsewhere(request) !== null ? notFound(kind, name) : found
}

/** `kubectl scale`. */
export const scaleVerb: KubectlVerb = {
  name: 'scale',
  summary: 'Set a new size for a deployment',
  flags: { replicas: { value: true }, 'current-replicas': { value: true } },
  run(request) {
    const count = flagValue(request.flags, 'replicas')
    if (count === null) return failed('error: The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0')
    if (!/^\d+$/.test(count)) return failed(`error: invalid argument "${count}" for "--replicas" flag: strconv.ParseInt: parsing "${count}": invalid syntax`)
    const service = deploymentOf(request, request.words)
    if ('exitCode' in service) return service
    return askFor(request.world, { action: 'scale', target: service.name, replicas: Number(count) }, `deployment.apps/${service.name} scaled\n`)
  },
}

/** `kubectl rollout status|history|undo|restart`. */
export const rolloutVerb: KubectlVerb = {
  name: 'rollout',
  summary: 'Manage the rollout of a deployment',
  flags: { 'to-revision': { value: true }, timeout: { value: true }, watch: { short: 'w', value: true } },
  run(request) {
    const [verb = '', ...words] = request.words
    if (!['status', 'history', 'undo', 'restart'].includes(verb)) return failed(`error: unknown command "${verb}"\nSee 'kubectl rollout -h' for help and examples`)
    if (words.length === 0) return failed('error: required resource not specified')
    const service = deploymentOf(request, words)
    if ('exitCode' in service) return service
    if (verb === 'status') return status(service)
    if (verb === 'history') return history(request, service)
    if (verb === 'restart') return askFor(request.world, { action: 'restart', target: service.name }, `deployment.apps/${service.name} restarted\n`)
    const revision = flagValue(request.flags, 'to-revision')
    if (revision !== null && revision !== '0' && Number(revision) !== service.releases.length - 1) return failed(`error: unable to find the specified revision: only ${Math.max(0, service.releases.length - 1)}, the one before, can be rolled back to`)
    if (service.releases.length < 2) return failed(`error: no rollout history found for deployment "${service.name}"`)
    return askFor(request.world, { action: 'rollback', target: service.name }, `deployment.apps/${service.name} rolled back\n`)
  },
}

function status(service: Service): CommandResult {
  const { wanted, ready, updated } = deploymentCounts(service)
  const { name } = service
  if (service.lifecycle.rollout.running && updated < wanted) return printed(`Waiting for deployment "${name}" rollout to finish: ${updated} out of ${wanted} new replicas have been updated...\n`)
  if (ready < wanted) return printed(`Waiting for deployment "${name}" rollout to finish: ${ready} of ${wanted} updated replicas are available...\n`)
  return printed(`deployment "${name}" successfully rolled out\n`)
}

function history({ world }: KubectlRequest, service: Service): CommandResult {
  const changes = world.telemetry.changes.between(0, Number.POSITIVE_INFINITY).filter(({ kind, target }) => kind === 'deploy' && target === service.name)
  const rows = service.releases.map(({ version }, index) => [String(index + 1), index === 0 ? `version ${version}` : (changes[index - 1]?.summary ?? `version ${version}`)])
  return printed(`deployment.apps/${service.name} \n${columns([['REVISION', 'CHANGE-CAUSE'], ...rows], 2)}\n`)
}
