import { columns } from '../columns.ts'
import type { CommandResult } from '../command.ts'
import { failed, printed } from '../command.ts'
import { flagSet, flagValue } from '../flags.ts'
import { isElsewhere, kindOf, notFound, resourceOf, selectorOf } from './request.ts'
import type { KubectlRequest, KubectlVerb } from './request.ts'
import { listing } from './tables.ts'
import { yamlText } from './yaml-text.ts'

/** `kubectl get`. A watch goes on with the rows that have changed. */
export const getVerb: KubectlVerb = {
  name: 'get',
  summary: 'Display one or many resources',
  flags: { watch: { short: 'w', value: false }, 'sort-by': { value: true }, 'show-labels': { value: false }, 'no-headers': { value: false } },
  run,
}

function run(request: KubectlRequest): CommandResult {
  const { world, words, flags, nowUs } = request
  const [first] = words
  if (first === undefined) return failed('You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\nerror: Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).\nSee \'kubectl get -h\' for help and examples')
  const kinds = first.includes(',') ? first.split(',').map((word) => kindOf(word) ?? word) : null
  if (kinds !== null) return joined(kinds.map((kind) => run({ ...request, words: [kind] })))
  const found = resourceOf(words)
  if ('exitCode' in found) return found
  const { kind, names } = found
  const output = flagValue(flags, 'output')
  if (output !== null && !['wide', 'json', 'yaml', 'name'].includes(output)) return failed(`error: unable to match a printer suitable for the output format "${output}", allowed formats are: json,name,wide,yaml (others are not part of this cluster's simulation)`)
  const list = listing(world, kind, nowUs)
  if (list === null) return failed(`error: the server doesn't have a resource type "${first}"`)
  // Events are sorted by time already; other lists would need the fields of real objects.
  if (kind !== 'events' && flagValue(flags, 'sort-by') !== null) return failed('error: --sort-by is not part of this simulation, but for events, which are sorted by time. "sort" can order the lines.')
  const test = selectorOf(flagValue(flags, 'selector'))
  if (test === null) return failed(`error: unable to parse selector "${flagValue(flags, 'selector') ?? ''}"`)
  const elsewhere = isElsewhere(request)
  if (elsewhere !== null && kind !== 'nodes') return { stdout: '', stderr: `No resources found in ${elsewhere} namespace.\n`, exitCode: 0 }
  const missing = names.find((name) => !list.rows.some((row) => row.name === name))
  if (missing !== undefined) return notFound(kind, missing)
  const rows = list.rows.filter((row) => (names.length === 0 || names.includes(row.name)) && test(row.labels))
  if (output === 'json') return printed(`${JSON.stringify(objectOf(rows.map(({ object }) => object), names.length === 1), null, 4)}\n`)
  if (output === 'yaml') return printed(yamlText(objectOf(rows.map(({ object }) => object), names.length === 1)))
  if (output === 'name') return printed(rows.map(({ name }) => `${singular(kind)}/${name}\n`).join(''))
  if (rows.length === 0) return { stdout: '', stderr: 'No resources found in default namespace.\n', exitCode: 0 }
  const isWide = output === 'wide'
  const labels = flagSet(flags, 'show-labels')
  const header = [...list.header, ...(isWide ? list.wideHeader : []), ...(labels ? ['LABELS'] : [])]
  const body = rows.map((row) => [...row.cells, ...(isWide ? row.wide : []), ...(labels ? [Object.entries(row.labels).map(([name, value]) => `${name}=${value}`).join(',') || '<none>'] : [])])
  if (!flagSet(flags, 'watch')) return printed(columns(flagSet(flags, 'no-headers') ? body : [header, ...body]))
  // An age that grows is no change.
  const age = header.indexOf('AGE')
  const shape = (cells: readonly string[]): string => cells.filter((_, index) => index !== age).join(' ').replaceAll(/ \(\S+ ago\)/g, '')
  const before = new Set(request.followed?.split('\n'))
  const changed = request.followed === null ? [header, ...body] : body.filter((cells) => !before.has(shape(cells)))
  return { ...printed(changed.length === 0 ? '' : columns(changed)), follow: body.map(shape).join('\n') }
}

function joined(results: readonly CommandResult[]): CommandResult {
  return { stdout: results.map(({ stdout }) => stdout).join('\n'), stderr: results.map(({ stderr }) => stderr).join(''), exitCode: Math.max(0, ...results.map(({ exitCode }) => exitCode)) }
}

function objectOf(objects: readonly Readonly<Record<string, unknown>>[], isOne: boolean): Readonly<Record<string, unknown>> {
  const [first] = objects
  return isOne && first !== undefined ? first : { apiVersion: 'v1', items: objects, kind: 'List', metadata: { resourceVersion: '' } }
}

function singular(kind: string): string {
  return kind === 'deployments' ? 'deployment.apps' : kind === 'statefulsets' ? 'statefulset.apps' : kind === 'hpa' ? 'horizontalpodautoscaler.autoscaling' : kind.slice(0, -1)
}
