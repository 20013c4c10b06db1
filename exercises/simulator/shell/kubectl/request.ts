import { flagSet, flagValue } from '../flags.ts'
import type { FlagTable, ParsedFlags } from '../flags.ts'
import { namespace } from '../cluster.ts'
import type { CommandResult, Invocation, Slices } from '../command.ts'
import { failed } from '../command.ts'

/** A subcommand of kubectl. */
export interface KubectlVerb {
  readonly name: string
  readonly summary: string
  readonly flags: FlagTable
  run(request: KubectlRequest): CommandResult
  /** The same in slices. */
  slices?(request: KubectlRequest): Slices
}

/** What a subcommand is given. */
export interface KubectlRequest extends Invocation {
  readonly flags: ParsedFlags
  /** Words after the verb. */
  readonly words: readonly string[]
}

/** Flags that all subcommands have. */
export const commonFlags: FlagTable = { namespace: { short: 'n', value: true }, selector: { short: 'l', value: true }, output: { short: 'o', value: true }, 'all-namespaces': { short: 'A', value: false } }

const kindWords: Readonly<Record<string, string>> = {
  pod: 'pods', pods: 'pods', po: 'pods', deployment: 'deployments', deployments: 'deployments', deploy: 'deployments', 'deployment.apps': 'deployments', 'deployments.apps': 'deployments',
  statefulset: 'statefulsets', statefulsets: 'statefulsets', sts: 'statefulsets', service: 'services', services: 'services', svc: 'services', node: 'nodes', nodes: 'nodes', no: 'nodes',
  event: 'events', events: 'events', ev: 'events', hpa: 'hpa', horizontalpodautoscaler: 'hpa', horizontalpodautoscalers: 'hpa', namespaces: 'namespaces', namespace: 'namespaces', ns: 'namespaces',
}

/** The words that name kinds of resources, for completion. */
export const resourceKinds: readonly string[] = ['pods', 'deployments', 'statefulsets', 'services', 'nodes', 'events', 'hpa', 'namespaces']

/** The full name of a kind; null when it is none. */
export function kindOf(word: string): string | null {
  return kindWords[word.toLowerCase()] ?? null
}

/** A kind and names: `pods a b`, `pod/a`. */
export function resourceOf(words: readonly string[]): { readonly kind: string; readonly names: readonly string[] } | CommandResult {
  const [first = '', ...names] = words
  const [word = '', name] = first.split('/')
  const kind = kindOf(word)
  if (kind === null) return failed(`error: the server doesn't have a resource type "${word}"`)
  return { kind, names: name === undefined ? names : [name, ...names] }
}

/** Whether a namespace was asked for in which there is nothing. */
export function isElsewhere({ flags }: KubectlRequest): string | null {
  const asked = flagValue(flags, 'namespace')
  return asked === null || asked === namespace || asked === 'production' || asked === 'prod' || flagSet(flags, 'all-namespaces') ? null : asked
}

/** Tests labels by a selector such as `app=orders,version!=v2`; null for a selector that cannot be read. */
export function selectorOf(text: string | null): ((labels: Readonly<Record<string, string>>) => boolean) | null {
  if (text === null || text === '') return () => true
  const terms = text.split(',').map((term) => /^\s*([\w./-]+)\s*(?:(!=|==|=)\s*([\w.-]*))?\s*$/.exec(term))
  if (terms.some((term) => term === null)) return null
  return (labels) => terms.every((term) => {
    const [, key = '', operator, value = ''] = term ?? []
    if (operator === undefined) return labels[key] !== undefined
    return operator === '!=' ? labels[key] !== value : labels[key] === value
  })
}

/** `Error from server (NotFound): pods "x" not found`. */
export function notFound(kind: string, name: string): CommandResult {
  const group = kind === 'deployments' || kind === 'statefulsets' ? `${kind}.apps` : kind === 'hpa' ? 'horizontalpodautoscalers.autoscaling' : kind
  return failed(`Error from server (NotFound): ${group} "${name}" not found`)
}
