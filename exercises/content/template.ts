/** Templates: documents with fields to fill in. The fields stand in the text as `{{name: hint}}`. */
import { z } from 'zod'

/** What a template is for, in the order in which lists show it. */
export const templateGroups = ['Telling people', 'Finding the cause', 'Responding', 'Learning from it', 'Deciding and designing', 'Watching'] as const

export const templateFieldSchema = z.object({
  /** Unique in the template: a name that comes again is the same field. */
  name: z.string(),
  /** What to write, in a few words. */
  hint: z.string(),
  /** It stands alone on its line, and may hold several. */
  isLong: z.boolean(),
})
export type TemplateField = z.infer<typeof templateFieldSchema>

/** A template as lists show it. */
export const templateSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  /** When to reach for it, in one sentence. */
  when: z.string(),
  group: z.enum(templateGroups),
})
export type TemplateSummary = z.infer<typeof templateSummarySchema>

export const templateSchema = templateSummarySchema.extend({
  /** Markdown with fields. */
  body: z.string(),
  fields: z.array(templateFieldSchema),
  /** A filled one, by field; null where there is none. */
  example: z.record(z.string(), z.string()).nullable(),
})
export type Template = z.infer<typeof templateSchema>

/** A space after the braces keeps the templates of other tools, such as `{{ $value }}`, out of it. */
const fieldPattern = /\{\{([a-z][a-z0-9-]*)(?::\s*([^{}\n]+?))?\s*\}\}/g

/** The fields of a text in their order. A field that never gets a hint has none. */
export function fieldsOf(body: string): TemplateField[] {
  const fields = new Map<string, TemplateField>()
  for (const line of body.split('\n')) {
    for (const [whole, name = '', hint] of line.matchAll(fieldPattern)) {
      const known = fields.get(name)
      fields.set(name, { name, hint: known?.hint || (hint ?? ''), isLong: known?.isLong === true || line.trim() === whole })
    }
  }
  return [...fields.values()]
}

/** The text with what was filled in; a field that is empty shows its hint in brackets, so that nobody overlooks it. */
export function fillTemplate({ body, fields }: Pick<Template, 'body' | 'fields'>, values: Readonly<Record<string, string>>): string {
  const hints = new Map(fields.map(({ name, hint }) => [name, hint]))
  return body
    .split('\n')
    .map((line) =>
      line.replaceAll(fieldPattern, (whole, name: string) => {
        const value = values[name]?.trim() ?? ''
        if (value === '') return `[${hints.get(name) ?? name}]`
        if (line.trim() === whole) return value
        // A line break would end the line's list or table, and a bar its cell.
        const flat = value.replaceAll(/\s*\n\s*/g, ' ')
        return line.trimStart().startsWith('|') ? flat.replaceAll('|', '\\|') : flat
      }),
    )
    .join('\n')
}

/** `next-update` as a label: `Next update`. */
export function fieldLabel(name: string): string {
  const words = name.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
