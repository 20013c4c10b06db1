import type { Nodes } from 'mdast'
import type { Block } from '../model.ts'
import { lineOf } from './scope.ts'
import type { Scope } from './scope.ts'

/** What the reader sees where a part could not be compiled. */
export function brokenPart(scope: Scope, node: Nodes): Block[] {
  const where = `${scope.file}, line ${lineOf(scope, node)}`
  return [{ t: 'callout', kind: 'warning', title: 'A part of this page could not be shown', c: [{ t: 'p', id: `broken-${lineOf(scope, node)}`, c: [{ t: 'text', v: `The course file has a mistake at ${where}. The rest of the page is complete.` }] }] }]
}
