/** chapter.md and its walkthroughs to a `Chapter`. */
import type { Heading, Root, RootContent } from 'mdast'
import type { Block, Chapter, Section, Walkthrough } from '../model.ts'
import { anchorsOf, tasksOf } from '../walk.ts'
import { readIdList } from './attributes.ts'
import { blocksOf } from './blocks.ts'
import { readDefinitions } from './definitions.ts'
import { compileDirective } from './directives.ts'
import { readFrontmatter } from './frontmatter.ts'
import { takeHeadingId } from './heading.ts'
import { inlineText } from './inline.ts'
import { parseMarkdown } from './parse.ts'
import { claimAnchor, createScope, lineOf, makeId, report } from './scope.ts'
import type { Findings, Scope } from './scope.ts'
import { compileWalkthroughFile } from './walkthrough.ts'

export interface SourceFile {
  /** Path relative to the content folder. */
  file: string
  text: string
}

export interface ChapterSource extends SourceFile {
  walkthroughs: readonly SourceFile[]
  /** Fingerprint of the sources, put into the chapter as it is. */
  revision?: string
}

export interface CompiledChapter extends Findings {
  /** Null when it cannot be shown at all; then `problems` says why. */
  chapter: Chapter | null
  /** The id that the frontmatter gives, when it gives one. */
  id: string | null
}

/** Stands for the id that the frontmatter fails to give, so that the text still compiles and its own links are let be. */
const unnamedChapter = 'this-chapter'

/** Reading pace for technical prose, and what each kind of work adds, in minutes. */
const pace = { wordsPerMinute: 200, check: 1, diagram: 0.5, figure: 2, walkthrough: 10 }

/**
 * Compiles a chapter. A mistake in one part leaves the others whole: the part is replaced by a note, and `problems`
 * says what is wrong at which line. Links to other chapters, exercises and skills are in `references` for
 * `checkReferences`. Never throws.
 */
export function compileChapter(source: ChapterSource): CompiledChapter {
  const scope = createScope({ file: source.file, text: source.text, firstLine: 1, kind: 'chapter', chapter: null, directive: compileDirective, section: 'opening' })
  try {
    const tree = parseMarkdown(source.text, true)
    const front = readFrontmatter(scope, tree)
    const chaptered: Scope = { ...scope, chapter: front?.id ?? unnamedChapter }
    const walkthroughs = source.walkthroughs.flatMap((file) => compileInto(chaptered, file))
    readDefinitions(chaptered, tree)
    const sections = compileSections(chaptered, tree)
    const placed = placeWalkthroughs(chaptered, sections, walkthroughs, source.walkthroughs)
    const open = openAfters(placed)
    checkAwaited(chaptered)
    if (!front) return { ...findings(chaptered), references: scope.references.filter((reference) => reference.kind !== 'chapter' || reference.chapter !== unnamedChapter), chapter: null, id: null }
    const chapter: Chapter = {
      id: front.id,
      number: front.number,
      slug: /\d+-([^/]+)\/[^/]+$/.exec(source.file)?.[1] ?? front.id,
      title: front.title,
      question: front.question,
      objectives: front.objectives,
      needs: front.needs,
      minutes: readingMinutes(open),
      covers: front.covers,
      skills: front.skills,
      sections: open,
      walkthroughs,
      revision: source.revision ?? '',
    }
    return { ...findings(chaptered), problems: sortProblems([...chaptered.problems, ...brokenAnchors(chaptered, chapter)]), chapter, id: front.id }
  } catch (error) {
    report(scope, 1, 'markdown.unreadable', `The file cannot be read as Markdown: ${error instanceof Error ? error.message : String(error)}.`)
    return { ...findings(scope), chapter: null, id: null }
  }
}

function findings(scope: Scope): Findings {
  return { problems: sortProblems(scope.problems), references: scope.references, runnable: scope.runnable, diagrams: scope.diagrams }
}

function sortProblems(problems: Findings['problems']): Findings['problems'] {
  return problems.toSorted((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))
}

function compileInto(scope: Scope, source: SourceFile): Walkthrough[] {
  const { walkthrough, problems, references, runnable, diagrams } = compileWalkthroughFile({ ...source, chapter: scope.chapter })
  scope.problems.push(...problems)
  scope.references.push(...references)
  scope.runnable.push(...runnable)
  scope.diagrams.push(...diagrams)
  return walkthrough ? [walkthrough] : []
}

function compileSections(scope: Scope, tree: Root): Section[] {
  const groups: { heading: Heading | null; nodes: RootContent[] }[] = [{ heading: null, nodes: [] }]
  for (const node of tree.children) {
    if (node.type === 'heading' && node.depth === 2) groups.push({ heading: node, nodes: [] })
    else if (node.type !== 'yaml') groups.at(-1)?.nodes.push(node)
  }
  return groups.flatMap((group) => {
    if (!group.heading) return group.nodes.length === 0 ? [] : [fillSection(scope, { id: 'opening', title: 'Opening', covers: [] }, group.nodes)]
    return [fillSection(scope, readHeading(scope, group.heading), group.nodes)]
  })
}

function readHeading(scope: Scope, node: Heading): Pick<Section, 'id' | 'title' | 'covers'> {
  const { attributes, content } = takeHeadingId(scope, node)
  const title = inlineText(content).trim()
  if (title === '') report(scope, node, 'section.no-title', 'The section has no title.')
  if (!attributes) {
    report(scope, node, 'section.no-id', `The section "${title}" needs a permanent id: ## ${title} {#an-id}.`)
    return { id: makeId(scope, `section-${lineOf(scope, node)}`), title, covers: [] }
  }
  const id = claimAnchor(scope, attributes.id, node) ? attributes.id : makeId(scope, attributes.id)
  return { id, title, covers: readIdList(scope, attributes.covers, 'cover', lineOf(scope, node)) }
}

function fillSection(scope: Scope, start: Pick<Section, 'id' | 'title' | 'covers'>, nodes: readonly RootContent[]): Section {
  scope.section = start.id
  scope.words = 0
  const blocks = blocksOf(scope, nodes)
  return { ...start, words: scope.words, blocks }
}

/** Takes out walkthroughs that do not exist, and names files that no section shows. */
function placeWalkthroughs(scope: Scope, sections: readonly Section[], walkthroughs: readonly Walkthrough[], files: readonly SourceFile[]): Section[] {
  const known = new Set(walkthroughs.map((walkthrough) => walkthrough.id))
  const fileNames = new Set(files.map((file) => /([^/]+)\.ya?ml$/.exec(file.file)?.[1]))
  for (const [id, line] of scope.walkthroughs) {
    if (known.has(id)) continue
    const why = fileNames.has(id) ? `walkthroughs/${id}.yaml has mistakes` : `there is no walkthroughs/${id}.yaml beside the chapter`
    report(scope, line, 'walkthrough.unknown', `The walkthrough "${id}" cannot be shown: ${why}.`)
  }
  for (const walkthrough of walkthroughs) {
    if (scope.chapter !== unnamedChapter && !scope.walkthroughs.has(walkthrough.id)) report(scope, 1, 'walkthrough.unused', `No ::walkthrough{#${walkthrough.id}} shows this walkthrough.`, 'warning')
  }
  const keep = (block: Block): Block[] => {
    if (block.t === 'walkthrough' && !known.has(block.id)) return []
    return [block.t === 'after' ? { ...block, c: block.c.flatMap(keep) } : block]
  }
  return sections.map((section) => ({ ...section, blocks: section.blocks.flatMap(keep) }))
}

/** A text folded behind a question that could not be compiled would stay folded for ever: it is shown instead. */
function openAfters(sections: readonly Section[]): Section[] {
  const checks = new Set(sections.flatMap((section) => tasksOf(section.blocks).checks))
  const open = (block: Block): Block[] => {
    if (block.t !== 'after') return [block]
    const content = block.c.flatMap(open)
    return checks.has(block.check) ? [{ ...block, c: content }] : content
  }
  return sections.map((section) => ({ ...section, blocks: section.blocks.flatMap(open) }))
}

function checkAwaited(scope: Scope): void {
  for (const { check, line } of scope.awaited) {
    if (!scope.checks.has(check)) report(scope, line, 'after.unknown-check', `There is no check "${check}" in this chapter.`)
  }
}

/** Links to a place in this chapter that does not exist. Links to other chapters are checked with the course. */
function brokenAnchors(scope: Scope, chapter: Chapter): Findings['problems'] {
  const anchors = anchorsOf(chapter)
  return scope.references.flatMap((reference) => {
    if (reference.kind !== 'chapter' || reference.chapter !== chapter.id || reference.anchor === null || anchors.has(reference.anchor)) return []
    return [{ file: reference.file, line: reference.line, severity: 'error' as const, rule: 'link.broken', message: `"#${reference.anchor}" is not a section, heading, diagram, figure or check of this chapter.` }]
  })
}

function readingMinutes(sections: readonly Section[]): number {
  const minutes = sections.map((section) => {
    const tasks = tasksOf(section.blocks)
    return section.words / pace.wordsPerMinute + tasks.checks.length * pace.check + tasks.diagrams.length * pace.diagram + tasks.figures.length * pace.figure + tasks.walkthroughs.length * pace.walkthrough
  })
  return Math.max(1, Math.round(minutes.reduce((sum, part) => sum + part, 0)))
}
