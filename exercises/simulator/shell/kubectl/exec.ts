import { pods } from '../cluster.ts'
import type { CommandResult } from '../command.ts'
import { failed } from '../command.ts'
import { isElsewhere, kindOf, notFound } from './request.ts'
import type { KubectlRequest, KubectlVerb } from './request.ts'

/** `kubectl exec POD -- COMMAND`: runs a command of this terminal inside a pod. */
export const execVerb: KubectlVerb = {
  name: 'exec',
  summary: 'Execute a command in a container',
  flags: { stdin: { short: 'i', value: false }, tty: { short: 't', value: false }, container: { short: 'c', value: true } },
  run,
}

function run(request: KubectlRequest): CommandResult {
  const { world, words, flags, nowUs, runIn } = request
  const [target, ...more] = words
  if (target === undefined) return failed('error: pod, type/name or --filename must be specified')
  const [kindWord = '', owner] = target.split('/')
  const all = pods(world, nowUs)
  const kind = owner === undefined ? 'pods' : kindOf(kindWord)
  if (kind === null) return failed(`error: the server doesn't have a resource type "${kindWord}"`)
  const name = owner ?? target
  const own = kind === 'pods' ? all.filter((pod) => pod.name === name) : all.filter((pod) => pod.owner === name)
  const pod = own.find(({ isReady }) => isReady) ?? own[0]
  if (pod === undefined || isElsewhere(request) !== null) return notFound(kind, name)
  const argv = flags.rest ?? more
  if (argv.length === 0) return failed('error: you must specify at least one command for the container')
  if (pod.replica?.phase === 3 || pod.status === 'CrashLoopBackOff') return failed(`error: Internal error occurred: unable to upgrade connection: container not found ("${pod.owner}")`)
  return runIn(argv, pod.name)
}
