/** content/templates/<id>.md to a template: frontmatter, and Markdown with fields. Apart, so that the window can do without it. */
import { z } from 'zod'
import { compileBlocks } from './compile/index.ts'
import type { Reference } from './compile/scope.ts'
import { checkYaml, parseYamlSource } from './compile/yaml-source.ts'
import { fieldsOf, fillTemplate, templateGroups } from './template.ts'
import type { Template } from './template.ts'
import type { Problem } from '../core/problem.ts'

const frontmatterSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/, 'expected lower-case letters, digits and hyphens'),
  title: z.string().min(1),
  when: z.string().regex(/\.$/, 'expected a sentence that ends with a full stop'),
  group: z.enum(templateGroups),
  covers: z.array(z.string()).default([]),
  example: z.record(z.string(), z.string()).optional(),
})
type Frontmatter = z.output<typeof frontmatterSchema>

export interface ParsedTemplate {
  template: Template | null
  problems: Problem[]
  references: Reference[]
}

/** Parses a template. A malformed one is null and says why; nothing throws. */
export function parseTemplate(file: string, text: string): ParsedTemplate {
  const problems: Problem[] = []
  const complain = (line: number, rule: string, message: string): number => problems.push({ file, line, severity: 'error', rule, message })
  const parts = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text.replaceAll('\r\n', '\n'))
  if (parts === null) {
    complain(1, 'frontmatter.missing', 'A template starts with a block of YAML between two lines of ---: id, title, when, group, covers.')
    return { template: null, problems, references: [] }
  }
  const [, head = '', rest = ''] = parts
  const source = parseYamlSource({ file, text: head, firstLine: 2, rule: 'frontmatter.malformed' })
  const checked = checkYaml<Frontmatter>(source, file, frontmatterSchema)
  problems.push(...checked.problems)
  if (checked.value === null) return { template: null, problems, references: [] }
  const { id, title, when, group, covers, example } = checked.value
  const body = `${rest.trim()}\n`
  const fields = fieldsOf(body)
  const firstLine = head.split('\n').length + 3 + (/^\n*/.exec(rest)?.[0].length ?? 0)
  if (`templates/${id}.md` !== file) complain(source.lineOf(['id']), 'template.id', `The id "${id}" does not agree with the name of the file.`)
  if (fields.length === 0) complain(firstLine, 'template.fields', 'A template has fields to fill in: {{name: hint}}.')
  for (const { name, hint } of fields) if (hint === '') complain(firstLine, 'template.hint', `The field "${name}" says nowhere what to write: {{${name}: hint}}.`)
  for (const name of Object.keys(example ?? {})) if (!fields.some((field) => field.name === name)) complain(source.lineOf(['example', name]), 'template.example', `The example fills "${name}", which is not a field.`)
  for (const { name } of fields) if (example !== undefined && example[name] === undefined) complain(source.lineOf(['example']), 'template.example', `The example leaves "${name}" open.`)
  const template: Template = { id, title, when, group, body, fields, example: example ?? null }
  const compiled = compileBlocks({ file, text: headingsLowered(body), firstLine })
  problems.push(...compiled.problems)
  if (example !== undefined) problems.push(...compileBlocks({ file, text: headingsLowered(fillTemplate(template, example)), firstLine }).problems)
  return { template, problems, references: covers.map((cover, index) => ({ kind: 'cover', id: cover, file, line: source.lineOf(['covers', index]) })) }
}

/** A document has its own title; on a page it stands below the page's headings. */
export function headingsLowered(markdown: string): string {
  let isCode = false
  return markdown
    .split('\n')
    .map((line) => {
      if (/^\s*(?:`{3,}|~{3,})/.test(line)) isCode = !isCode
      return isCode ? line : line.replace(/^(#{1,6})(?=\s+\S)/, (marks) => (marks.length <= 2 ? '###' : '####'))
    })
    .join('\n')
}
