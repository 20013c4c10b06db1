/** Ids that content has renamed, so that a content update never un-completes anything. */
import type { LearningFact } from './events.ts'

export interface RenamedId {
  kind: 'chapter' | 'section' | 'check' | 'exercise' | 'walkthrough'
  /** An id, or `ch07#id` where the id alone would not be unique. */
  from: string
  to: string
}

/** Brings a fact's ids up to date. */
export type Renames = (fact: LearningFact) => LearningFact

/** No id was ever renamed. */
export const noRenames: Renames = (fact) => fact

/**
 * Builds the translation. Chains (`a` to `b`, later `b` to `c`) are followed to their end; a circle stops at the id
 * before it closes. `ch07#old` to `ch08#new` moves a part into another chapter; the chapter's own rename is applied
 * first, so such entries name chapters by the newest id.
 */
export function createRenames(renamed: readonly RenamedId[]): Renames {
  if (renamed.length === 0) return noRenames
  const tables = new Map<string, string>(renamed.map(({ kind, from, to }) => [`${kind} ${from}`, to]))

  function follow(kind: RenamedId['kind'], id: string): string {
    let current = id
    const visited = new Set([id])
    for (;;) {
      const next = tables.get(`${kind} ${current}`)
      if (next === undefined || visited.has(next)) return current
      visited.add(next)
      current = next
    }
  }

  /** A part may be renamed alone or together with its chapter. */
  function followPart(kind: RenamedId['kind'], chapter: string, id: string): { chapter: string; id: string } {
    const alone = follow(kind, id)
    const whole = follow(kind, `${chapter}#${alone}`)
    const mark = whole.indexOf('#')
    return mark < 0 ? { chapter, id: whole } : { chapter: whole.slice(0, mark), id: whole.slice(mark + 1) }
  }

  function followScope(scope: string): string {
    if (scope.startsWith('chapter:')) return `chapter:${follow('chapter', scope.slice('chapter:'.length))}`
    if (scope.startsWith('exercise:')) return `exercise:${follow('exercise', scope.slice('exercise:'.length))}`
    return scope
  }

  return (fact) => {
    if ('exercise' in fact) return { ...fact, exercise: follow('exercise', fact.exercise) }
    if (fact.type === 'progress.reset') return { ...fact, scope: followScope(fact.scope), ...(fact.also ? { also: fact.also.map(followScope) } : {}) }
    if (!('chapter' in fact)) return fact
    const chapter = follow('chapter', fact.chapter)
    switch (fact.type) {
      case 'chapter.opened':
      case 'chapter.known':
        return { ...fact, chapter }
      case 'section.read':
      case 'note.kept':
      case 'position.kept': {
        const part = followPart('section', chapter, fact.section)
        return { ...fact, chapter: part.chapter, section: part.id }
      }
      case 'check.answered': {
        const part = followPart('check', chapter, fact.check)
        return { ...fact, chapter: part.chapter, check: part.id }
      }
      case 'chapter.placed':
        return { ...fact, chapter, answers: fact.answers.map((one) => ({ ...one, check: followPart('check', chapter, one.check).id })) }
      case 'walkthrough.stepped':
      case 'walkthrough.finished':
      case 'walkthrough.restarted': {
        const part = followPart('walkthrough', chapter, fact.walkthrough)
        return { ...fact, chapter: part.chapter, walkthrough: part.id }
      }
    }
  }
}
