/** Block nodes to `Block`: paragraphs, lists, tables, code. Directives are handed to `scope.directive`. */
import type { Code, List, Nodes, RootContent, Table } from 'mdast'
import type { Block, Inline } from '../model.ts'
import { compileCode } from './code.ts'
import { takeHeadingId } from './heading.ts'
import { compileInlines, inlineText } from './inline.ts'
import { claimAnchor, makeId, report } from './scope.ts'
import type { Scope } from './scope.ts'
import { textHash } from './text-hash.ts'

/** Deeper nesting is a mistake or an attack; drawing it would exhaust the stack. */
const deepestNesting = 24

/** Compiles sibling blocks in order. What cannot be compiled is reported and left out; its siblings stay. */
export function blocksOf(scope: Scope, nodes: readonly Nodes[]): Block[] {
  const blocks: Block[] = []
  for (let index = 0; index < nodes.length; index += 1) {
    const node = nodes[index]
    if (!node) continue
    if (node.type === 'code') {
      const next = nodes[index + 1]
      const output = next?.type === 'code' && next.lang === 'output' ? next : undefined
      if (output) index += 1
      blocks.push(...compileFence(scope, node, output))
    } else blocks.push(...compileBlock(scope, node))
  }
  return blocks
}

/** Runs `work` one level deeper; past the limit it reports and gives nothing. */
export function nested<T>(scope: Scope, name: string, node: Nodes, none: T, work: () => T): T {
  if (scope.inside.length >= deepestNesting) {
    report(scope, node, 'markdown.depth', `Nested more than ${deepestNesting} levels deep.`)
    return none
  }
  scope.inside.push(name)
  try {
    return work()
  } finally {
    scope.inside.pop()
  }
}

function compileFence(scope: Scope, node: Code, output: Code | undefined): Block[] {
  if (node.lang === 'output') {
    report(scope, node, 'code.orphan-output', 'An "output" fence belongs directly after the code that printed it.')
    return []
  }
  if (node.lang === 'mermaid') {
    report(scope, node, 'diagram.bare', 'A mermaid fence belongs in :::diagram{#id title="..."} with its description in words.')
    return []
  }
  return [compileCode(scope, node, output)]
}

function compileBlock(scope: Scope, node: Nodes): Block[] {
  switch (node.type) {
    case 'paragraph': {
      const stray = /^:{2,}.*/.exec(firstText(node))
      if (stray) {
        const line = stray[0].trim()
        const why = /^:+$/.test(line) ? 'closes nothing; count the colons of the containers around it' : 'is not a directive as written; the form is :::name{#id title="..."} with no space before the brace'
        report(scope, node, 'directive.malformed', `"${line.slice(0, 60)}" ${why}.`)
        return []
      }
      return [paragraph(scope, compileInlines(scope, node.children))]
    }
    case 'heading':
      return compileHeading(scope, node)
    case 'list':
      return nested(scope, 'list', node, [], () => [compileList(scope, node)])
    case 'blockquote':
      return nested(scope, 'quote', node, [], () => [{ t: 'quote', c: blocksOf(scope, node.children) }])
    case 'table':
      return [compileTable(scope, node)]
    case 'thematicBreak':
      return [{ t: 'rule' }]
    case 'html':
      report(scope, node, 'html.refused', 'HTML is refused, comments too. Use Markdown, or put it in backticks to show it.')
      return []
    case 'containerDirective':
    case 'leafDirective':
      return nested(scope, node.name, node, [], () => scope.directive(scope, node))
    case 'definition':
    case 'yaml':
      return []
    case 'footnoteDefinition':
      report(scope, node, 'markdown.unsupported', 'Footnotes are not shown. Put the remark in the text, or the source in :::references.')
      return []
    default:
      report(scope, node, 'markdown.unsupported', `"${node.type}" is not shown in the course.`)
      return []
  }
}

function firstText(node: Extract<RootContent, { type: 'paragraph' }>): string {
  const first = node.children[0]
  return first?.type === 'text' ? first.value : ''
}

function paragraph(scope: Scope, content: Inline[]): Block {
  const text = inlineText(content)
  countWords(scope, text)
  return { t: 'p', id: makeId(scope, `p-${textHash(text)}`), c: content }
}

function countWords(scope: Scope, text: string): void {
  scope.words += text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}

function compileHeading(scope: Scope, node: Extract<RootContent, { type: 'heading' }>): Block[] {
  const { attributes, content } = takeHeadingId(scope, node)
  if (node.depth !== 3 && node.depth !== 4) {
    const why = node.depth === 1 ? 'the title comes from the frontmatter' : node.depth === 2 ? 'a section starts outside any container (a line of --- directly under text makes a heading: leave a blank line before it)' : 'only ### and #### are drawn inside a section'
    report(scope, node, 'heading.level', `A level ${node.depth} heading cannot stand here: ${why}.`)
    return []
  }
  const text = inlineText(content)
  countWords(scope, text)
  const wanted = attributes?.id ?? null
  const id = wanted !== null && claimAnchor(scope, wanted, node) ? wanted : makeId(scope, `${scope.section}-${slug(text)}`)
  return [{ t: 'heading', depth: node.depth, id, c: content }]
}

function slug(text: string): string {
  const words = text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '')
  return words === '' ? 'heading' : words.slice(0, 60)
}

function compileList(scope: Scope, node: List): Block {
  const boxed = node.children.find((item) => typeof item.checked === 'boolean')
  if (boxed) report(scope, boxed, 'markdown.unsupported', 'A list with [ ] boxes belongs in :::check; here write a plain list.')
  return { t: 'list', ordered: node.ordered === true, start: node.start ?? 1, items: node.children.map((item) => blocksOf(scope, item.children)) }
}

function compileTable(scope: Scope, node: Table): Block {
  const rows = node.children.map((row) => row.children.map((cell) => compileInlines(scope, cell.children)))
  for (const row of rows) for (const cell of row) countWords(scope, inlineText(cell))
  const [head = [], ...body] = rows
  return { t: 'table', align: head.map((_, column) => node.align?.[column] ?? null), head, rows: body }
}
