/** The compiler's face: sources in, content model and findings out. Pure; never throws. */
import type { Problem } from '../../core/problem.ts'
import type { Block } from '../model.ts'
import { blocksOf } from './blocks.ts'
import { readDefinitions } from './definitions.ts'
import { compileDirective } from './directives.ts'
import { parseMarkdown } from './parse.ts'
import { createScope, report } from './scope.ts'
import type { Findings } from './scope.ts'

export { compileChapter } from './chapter.ts'
export type { ChapterSource, CompiledChapter, SourceFile } from './chapter.ts'
export { checkReferences } from './references.ts'
export type { KnownIds } from './references.ts'
export type { DiagramSource, Findings, Reference, RunnableBlock } from './scope.ts'
export { checkYaml, parseYamlSource } from './yaml-source.ts'
export type { YamlSource } from './yaml-source.ts'
export { compilerVersion } from './version.ts'

/**
 * Compiles a text that stands by itself: an exercise's prompt or solution. Questions, exercises and walkthroughs are
 * refused in it.
 * @param source `firstLine` is the file's line of the text's first line; 1 for a whole file
 */
export function compileBlocks(source: { file: string; text: string; firstLine: number }): Findings & { blocks: Block[] } {
  const scope = createScope({ ...source, kind: 'text', chapter: null, directive: compileDirective, section: 'text' })
  let blocks: Block[] = []
  try {
    const tree = parseMarkdown(source.text, false)
    readDefinitions(scope, tree)
    blocks = blocksOf(scope, tree.children)
  } catch (error) {
    report(scope, source.firstLine, 'markdown.unreadable', `The file cannot be read as Markdown: ${error instanceof Error ? error.message : String(error)}.`)
  }
  const problems: Problem[] = scope.problems.toSorted((a, b) => a.line - b.line)
  return { blocks, problems, references: scope.references, runnable: scope.runnable, diagrams: scope.diagrams }
}
