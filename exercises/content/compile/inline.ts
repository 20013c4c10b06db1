/** Running text: syntax tree nodes to `Inline`. Links are sorted into outside, app routes and refused ones. */
import type { Nodes, PhrasingContent } from 'mdast'
import type { Inline } from '../model.ts'
import { evaluateArithmetic, printsAs, roundedLike } from '../arithmetic.ts'
import { idPattern, lineOf, report } from './scope.ts'
import type { Scope } from './scope.ts'

/** Compiles the children of a paragraph, heading or cell; soft line breaks become spaces. */
export function compileInlines(scope: Scope, nodes: readonly PhrasingContent[]): Inline[] {
  return mergeText(nodes.flatMap((node) => compileInline(scope, node)))
}

/** The words of an inline tree, for counting and for ids. */
export function inlineText(inlines: readonly Inline[]): string {
  return inlines.map((inline) => ('c' in inline ? inlineText(inline.c) : inline.t === 'br' ? ' ' : inline.v)).join('')
}

function mergeText(inlines: Inline[]): Inline[] {
  const merged: Inline[] = []
  for (const inline of inlines) {
    const last = merged.at(-1)
    if (inline.t === 'text' && last?.t === 'text') merged[merged.length - 1] = { t: 'text', v: last.v + inline.v }
    else merged.push(inline)
  }
  return merged
}

function compileInline(scope: Scope, node: PhrasingContent): Inline[] {
  switch (node.type) {
    case 'text':
      return compileText(scope, node)
    case 'emphasis':
      return [{ t: 'em', c: compileInlines(scope, node.children) }]
    case 'strong':
      return [{ t: 'strong', c: compileInlines(scope, node.children) }]
    case 'delete':
      return [{ t: 'del', c: compileInlines(scope, node.children) }]
    case 'inlineCode':
      return [{ t: 'code', v: node.value }]
    case 'break':
      return [{ t: 'br' }]
    case 'link':
      return compileLink(scope, node, node.url)
    case 'linkReference': {
      const url = scope.definitions.get(node.identifier)
      return url === undefined ? compileInlines(scope, node.children) : compileLink(scope, node, url)
    }
    case 'textDirective':
      return compileNumber(scope, node)
    case 'html':
      report(scope, node, 'html.refused', `HTML is refused: ${quote(node.value)}. Use Markdown, or put it in backticks to show it.`)
      return []
    case 'image':
    case 'imageReference':
      report(scope, node, 'image.refused', 'Images are refused: the course is read offline and in two themes. Draw a :::diagram or show the text.')
      return [{ t: 'text', v: node.alt ?? '' }]
    case 'footnoteReference':
      report(scope, node, 'markdown.unsupported', 'Footnotes are not shown. Put the remark in the text, or the source in :::references.')
      return []
    default:
      report(scope, node as Nodes, 'markdown.unsupported', `"${(node as Nodes).type}" is not shown in the course.`)
      return []
  }
}

function compileText(scope: Scope, node: Extract<PhrasingContent, { type: 'text' }>): Inline[] {
  const stray = /(?:^|\s):([A-Za-z][\w-]*)\[[^\]]*\]\{/.exec(node.value)
  if (stray) report(scope, lineOf(scope, node) + newlines(node.value.slice(0, stray.index + 1)), 'directive.unknown', `":${stray[1]}" is not a directive of running text; the only one is :num[1.66]{from="50 / 30.05"}.`)
  return [{ t: 'text', v: node.value.replaceAll(/\s*\n\s*/g, ' ') }]
}

function newlines(text: string): number {
  return text.split('\n').length - 1
}

/** What a link inside the course names, by the first step of its path. */
const linkKinds: Readonly<Record<string, 'exercise' | 'incident' | 'template'>> = { exercises: 'exercise', incidents: 'incident', templates: 'template' }

/** Compiles a link. Outside links are `https` only; the rest must be a place in the course. */
function compileLink(scope: Scope, node: Extract<PhrasingContent, { type: 'link' | 'linkReference' }>, url: string): Inline[] {
  const children = compileInlines(scope, node.children)
  const line = lineOf(scope, node)
  const bad = (rule: string, message: string): Inline[] => {
    report(scope, line, rule, message)
    return children
  }
  if (url.startsWith('#')) {
    const anchor = url.slice(1)
    if (scope.chapter === null) return bad('link.broken', `"${url}" names a section, but this text belongs to no chapter. Write /chapters/<id>#${anchor}.`)
    scope.references.push({ kind: 'chapter', chapter: scope.chapter, anchor, file: scope.file, line })
    return [{ t: 'link', href: `/chapters/${scope.chapter}#${anchor}`, external: false, c: children }]
  }
  const chapter = /^\/chapters\/([^/#?]+)(?:#([^/#?]+))?$/.exec(url)
  if (chapter?.[1] !== undefined) {
    scope.references.push({ kind: 'chapter', chapter: chapter[1], anchor: chapter[2] ?? null, file: scope.file, line })
    return [{ t: 'link', href: url, external: false, c: children }]
  }
  const [, place, id] = /^\/(exercises|incidents|templates)\/([^/#?]+)$/.exec(url) ?? []
  if (place !== undefined && id !== undefined) {
    scope.references.push({ kind: linkKinds[place] ?? 'exercise', id, file: scope.file, line })
    return [{ t: 'link', href: url, external: false, c: children }]
  }
  if (isSecureUrl(url)) return [{ t: 'link', href: url, external: true, c: children }]
  const scheme = /^\P{L}*([a-z][a-z0-9+.-]*):/iu.exec(url)?.[1]
  if (scheme) return bad('link.scheme', `"${scheme}:" links are refused; links outside start with https://.`)
  return bad('link.broken', `"${url}" leads nowhere. Links are https://..., #section, /chapters/<id>#section, /exercises/<id>, /incidents/<id> or /templates/<id>.`)
}

function isSecureUrl(url: string): boolean {
  return /^https:\/\/[^\s/?#]+/i.test(url) && URL.canParse(url)
}

/** `:num[1.66]{from="50 / 30.05"}`: the text must be the value of `from`, rounded to the digits it shows. */
function compileNumber(scope: Scope, node: Extract<PhrasingContent, { type: 'textDirective' }>): Inline[] {
  const shown = inlineText(compileInlines(scope, node.children))
  const from = node.attributes?.['from']
  const unknown = Object.keys(node.attributes ?? {}).filter((name) => name !== 'from')
  if (unknown.length > 0) report(scope, node, 'directive.attribute', `:num has no attribute "${unknown[0]}"; it takes from="an expression".`)
  if (!from) {
    report(scope, node, 'num.expression', `:num[${shown}] needs from="an expression" that gives the number.`)
    return [{ t: 'text', v: shown }]
  }
  const value = evaluateArithmetic(from)
  if (!value.ok) report(scope, node, 'num.expression', `"${from}" cannot be computed: ${value.error.message}.`)
  else if (!printsAs(value.value, shown)) report(scope, node, 'num.wrong', `"${from}" is ${roundedLike(value.value, shown)}, but the text says ${shown}.`)
  return [{ t: 'num', v: shown, from }]
}

function quote(text: string): string {
  const line = text.split('\n', 1)[0] ?? ''
  return line.length > 40 ? `${line.slice(0, 40)}...` : line
}

/** Whether an id is one that authors may write; reports `id.form` when not. */
export function checkIdForm(scope: Scope, id: string, line: number): boolean {
  if (idPattern.test(id)) return true
  report(scope, line, 'id.form', `The id "${id}" should be lower-case letters, digits and hyphens, such as "offset-cost".`)
  return false
}
