/** Link definitions (`[name]: https://...`), which may stand anywhere in a text. */
import type { Nodes } from 'mdast'
import type { Scope } from './scope.ts'

/** Collects the definitions of a tree; the first of a name wins, as in CommonMark. */
export function readDefinitions(scope: Scope, node: Nodes): void {
  if (node.type === 'definition') {
    if (!scope.definitions.has(node.identifier)) scope.definitions.set(node.identifier, node.url)
    return
  }
  if ('children' in node) for (const child of node.children) readDefinitions(scope, child)
}
