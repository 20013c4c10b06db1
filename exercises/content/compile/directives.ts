/** Our directives: diagram, figure, check, after, callout, references, exercise, incident, template, walkthrough. */
import type { ContainerDirective, LeafDirective } from 'mdast-util-directive'
import type { Block } from '../model.ts'
import { checkClosed, readAttributes, readIdList } from './attributes.ts'
import { blocksOf } from './blocks.ts'
import { brokenPart } from './broken-part.ts'
import { compileCheck } from './check.ts'
import { compileFigure } from './figure.ts'
import { checkIdForm, compileInlines } from './inline.ts'
import { claimAnchor, lineOf, report } from './scope.ts'
import type { Scope } from './scope.ts'

interface Rule {
  form: 'container' | 'leaf'
  /** False where the text belongs to no chapter: a prompt, a solution, a walkthrough. */
  inTexts: boolean
  compile(scope: Scope, node: ContainerDirective): Block[]
}

const containers: Record<string, Rule> = {
  diagram: { form: 'container', inTexts: true, compile: compileDiagram },
  figure: { form: 'container', inTexts: true, compile: compileFigure },
  check: { form: 'container', inTexts: false, compile: compileCheck },
  after: { form: 'container', inTexts: false, compile: compileAfter },
  callout: { form: 'container', inTexts: true, compile: compileCallout },
  references: { form: 'container', inTexts: true, compile: compileReferences },
}
const leaves: Record<string, (scope: Scope, node: LeafDirective) => Block[]> = {
  exercise: (scope, node) => compileLink(scope, node, scope.exercises, 'exercise'),
  incident: (scope, node) => compileLink(scope, node, scope.incidents, 'incident'),
  template: (scope, node) => compileLink(scope, node, scope.templates, 'template'),
  walkthrough: compileWalkthrough,
}

/** Compiles one directive. A broken one is replaced by a callout that says so, so that the reader sees a gap. */
export function compileDirective(scope: Scope, node: ContainerDirective | LeafDirective): Block[] {
  if (node.type === 'containerDirective') {
    checkClosed(scope, node)
    const rule = Object.hasOwn(containers, node.name) ? containers[node.name] : undefined
    if (!rule) return unknown(scope, node, ':::', Object.keys(containers), Object.hasOwn(leaves, node.name) ? `::${node.name}` : null)
    if (!placeAllowed(scope, node, rule.inTexts)) return []
    return rule.compile(scope, node)
  }
  const compile = Object.hasOwn(leaves, node.name) ? leaves[node.name] : undefined
  if (!compile) return unknown(scope, node, '::', Object.keys(leaves), Object.hasOwn(containers, node.name) ? `:::${node.name}` : null)
  if (!placeAllowed(scope, node, false)) return []
  return compile(scope, node)
}

function unknown(scope: Scope, node: ContainerDirective | LeafDirective, colons: string, known: string[], meant: string | null): Block[] {
  const hint = meant === null ? `known are ${known.map((name) => colons + name).join(', ')}` : `write ${meant}`
  report(scope, node, 'directive.unknown', `"${colons}${node.name}" is not a directive; ${hint}.`)
  return node.type === 'containerDirective' ? blocksOf(scope, node.children) : []
}

/** Questions, exercises, incidents, templates and walkthroughs stand at the top of a section or in `:::after`, nowhere deeper. */
function placeAllowed(scope: Scope, node: ContainerDirective | LeafDirective, inTexts: boolean): boolean {
  if (inTexts) return true
  const around = scope.inside.slice(0, -1).filter((name) => name !== 'after')
  if (scope.kind === 'chapter' && (around.length === 0 || node.name === 'after')) return true
  const where = scope.kind === 'text' ? 'only stands in a chapter' : `cannot stand inside "${around.at(-1) ?? ''}"`
  report(scope, node, 'directive.place', `"${node.name}" ${where}.`)
  return false
}

function compileDiagram(scope: Scope, node: ContainerDirective): Block[] {
  const attributes = readAttributes(scope, node, { required: ['id', 'title'], optional: ['covers'] })
  const line = lineOf(scope, node)
  const sources = node.children.filter((child) => child.type === 'code' && child.lang === 'mermaid')
  const [source] = sources
  const rest = node.children.filter((child) => !sources.includes(child))
  const description = blocksOf(scope, rest)
  if (sources.length !== 1) report(scope, node, 'diagram.source', `A diagram holds exactly one \`\`\`mermaid fence; this one has ${sources.length}.`)
  if (description.length === 0) report(scope, node, 'diagram.description', 'A diagram needs a description in words after the picture: the text alternative.')
  const id = attributes?.['id']
  const title = attributes?.['title']
  if (id === undefined || title === undefined || source?.type !== 'code') return brokenPart(scope, node)
  checkIdForm(scope, id, line)
  if (!claimAnchor(scope, id, node)) return brokenPart(scope, node)
  scope.diagrams.push({ file: scope.file, id, line: lineOf(scope, source) + 1, source: source.value })
  return [{ t: 'diagram', id, title, source: source.value, description, covers: readIdList(scope, attributes?.['covers'], 'cover', line) }]
}

function compileAfter(scope: Scope, node: ContainerDirective): Block[] {
  const attributes = readAttributes(scope, node, { required: ['check'], optional: [] })
  const content = blocksOf(scope, node.children)
  const check = attributes?.['check']
  if (check === undefined) return content
  scope.awaited.push({ check, line: lineOf(scope, node) })
  return [{ t: 'after', check, c: content }]
}

const calloutTitles: Record<string, { kind: 'note' | 'warning' | 'wrong' | 'next-time'; title: string }> = {
  note: { kind: 'note', title: 'Note' },
  warning: { kind: 'warning', title: 'Take care' },
  wrong: { kind: 'wrong', title: 'A common mistake' },
  'next-time': { kind: 'next-time', title: 'Next time' },
}

function compileCallout(scope: Scope, node: ContainerDirective): Block[] {
  const attributes = readAttributes(scope, node, { required: ['kind'], optional: ['title'] })
  const content = blocksOf(scope, node.children)
  if (!attributes) return content
  const given = attributes['kind'] ?? ''
  const known = Object.hasOwn(calloutTitles, given) ? calloutTitles[given] : undefined
  if (!known) {
    report(scope, node, 'directive.attribute', `A callout's kind is ${Object.keys(calloutTitles).join(', ')}; "${given}" is none of them.`)
    return content
  }
  if (content.length === 0) report(scope, node, 'callout.empty', 'The callout is empty.')
  return [{ t: 'callout', kind: known.kind, title: attributes['title'] ?? known.title, c: content }]
}

function compileReferences(scope: Scope, node: ContainerDirective): Block[] {
  readAttributes(scope, node, { required: [], optional: [] })
  const items = node.children.flatMap((child) => {
    if (child.type !== 'list') {
      report(scope, child, 'references.form', 'References are one list, an item for each source.')
      return []
    }
    return child.children.map((item) => {
      const [first, ...more] = item.children
      if (first?.type !== 'paragraph' || more.length > 0) {
        report(scope, item, 'references.form', 'A reference is one line of text: work, edition or version, chapter.')
        return []
      }
      return compileInlines(scope, first.children)
    })
  })
  return [{ t: 'references', items }]
}

/** A way from the text to something that stands elsewhere in the course, which has to confirm it. */
function compileLink(scope: Scope, node: LeafDirective, taken: Map<string, number>, kind: 'exercise' | 'incident' | 'template'): Block[] {
  return claimPart(scope, node, taken, (id) => {
    scope.references.push({ kind, id, file: scope.file, line: lineOf(scope, node) })
    return { t: kind, id }
  })
}

function compileWalkthrough(scope: Scope, node: LeafDirective): Block[] {
  return claimPart(scope, node, scope.walkthroughs, (id) => ({ t: 'walkthrough', id }))
}

function claimPart(scope: Scope, node: LeafDirective, taken: Map<string, number>, make: (id: string) => Block): Block[] {
  const attributes = readAttributes(scope, node, { required: ['id'], optional: [] })
  const id = attributes?.['id']
  if (id === undefined) return brokenPart(scope, node)
  const first = taken.get(id)
  if (first !== undefined) {
    report(scope, node, 'id.duplicate', `The ${node.name} "${id}" already stands at line ${first}; link to it instead.`)
    return []
  }
  taken.set(id, lineOf(scope, node))
  return [make(id)]
}
