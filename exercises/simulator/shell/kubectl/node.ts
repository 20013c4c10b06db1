import { askFor } from '../ask-action.ts'
import { nodes } from '../cluster.ts'
import { failed } from '../command.ts'
import { notFound } from './request.ts'
import type { KubectlVerb } from './request.ts'

/** `kubectl drain`: the pods of a node go elsewhere. */
export const drainVerb: KubectlVerb = nodeVerb('drain', 'Move all pods of a node to others, and give it no more', 'drain-node', (name) => `node/${name} cordoned\nnode/${name} drained\n`)

/** `kubectl uncordon`. */
export const uncordonVerb: KubectlVerb = nodeVerb('uncordon', 'Let a node get pods again', 'uncordon-node', (name) => `node/${name} uncordoned\n`)

function nodeVerb(name: string, summary: string, action: string, says: (node: string) => string): KubectlVerb {
  return {
    name,
    summary,
    flags: { 'ignore-daemonsets': { value: false }, 'delete-emptydir-data': { value: false }, force: { value: false }, timeout: { value: true } },
    run({ world, words: [word] }) {
      const wanted = word?.replace(/^nodes?\//, '')
      if (wanted === undefined) return failed(`error: USAGE: ${name} NODE [flags]`)
      return nodes(world).some((node) => node.name === wanted) ? askFor(world, { action, target: wanted }, says(wanted)) : notFound('nodes', wanted)
    },
  }
}
