/** Attributes of directives, read once and strictly: unknown ones are refused, missing ones named. */
import type { ContainerDirective, LeafDirective } from 'mdast-util-directive'
import { report, lineOf } from './scope.ts'
import type { Scope } from './scope.ts'

/**
 * Reads the attributes of a directive. Reports what is unknown or missing.
 * @returns the values by name; a missing optional attribute is absent; null when a required one is missing
 */
export function readAttributes(
  scope: Scope,
  node: ContainerDirective | LeafDirective,
  names: { required: readonly string[]; optional: readonly string[] },
): Record<string, string> | null {
  const given = node.attributes ?? {}
  const known = [...names.required, ...names.optional]
  for (const name of Object.keys(given)) {
    if (!known.includes(name)) report(scope, node, 'directive.attribute', `"${node.name}" has no attribute "${name}"; it takes ${known.join(', ')}.`)
  }
  const missing = names.required.filter((name) => !given[name]?.trim())
  for (const name of missing) {
    const example = name === 'id' ? `{#${node.name === 'check' ? 'offset-cost' : 'an-id'}}` : `${name}="..."`
    report(scope, node, 'directive.attribute', `"${node.name}" needs ${example}.`)
  }
  const label = node.children.find((child) => child.data && 'directiveLabel' in child.data && child.data.directiveLabel)
  if (label || (node.type === 'leafDirective' && node.children.length > 0)) {
    report(scope, node, 'directive.label', `"${node.name}" takes no [label]; write {title="..."}.`)
  }
  if (missing.length > 0) return null
  const values: Record<string, string> = {}
  for (const [name, value] of Object.entries(given)) if (typeof value === 'string') values[name] = value
  return values
}

/** Splits `covers` or `skills` at spaces, and notes each as a reference to be confirmed by the course. */
export function readIdList(scope: Scope, value: string | undefined, kind: 'cover' | 'skill', line: number): string[] {
  const ids = (value ?? '').split(/\s+/).filter((id) => id !== '')
  for (const id of ids) scope.references.push({ kind, id, file: scope.file, line })
  return ids
}

/** Says when a container swallows the rest of the text because its closing colons are missing. */
export function checkClosed(scope: Scope, node: ContainerDirective): void {
  const lastLine = scope.lines[(node.position?.end.line ?? 1) - 1] ?? ''
  const isOpening = node.position?.end.line === node.position?.start.line
  if (!isOpening && /^[\s>]*:{3,}\s*$/.test(lastLine)) return
  report(scope, lineOf(scope, node), 'directive.unclosed', `":::${node.name}" is not closed. A container that holds another needs more colons than the inner one.`)
}
