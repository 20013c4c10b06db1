/** content/course.yaml: the chapters in order, the skills, renamed ids and what changed. */
import { z } from 'zod'
import { checkYaml, parseYamlSource } from '../../../exercises/content/compile/yaml-source.ts'
import { contentChangeSchema, skillSchema } from '../../../exercises/content/model.ts'
import type { Problem } from '../../../exercises/core/problem.ts'

export const courseFileName = 'course.yaml'

const chapterSchema = z.strictObject({
  id: z.string().regex(/^ch\d\d$/, 'expected an id such as ch07'),
  number: z.number().int().min(1),
  slug: z.string().regex(/^[a-z0-9-]+$/, 'expected lower-case letters, digits and hyphens'),
  title: z.string().min(1),
  question: z.string().min(1),
})
export type CourseChapter = z.output<typeof chapterSchema>

/** What stands after the chapters and is read like one. Its number, from 101 on, only orders it. */
const appendixSchema = z.strictObject({ ...chapterSchema.shape, id: z.string().regex(/^apx-[a-z]+$/, 'expected an id such as apx-errata'), number: z.number().int().min(101) })

const entrySchemas = {
  skills: skillSchema.strict(),
  renamed: z.strictObject({ kind: z.enum(['chapter', 'section', 'check', 'exercise', 'walkthrough']), from: z.string(), to: z.string() }),
  changes: contentChangeSchema.strict(),
}
const courseSchema = z.strictObject({
  chapters: z.array(chapterSchema),
  appendices: z.array(appendixSchema).default([]),
  skills: z.array(entrySchemas.skills).default([]),
  renamed: z.array(entrySchemas.renamed).default([]),
  changes: z.array(entrySchemas.changes).default([]),
})
export type Course = z.output<typeof courseSchema>

export interface ParsedCourse {
  course: Course
  /** False when some of it could not be read: then a missing chapter or skill may be the course's fault. */
  complete: boolean
  problems: Problem[]
}

export const emptyCourse: Course = { chapters: [], appendices: [], skills: [], renamed: [], changes: [] }

/** Parses course.yaml. Of a malformed one, the entries that are sound are kept. */
export function parseCourse(text: string): ParsedCourse {
  const source = parseYamlSource({ file: courseFileName, text, firstLine: 1 })
  const { value, problems } = checkYaml<Course>(source, courseFileName, courseSchema)
  if (!value) return { course: salvage(source.value), complete: false, problems }
  return { course: value, complete: true, problems: [...problems, ...duplicates(value, (path) => source.lineOf(path))] }
}

function salvage(value: unknown): Course {
  const entries = <T>(name: keyof Course, schema: z.ZodType<T>): T[] => {
    const list: unknown = typeof value === 'object' && value !== null && name in value ? (value as Record<string, unknown>)[name] : []
    return (Array.isArray(list) ? list : []).flatMap((entry) => {
      const parsed = schema.safeParse(entry)
      return parsed.success ? [parsed.data] : []
    })
  }
  return { chapters: entries('chapters', chapterSchema), appendices: entries('appendices', appendixSchema), skills: entries('skills', entrySchemas.skills), renamed: entries('renamed', entrySchemas.renamed), changes: entries('changes', entrySchemas.changes) }
}

function duplicates(course: Course, lineOf: (path: PropertyKey[]) => number): Problem[] {
  const problems: Problem[] = []
  for (const list of ['chapters', 'appendices', 'skills', 'changes'] as const) {
    const seen = new Set<string>()
    course[list].forEach(({ id }, index) => {
      if (seen.has(id)) problems.push({ file: courseFileName, line: lineOf([list, index]), severity: 'error', rule: 'id.duplicate', message: `"${id}" stands twice in ${list}.` })
      seen.add(id)
    })
  }
  return problems
}
