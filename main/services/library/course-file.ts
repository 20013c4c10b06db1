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

const courseSchema = z.strictObject({
  chapters: z.array(chapterSchema),
  skills: z.array(skillSchema.strict()).default([]),
  renamed: z.array(z.strictObject({ kind: z.enum(['chapter', 'section', 'check', 'exercise', 'walkthrough']), from: z.string(), to: z.string() })).default([]),
  changes: z.array(contentChangeSchema.strict()).default([]),
})
export type Course = z.output<typeof courseSchema>

const emptyCourse: Course = { chapters: [], skills: [], renamed: [], changes: [] }

/** Parses course.yaml. A malformed one gives an empty course and its problems: chapters on disk still load. */
export function parseCourse(text: string): { course: Course; valid: boolean; problems: Problem[] } {
  const source = parseYamlSource({ file: courseFileName, text, firstLine: 1 })
  const { value, problems } = checkYaml<Course>(source, courseFileName, courseSchema)
  if (!value) return { course: emptyCourse, valid: false, problems }
  return { course: value, valid: true, problems: [...problems, ...duplicates(value, (path) => source.lineOf(path))] }
}

function duplicates(course: Course, lineOf: (path: PropertyKey[]) => number): Problem[] {
  const problems: Problem[] = []
  for (const list of ['chapters', 'skills', 'changes'] as const) {
    const seen = new Set<string>()
    course[list].forEach(({ id }, index) => {
      if (seen.has(id)) problems.push({ file: courseFileName, line: lineOf([list, index]), severity: 'error', rule: 'id.duplicate', message: `"${id}" stands twice in ${list}.` })
      seen.add(id)
    })
  }
  return problems
}
