/** Inline questions: `:::check`, and the options that walkthrough decisions share with it. */
import type { List, ListItem, Nodes } from 'mdast'
import type { ContainerDirective } from 'mdast-util-directive'
import type { Block, Check, CheckOption, Inline } from '../model.ts'
import { readAttributes, readIdList } from './attributes.ts'
import { blocksOf } from './blocks.ts'
import { brokenPart } from './broken-part.ts'
import { checkIdForm, compileInlines } from './inline.ts'
import { claimAnchor, lineOf, report } from './scope.ts'
import type { Scope } from './scope.ts'

/** Fewer beliefs than this and guessing pays. */
const fewestOptions = 3

/** Compiles a check. A malformed one is reported and replaced by a note in the text. */
export function compileCheck(scope: Scope, node: ContainerDirective): Block[] {
  const attributes = readAttributes(scope, node, { required: ['id', 'type'], optional: ['answer', 'tolerance', 'unit', 'skills', 'covers'] })
  const id = attributes?.['id']
  if (!attributes || id === undefined) return brokenPart(scope, node)
  const line = lineOf(scope, node)
  checkIdForm(scope, id, line)
  const first = claimAnchor(scope, id, node)
  scope.checks.add(id)
  const type = attributes['type'] ?? ''
  for (const name of ['answer', 'tolerance', 'unit'] as const) {
    if (type !== 'number' && attributes[name] !== undefined) report(scope, node, 'directive.attribute', `"${name}" goes with type="number" only.`)
  }
  const base = { id, covers: readIdList(scope, attributes['covers'], 'cover', line), skills: readIdList(scope, attributes['skills'], 'skill', line) }
  const check = compileKind(scope, node, type, base, attributes)
  return check && first ? [{ t: 'check', check }] : brokenPart(scope, node)
}

type Base = Pick<Check, 'id' | 'covers' | 'skills'>

function compileKind(scope: Scope, node: ContainerDirective, type: string, base: Base, attributes: Record<string, string>): Check | null {
  if (type === 'choice' || type === 'multiple') return compileChoice(scope, node, type, base)
  if (type === 'number') return compileNumberCheck(scope, node, base, attributes)
  if (type === 'order') return compileOrder(scope, node, base)
  report(scope, node, 'check.type', `A check's type is choice, multiple, number or order; "${type}" is none of them.`)
  return null
}

function needPrompt(scope: Scope, node: Nodes, prompt: readonly Block[]): void {
  if (prompt.length === 0) report(scope, node, 'check.no-prompt', 'The check asks nothing: write the question before its options or answer.')
}

function compileChoice(scope: Scope, node: ContainerDirective, type: 'choice' | 'multiple', base: Base): Check | null {
  const at = node.children.findIndex((child) => child.type === 'list' && child.children.some((item) => typeof item.checked === 'boolean'))
  const list = node.children[at]
  const prompt = blocksOf(scope, at < 0 ? node.children : node.children.slice(0, at))
  needPrompt(scope, node, prompt)
  if (list?.type !== 'list') {
    report(scope, node, 'check.too-few-options', 'The check has no options: a list of "- [ ] belief" and "- [x] the right one", each with its explanation indented below.')
    return null
  }
  for (const stray of node.children.slice(at + 1)) report(scope, stray, 'check.trailing', 'Nothing follows the options; indent an explanation by two spaces so that it belongs to its option.')
  const options = compileOptions(scope, list, type, lineOf(scope, node))
  return options && { ...base, type, prompt, options }
}

/**
 * Compiles a list of `- [ ]` options. Reports too few options, no right one (or several for `choice`), and options
 * without explanation, each at its own line; `line` is where the question starts.
 */
export function compileOptions(scope: Scope, list: List, type: 'choice' | 'multiple', line: number): CheckOption[] | null {
  const options = list.children.map((item, index) => compileOption(scope, item, index))
  const right = options.filter((option) => option.correct).length
  if (options.length < fewestOptions) report(scope, line, 'check.too-few-options', `The check has ${options.length} option${options.length === 1 ? '' : 's'}; it needs at least ${fewestOptions}.`)
  if (right === 0) report(scope, line, 'check.no-answer', 'No option is marked right with [x].')
  if (type === 'choice' && right > 1) report(scope, line, 'check.many-answers', `${right} options are marked right; use type="multiple", or mark one.`)
  return right === 0 || (type === 'choice' && right > 1) ? null : options
}

function compileOption(scope: Scope, item: ListItem, index: number): CheckOption {
  const [first, ...rest] = item.children
  if (typeof item.checked !== 'boolean') report(scope, item, 'check.option', 'Every option starts with [ ] or [x].')
  const label = first?.type === 'paragraph' ? compileInlines(scope, first.children) : []
  if (label.length === 0) report(scope, item, 'check.option', 'The option has no text on its first line.')
  const explanation = blocksOf(scope, first?.type === 'paragraph' ? rest : item.children)
  if (explanation.length === 0) report(scope, item, 'check.no-explanation', 'The option has no explanation. Indent it by two spaces below the option, after a blank line.')
  return { id: optionId(index), label, correct: item.checked === true, explanation }
}

function optionId(index: number): string {
  return index < 26 ? String.fromCharCode(97 + index) : `o${index + 1}`
}

/** Splits at the thematic break: what is asked, and why. */
function splitAtRule(scope: Scope, node: ContainerDirective): { asked: Nodes[]; explanation: Block[] } {
  const at = node.children.findIndex((child) => child.type === 'thematicBreak')
  const explanation = at < 0 ? [] : blocksOf(scope, node.children.slice(at + 1))
  if (explanation.length === 0) report(scope, node, 'check.no-explanation', 'The check has no explanation: write it after a line of --- with blank lines around.')
  return { asked: at < 0 ? node.children : node.children.slice(0, at), explanation }
}

function compileNumberCheck(scope: Scope, node: ContainerDirective, base: Base, attributes: Record<string, string>): Check | null {
  const { asked, explanation } = splitAtRule(scope, node)
  const prompt = blocksOf(scope, asked)
  needPrompt(scope, node, prompt)
  const answer = readNumber(attributes['answer'])
  const tolerance = attributes['tolerance'] === undefined ? 0 : readNumber(attributes['tolerance'])
  if (answer === null) report(scope, node, 'check.no-answer', 'A number check needs answer="a number", such as answer="1.66".')
  if (tolerance === null || tolerance < 0) report(scope, node, 'directive.attribute', `tolerance="${attributes['tolerance'] ?? ''}" should be a number, 0 or more.`)
  if (answer === null || tolerance === null || tolerance < 0) return null
  return { ...base, type: 'number', prompt, answer, tolerance, unit: attributes['unit'] ?? '', explanation }
}

function readNumber(text: string | undefined): number | null {
  if (text === undefined || !/^[-+]?(\d[\d,]*)?(\.\d+)?(e[-+]?\d+)?$/i.test(text.trim()) || !/\d/.test(text)) return null
  const value = Number(text.replaceAll(',', ''))
  return Number.isFinite(value) ? value : null
}

function compileOrder(scope: Scope, node: ContainerDirective, base: Base): Check | null {
  const { asked, explanation } = splitAtRule(scope, node)
  const at = asked.findLastIndex((child) => child.type === 'list' && child.ordered === true)
  const list = asked[at]
  const prompt = blocksOf(scope, at < 0 ? asked : asked.slice(0, at))
  needPrompt(scope, node, prompt)
  if (list?.type !== 'list' || list.children.length < fewestOptions) {
    report(scope, node, 'check.too-few-options', `An order check needs a numbered list of at least ${fewestOptions} items, in the right order.`)
    return null
  }
  const items = list.children.map((item, index) => ({ id: optionId(index), label: orderLabel(scope, item) }))
  return { ...base, type: 'order', prompt, items, explanation }
}

function orderLabel(scope: Scope, item: ListItem): Inline[] {
  const [first, ...rest] = item.children
  if (first?.type !== 'paragraph' || rest.length > 0) report(scope, item, 'check.option', 'An item to be ordered is one line of text.')
  return first?.type === 'paragraph' ? compileInlines(scope, first.children) : []
}
