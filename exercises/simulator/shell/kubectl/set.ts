import { askFor } from '../ask-action.ts'
import type { CommandResult } from '../command.ts'
import { failed } from '../command.ts'
import { flagValue } from '../flags.ts'
import type { KubectlRequest, KubectlVerb } from './request.ts'
import { deploymentOf } from './rollout.ts'

/** `kubectl set resources`. Requests are the limits here, so that --requests is read and not needed. */
export const setVerb: KubectlVerb = {
  name: 'set',
  summary: 'Set the limits of cores and memory of a deployment',
  flags: { limits: { value: true }, requests: { value: true }, containers: { short: 'c', value: true } },
  run,
}

function run(request: KubectlRequest): CommandResult {
  const [what = '', ...words] = request.words
  if (what !== 'resources') return failed(`error: "kubectl set ${what}" is not part of this simulation; "kubectl set resources" is.`)
  if (words.length === 0) return failed('error: required resource not specified')
  const service = deploymentOf(request, words)
  if ('exitCode' in service) return service
  const limits = flagValue(request.flags, 'limits')
  if (limits === null) return failed('error: you must specify an update to requests or limits (in the form of --requests/--limits); limits decide here')
  const act: Record<string, string | number> = {}
  for (const part of limits.split(',')) {
    const [name = '', value = ''] = part.split('=')
    const cores = name === 'cpu' ? coresOf(value) : null
    const memory = name === 'memory' ? memoryOf(value) : null
    if (cores !== null) act['cores'] = cores
    else if (memory !== null) act['memory'] = memory
    else return failed(name === 'cpu' ? `error: cpu=${value}: pods of this simulation have whole cores, such as cpu=2` : `error: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$': ${part}`)
  }
  return askFor(request.world, { action: 'set-resources', target: service.name, ...act }, `deployment.apps/${service.name} resource requirements updated\n`)
}

/** `2` and `2000m`; null for what is no whole number of cores. */
function coresOf(text: string): number | null {
  const milli = /^(\d+)m$/.exec(text)?.[1]
  const cores = milli === undefined ? Number(text) : Number(milli) / 1000
  return text !== '' && Number.isInteger(cores) && cores > 0 ? cores : null
}

/** `2Gi` and `512Mi` as the simulator writes them. */
function memoryOf(text: string): string | null {
  const match = /^(\d+(?:\.\d+)?)([KMG])i?$/.exec(text)
  return match === null ? null : `${match[1] ?? ''}${match[2] ?? ''}B`
}
