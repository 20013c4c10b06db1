/** The `{#id covers="..."}` at the end of a heading. */
import type { Heading } from 'mdast'
import type { Inline } from '../model.ts'
import { checkIdForm, compileInlines } from './inline.ts'
import { lineOf, report } from './scope.ts'
import type { Scope } from './scope.ts'

export interface HeadingAttributes {
  id: string
  covers: string | undefined
}

/** Separates a heading's words from its attributes; `attributes` is null when there are none or they are malformed. */
export function takeHeadingId(scope: Scope, node: Heading): { attributes: HeadingAttributes | null; content: Inline[] } {
  const content = compileInlines(scope, node.children)
  const last = content.at(-1)
  if (last?.t !== 'text') return { attributes: null, content }
  const match = /\s*\{([^{}]*)\}\s*$/.exec(last.v)
  if (!match) return { attributes: null, content }
  const words = last.v.slice(0, match.index)
  const rest: Inline[] = words === '' ? content.slice(0, -1) : [...content.slice(0, -1), { t: 'text', v: words }]
  const inner = /^#(\S+)(?:\s+covers="([^"]*)")?$/.exec((match[1] ?? '').trim())
  if (!inner?.[1]) {
    report(scope, node, 'heading.attributes', `"{${match[1] ?? ''}}" is not understood; write {#id} or {#id covers="ch07.sec.indexes"}.`)
    return { attributes: null, content: rest }
  }
  if (!checkIdForm(scope, inner[1], lineOf(scope, node))) return { attributes: null, content: rest }
  return { attributes: { id: inner[1], covers: inner[2] }, content: rest }
}
