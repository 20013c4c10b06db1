import { deployments, nodes, pods } from '../cluster.ts'
import type { Command, CommandResult, Invocation } from '../command.ts'
import { failed, printed } from '../command.ts'
import { parseFlags } from '../flags.ts'
import { describeVerb } from './describe.ts'
import { deleteVerb } from './delete.ts'
import { execVerb } from './exec.ts'
import { getVerb } from './get.ts'
import { logsVerb } from './logs.ts'
import { drainVerb, uncordonVerb } from './node.ts'
import { commonFlags, kindOf, resourceKinds } from './request.ts'
import type { KubectlRequest, KubectlVerb } from './request.ts'
import { rolloutVerb, scaleVerb } from './rollout.ts'
import { setVerb } from './set.ts'
import { topVerb } from './top.ts'

const verbs: readonly KubectlVerb[] = [getVerb, describeVerb, logsVerb, topVerb, scaleVerb, rolloutVerb, setVerb, deleteVerb, drainVerb, uncordonVerb, execVerb]

/** Talks to the simulated cluster. */
export const kubectl: Command = {
  name: 'kubectl',
  summary: 'control the Kubernetes cluster: get, describe, logs, top, scale, rollout, exec',
  synopsis: [
    'kubectl get pods|deployments|statefulsets|services|nodes|events|hpa [NAME] [-l app=NAME] [-o wide|json|yaml]', 'kubectl describe pod|deployment|node NAME', 'kubectl logs POD|deployment/NAME [-p] [--since=5m] [--tail=100] [-l app=NAME]',
    'kubectl top pods|nodes [-l app=NAME] [--sort-by=cpu|memory]', 'kubectl scale deployment NAME --replicas=N', 'kubectl rollout status|history|undo|restart deployment/NAME', 'kubectl delete pod NAME', 'kubectl set resources deployment NAME --limits=cpu=2,memory=2Gi', 'kubectl drain|uncordon NODE', 'kubectl exec POD|deployment/NAME -- COMMAND',
  ],
  description: [
    'Services of the topology are deployments; databases, caches and brokers are stateful sets. All are in the namespace default, which prod and production also name.',
    'Events come from what the kubelet, the node controller and changes left behind, and are forgotten after an hour. logs shows the newest 10,000 lines of a pod, which is what its node keeps; the Logs tab has all. logs -f and get -w go on with what is new, once a simulated second, until Ctrl+C; behind a pipe, each second is a run of its own.',
    'scale, rollout undo, rollout restart, delete pod, set resources, drain and uncordon are actions: they take effect after some seconds, pod by pod. rollout undo knows the release before this one only. delete pod ends one pod when it has answered what it has, and another starts at once; the others stay. set resources replaces all pods, one after the other, by pods with other limits.',
    'cp and port-forward are not known: files of pods are not part of the simulation, and curl reaches every pod by its name.',
  ],
  answers: [
    'cmd.kubectl-get-pods', 'cmd.kubectl-get-pods-watch', 'cmd.kubectl-logs-follow', 'cmd.kubectl-logs-errors', 'cmd.kubectl-logs-since', 'cmd.kubectl-top-pods', 'cmd.kubectl-scale', 'cmd.kubectl-describe-pod-events', 'cmd.kubectl-describe-limits',
    'cmd.kubectl-get-events', 'cmd.kubectl-rollout-restart', 'cmd.kubectl-rollout-status', 'cmd.kubectl-set-resources',
  ],
  run(invocation) {
    const read = readVerb(invocation)
    return 'exitCode' in read ? read : read.verb.run(read.request)
  },
  slices(invocation) {
    const read = readVerb(invocation)
    return 'exitCode' in read ? null : (read.verb.slices?.(read.request) ?? null)
  },
  candidates(world, words) {
    const [verb = '', first, second, third] = words.filter((word) => !word.startsWith('-'))
    const services = deployments(world).map(({ name }) => name)
    const podNames = pods(world, world.nowUs).map(({ name }) => name)
    if (words.length === 0) return verbs.map(({ name }) => name)
    if (verb === 'logs' || verb === 'exec') return [...podNames, ...services.map((name) => `deployment/${name}`), '--tail=100', '--since=5m', '--previous']
    if (verb === 'rollout') return first === undefined ? ['status', 'history', 'undo', 'restart'] : services.map((name) => `deployment/${name}`)
    if (verb === 'scale') return second === undefined ? ['deployment', ...services] : ['--replicas=']
    if (verb === 'set') return first === undefined ? ['resources'] : second === undefined ? ['deployment'] : third === undefined ? services : ['--limits=cpu=', '--limits=memory=']
    if (verb === 'delete') return first === undefined ? ['pod'] : podNames.filter((name) => services.some((service) => name.startsWith(`${service}-`)))
    if (verb === 'drain' || verb === 'uncordon') return nodes(world).map(({ name }) => name)
    if (verb === 'top') return first === undefined ? ['pods', 'nodes'] : ['--sort-by=cpu', '--sort-by=memory', ...podNames]
    if (first === undefined) return resourceKinds
    const kind = kindOf(first)
    return kind === 'pods' ? podNames : kind === 'deployments' ? services : kind === 'nodes' ? nodes(world).map(({ name }) => name) : []
  },
}

/** The subcommand with its flags, or what kubectl prints instead. Flags may stand before the verb, as in `kubectl -n prod get pods`. */
function readVerb(invocation: Invocation): { readonly verb: KubectlVerb; readonly request: KubectlRequest } | CommandResult {
  const at = verbPlace(invocation.args)
  const word = invocation.args[at]
  if (word === undefined || word === 'help' || word === '--help' || word === '-h') return printed(helpText())
  const verb = verbs.find(({ name }) => name === word)
  if (verb === undefined) return failed(`error: unknown command "${word}" for "kubectl"`)
  const flags = parseFlags(invocation.args.filter((_, index) => index !== at), { ...commonFlags, ...verb.flags })
  if ('error' in flags) return failed(`error: ${flags.error}\nSee 'kubectl ${verb.name} --help' for usage.`)
  return { verb, request: { ...invocation, flags, words: flags.words } }
}

function verbPlace(args: readonly string[]): number {
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? ''
    if (word === '-n' || word === '--namespace') at += 1
    else if (!word.startsWith('-') || word === '-h' || word === '--help') return at
  }
  return args.length
}

function helpText(): string {
  return `kubectl controls the Kubernetes cluster manager.\n\nCommands:\n${verbs.map(({ name, summary }) => `  ${name.padEnd(12)}${summary}\n`).join('')}\nUsage:\n  kubectl [command] [flags]\n`
}
