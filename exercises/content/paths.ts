/** paths.yaml: the learning paths as they are written, an item being `ch07`, `ch07#locks`, `exercise:id`, `incident:id` or `template:id`. */
import { z } from 'zod'
import type { Problem } from '../core/problem.ts'
import type { Reference } from './compile/scope.ts'
import { checkYaml, parseYamlSource } from './compile/yaml-source.ts'
import type { LearningPath, PathItem } from './learning-path.ts'

const targetSchema = z.string().regex(/^(ch\d\d(#[a-z0-9-]+)?|(exercise|incident|template):[a-z0-9-]+)$/, 'expected ch07, ch07#section, exercise:id, incident:id or template:id')
const itemSchema = z.union([targetSchema, z.strictObject({ do: targetSchema, withinMinutes: z.number().int().min(1).max(120) })])
const pathsSchema = z.strictObject({
  paths: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9-]+$/, 'expected lower-case letters, digits and hyphens'),
      title: z.string().min(1),
      about: z.string().min(1),
      parts: z.array(z.strictObject({ title: z.string().min(1), items: z.array(itemSchema).min(1) })).min(1),
    }),
  ),
})

export interface ParsedPaths {
  /** Without minutes: those belong to what the items name. */
  paths: LearningPath[]
  /** What the items name, to be checked against the course. */
  references: Reference[]
  problems: Problem[]
}

/** Parses paths.yaml. A malformed one gives no paths and says why; nothing throws. */
export function parsePaths(file: string, text: string): ParsedPaths {
  const source = parseYamlSource({ file, text, firstLine: 1 })
  const { value, problems } = checkYaml<z.output<typeof pathsSchema>>(source, file, pathsSchema)
  if (!value) return { paths: [], references: [], problems }
  const found: Problem[] = [...problems]
  const references: Reference[] = []
  const ids = new Set<string>()
  const paths = value.paths.map((path, pathIndex): LearningPath => {
    const complain = (at: PropertyKey[], message: string): number => found.push({ file, line: source.lineOf(['paths', pathIndex, ...at]), severity: 'error', rule: 'id.duplicate', message })
    if (ids.has(path.id)) complain([], `"${path.id}" stands twice among the paths.`)
    ids.add(path.id)
    const targets = new Set<string>()
    const parts = path.parts.map((part, partIndex) => ({
      title: part.title,
      items: part.items.map((written, itemIndex): PathItem => {
        const target = typeof written === 'string' ? written : written.do
        const at = ['parts', partIndex, 'items', itemIndex]
        if (targets.has(target)) complain(at, `"${target}" stands twice in the path "${path.id}".`)
        targets.add(target)
        const item = itemOf(target, typeof written === 'string' ? null : written.withinMinutes)
        references.push(referenceOf(item, file, source.lineOf(['paths', pathIndex, ...at])))
        return item
      }),
    }))
    return { id: path.id, title: path.title, about: path.about, parts }
  })
  return { paths, references, problems: found }
}

function itemOf(target: string, withinMinutes: number | null): PathItem {
  const work = { minutes: null, withinMinutes }
  const [kind = '', id = ''] = target.split(':')
  if (kind === 'exercise' || kind === 'incident' || kind === 'template') return { kind, id, ...work }
  const [chapter = '', section] = target.split('#')
  return section === undefined ? { kind: 'chapter', chapter, ...work } : { kind: 'section', chapter, section, ...work }
}

function referenceOf(item: PathItem, file: string, line: number): Reference {
  switch (item.kind) {
    case 'chapter':
      return { kind: 'chapter', chapter: item.chapter, anchor: null, file, line }
    case 'section':
      return { kind: 'chapter', chapter: item.chapter, anchor: item.section, file, line }
    default:
      return { kind: item.kind, id: item.id, file, line }
  }
}

/** The time that the parts of the course take, as far as they are written. */
export interface CourseTimes {
  chapters: ReadonlyMap<string, { minutes: number; sections: readonly { id: string; words: number }[] }>
  exercises: ReadonlyMap<string, number>
  incidents: ReadonlyMap<string, number>
}

/** The paths with the minutes of each item. A section takes its share of its chapter's minutes, by words, at least one. */
export function timedPaths(paths: readonly LearningPath[], times: CourseTimes): LearningPath[] {
  const minutesOf = (item: PathItem): number | null => {
    if (item.kind === 'exercise') return times.exercises.get(item.id) ?? null
    if (item.kind === 'incident') return times.incidents.get(item.id) ?? null
    if (item.kind === 'template') return null
    const chapter = times.chapters.get(item.chapter)
    if (chapter === undefined) return null
    if (item.kind === 'chapter') return chapter.minutes
    const section = chapter.sections.find(({ id }) => id === item.section)
    if (section === undefined) return null
    const words = chapter.sections.reduce((sum, one) => sum + one.words, 0)
    return Math.max(1, Math.round((chapter.minutes * section.words) / Math.max(1, words)))
  }
  return paths.map((path) => ({ ...path, parts: path.parts.map((part) => ({ ...part, items: part.items.map((item) => ({ ...item, minutes: minutesOf(item) })) })) }))
}
