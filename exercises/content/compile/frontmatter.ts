/** A chapter's frontmatter. */
import type { Root } from 'mdast'
import { z } from 'zod'
import { lineOf, report } from './scope.ts'
import type { Scope } from './scope.ts'
import { checkYaml, parseYamlSource } from './yaml-source.ts'

const chapterId = z.string().regex(/^ch\d\d$/, 'expected an id such as ch07')
const appendixId = z.string().regex(/^apx-[a-z]+$/, 'expected an id such as apx-errata')

/** What the `---` block at the top of chapter.md holds; see docs/authoring.md. */
export const frontmatterSchema = z.strictObject({
  id: z.union([chapterId, appendixId]),
  number: z.number().int().min(1).max(199),
  title: z.string().min(1),
  question: z.string().min(1),
  objectives: z.array(z.string().min(1)).min(1),
  needs: z.array(chapterId).default([]),
  skills: z.array(z.string()).default([]),
  covers: z.array(z.string()).default([]),
})
export type Frontmatter = z.output<typeof frontmatterSchema>

/** Reads and checks the frontmatter; null when it is missing or wrong, with the problems reported. */
export function readFrontmatter(scope: Scope, tree: Root): Frontmatter | null {
  const node = tree.children[0]
  if (node?.type !== 'yaml') {
    report(scope, 1, 'frontmatter.missing', 'A chapter starts with a block of YAML between two lines of ---: id, number, title, question, objectives.')
    return null
  }
  const source = parseYamlSource({ file: scope.file, text: node.value, firstLine: lineOf(scope, node) + 1, rule: 'frontmatter.malformed' })
  const { value, problems } = checkYaml<Frontmatter>(source, scope.file, frontmatterSchema)
  scope.problems.push(...problems)
  if (!value) return null
  value.skills.forEach((id, index) => scope.references.push({ kind: 'skill', id, file: scope.file, line: source.lineOf(['skills', index]) }))
  value.covers.forEach((id, index) => scope.references.push({ kind: 'cover', id, file: scope.file, line: source.lineOf(['covers', index]) }))
  value.needs.forEach((chapter, index) => scope.references.push({ kind: 'chapter', chapter, anchor: null, file: scope.file, line: source.lineOf(['needs', index]) }))
  if (value.id.startsWith('ch') && value.id !== `ch${String(value.number).padStart(2, '0')}`) report(scope, source.lineOf(['number']), 'chapter.number', `Number ${value.number} does not go with the id ${value.id}.`)
  return value
}
