/** What one compilation carries along: where problems go, which ids are taken, what must be checked against the course. */
import type { ContainerDirective, LeafDirective } from 'mdast-util-directive'
import type { CodeRun } from '../code-run.ts'
import type { Block } from '../model.ts'
import type { Problem } from '../../core/problem.ts'

/** Something named in a file that only the whole course can confirm. */
export type Reference =
  | { kind: 'chapter'; chapter: string; anchor: string | null; file: string; line: number }
  | { kind: 'exercise' | 'incident' | 'template'; id: string; file: string; line: number }
  | { kind: 'skill'; id: string; file: string; line: number }
  | { kind: 'cover'; id: string; file: string; line: number }

/** A code block that the validator executes, with what is needed to rewrite its output in place. */
export interface RunnableBlock {
  file: string
  /** SQL blocks of one group, engine and dataset share a database, in order. */
  group: string
  /** Line of the opening fence. */
  line: number
  run: CodeRun
  text: string
  /** The `output` fence directly after: its text, its opening and closing fence lines, and their indentation. */
  output: { text: string; openLine: number; closeLine: number } | null
}

/** A Mermaid source and the file line of its first line, for the parser's errors. */
export interface DiagramSource {
  file: string
  id: string
  line: number
  source: string
}

/** Everything that compiling one source finds besides the tree itself. */
export interface Findings {
  problems: Problem[]
  references: Reference[]
  runnable: RunnableBlock[]
  diagrams: DiagramSource[]
}

/** Which directives a text may hold: chapters hold all, a prompt or a walkthrough's text holds no questions. */
export type TextKind = 'chapter' | 'text'

export interface Scope extends Findings {
  readonly file: string
  readonly kind: TextKind
  /** Compiles a directive; handed in, since directives hold blocks and blocks hold directives. */
  readonly directive: (scope: Scope, node: ContainerDirective | LeafDirective) => Block[]
  /** The chapter whose `#anchors` the text may use; null outside chapters. */
  readonly chapter: string | null
  /** Added to a parsed line to get the file's line. */
  readonly lineOffset: number
  /** The text being compiled, split in lines, for what the tree does not keep. */
  readonly lines: readonly string[]
  /** Prefix of the ids of paragraphs: the section's id. */
  section: string
  /** Anchors of this chapter and the line that defined each. */
  readonly anchors: Map<string, number>
  /** Ids of paragraphs and unnamed headings, kept apart since they are made and not written. */
  readonly madeIds: Set<string>
  readonly checks: Set<string>
  readonly walkthroughs: Map<string, number>
  readonly exercises: Map<string, number>
  readonly incidents: Map<string, number>
  readonly templates: Map<string, number>
  /** Link definitions (`[name]: url`) by normalised label. */
  readonly definitions: Map<string, string>
  /** `:::after` blocks, to be checked once every check is known. */
  readonly awaited: { check: string; line: number }[]
  words: number
  /** Names of the containers around the current place, outermost first. */
  readonly inside: string[]
}

/** A scope with nothing found yet. `firstLine` is the file's line of the first line of `text`. */
export function createScope(options: { file: string; text: string; firstLine: number; kind: TextKind; chapter: string | null; section: string; directive: Scope['directive'] }): Scope {
  return {
    file: options.file,
    kind: options.kind,
    directive: options.directive,
    chapter: options.chapter,
    lineOffset: options.firstLine - 1,
    lines: options.text.split(/\r\n|\n|\r/),
    section: options.section,
    anchors: new Map(),
    madeIds: new Set(),
    checks: new Set(),
    walkthroughs: new Map(),
    exercises: new Map(),
    incidents: new Map(),
    templates: new Map(),
    definitions: new Map(),
    awaited: [],
    words: 0,
    inside: [],
    problems: [],
    references: [],
    runnable: [],
    diagrams: [],
  }
}

/** Any node with a place in the text. */
export interface Placed {
  position?: { start: { line: number; offset?: number | undefined }; end: { line: number; offset?: number | undefined } } | undefined
}

/** The file's line at which a node starts. */
export function lineOf(scope: Scope, node: Placed): number {
  return (node.position?.start.line ?? 1) + scope.lineOffset
}

/** Notes an error at a node or at a line of the file. */
export function report(scope: Scope, place: Placed | number, rule: string, message: string, severity: 'error' | 'warning' = 'error'): void {
  const line = typeof place === 'number' ? place : lineOf(scope, place)
  scope.problems.push({ file: scope.file, line, severity, rule, message })
}

/** Claims an anchor; a second claim is an error that names the first. */
export function claimAnchor(scope: Scope, id: string, place: Placed): boolean {
  const first = scope.anchors.get(id)
  if (first !== undefined) {
    report(scope, place, 'id.duplicate', `The id "${id}" is already used at line ${first}; ids of sections, headings, diagrams and checks are unique in a chapter.`)
    return false
  }
  scope.anchors.set(id, lineOf(scope, place))
  return true
}

/** An id that nothing else has: `wanted`, or `wanted-2`, `wanted-3`. */
export function makeId(scope: Scope, wanted: string): string {
  let id = wanted
  for (let count = 2; scope.madeIds.has(id) || scope.anchors.has(id); count += 1) id = `${wanted}-${count}`
  scope.madeIds.add(id)
  return id
}

/** What ids that authors write look like. */
export const idPattern = /^[a-z0-9][a-z0-9-]*$/
