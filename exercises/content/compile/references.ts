/** Checks what single files cannot know: whether the chapters, exercises and skills that they name exist. */
import type { Problem } from '../../core/problem.ts'
import type { Reference } from './scope.ts'

/** What the course holds. */
export interface KnownIds {
  /** False when course.yaml could not be read in full: then unknown chapters and skills are not held against a file. */
  complete: boolean
  /** Anchors by chapter id; null for a chapter that is planned or broken, whose anchors cannot be known. */
  chapters: ReadonlyMap<string, ReadonlySet<string> | null>
  exercises: ReadonlySet<string>
  incidents: ReadonlySet<string>
  templates: ReadonlySet<string>
  skills: ReadonlySet<string>
}

/** Names every reference that leads nowhere. `own` is the chapter whose own anchors were checked when it compiled. */
export function checkReferences(references: readonly Reference[], known: KnownIds, own: string | null = null): Problem[] {
  return references.flatMap((reference): Problem[] => {
    const problem = (rule: string, message: string): Problem[] => [{ file: reference.file, line: reference.line, severity: 'error', rule, message }]
    switch (reference.kind) {
      case 'chapter': {
        if (reference.chapter === own) return []
        const anchors = known.chapters.get(reference.chapter)
        if (anchors === undefined) return known.complete ? problem('link.broken', `There is no chapter "${reference.chapter}" in course.yaml.`) : []
        if (anchors !== null && reference.anchor !== null && !anchors.has(reference.anchor)) return problem('link.broken', `Chapter "${reference.chapter}" has no "#${reference.anchor}".`)
        return []
      }
      case 'exercise':
        return known.exercises.has(reference.id) ? [] : problem('exercise.unknown', `There is no exercise "${reference.id}" in content/exercises.`)
      case 'incident':
        return known.incidents.has(reference.id) ? [] : problem('incident.unknown', `There is no incident "${reference.id}" in content/incidents.`)
      case 'template':
        return known.templates.has(reference.id) ? [] : problem('template.unknown', `There is no content/templates/${reference.id}.md.`)
      case 'skill':
        return known.skills.has(reference.id) || !known.complete ? [] : problem('skill.unknown', `There is no skill "${reference.id}" in course.yaml.`)
      case 'cover':
        return []
    }
  })
}
