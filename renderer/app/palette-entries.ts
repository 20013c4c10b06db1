import type { LibraryIndex } from '../../exercises/content/model.ts'
import { listedOrder } from './command-order.ts'
import type { Command } from './commands.tsx'
import type { PaletteEntry } from './palette-search.ts'
import { go, routes } from './routes.ts'

/** Everything the palette can reach: commands of what is on screen, chapters, their sections, exercises, incidents. */
export function paletteEntries(library: LibraryIndex, commands: readonly Command[]): PaletteEntry[] {
  const skills = new Map(library.skills.map((skill) => [skill.id, skill.title]))
  const named = (ids: readonly string[]): string => ids.map((id) => skills.get(id) ?? id).join(' ')
  const actions = listedOrder(commands)
    .filter((command) => !command.hidden && command.enabled !== false)
    .map((command) => ({ id: command.id, title: command.title, section: command.section, keys: command.keys, run: command.run }))
  const ready = library.chapters.filter((chapter) => chapter.state === 'ready')
  return [
    ...actions,
    ...ready.map((chapter) => ({
      id: `chapter:${chapter.id}`,
      title: chapter.title,
      section: `Chapter ${String(chapter.number)}`,
      words: `${chapter.question} ${named(chapter.skills)}`,
      run: () => go(routes.chapter(chapter.id)),
    })),
    ...library.appendices
      .filter((appendix) => appendix.state === 'ready')
      .map((appendix) => ({ id: `appendix:${appendix.id}`, title: appendix.title, section: 'Appendix', words: appendix.question, run: () => go(routes.chapter(appendix.id)) })),
    ...library.exercises.map((exercise) => ({
      id: `exercise:${exercise.id}`,
      title: exercise.title,
      section: 'Exercise',
      words: `${exercise.id} ${exercise.kind} ${named(exercise.skills)}`,
      run: () => go(routes.exercise(exercise.id)),
    })),
    ...library.paths.map((path) => ({ id: `path:${path.id}`, title: path.title, section: 'Learning path', words: path.about, run: () => go(routes.path(path.id)) })),
    ...(library.placement === null ? [] : [{ id: 'placement', title: 'Placement test', section: 'Learning path', words: 'skip known chapters what I know already', run: () => go(routes.placement) }]),
    ...library.templates.map((template) => ({ id: `template:${template.id}`, title: template.title, section: 'Template', words: template.when, run: () => go(routes.template(template.id)) })),
    ...library.incidents.map((incident) => ({
      id: `incident:${incident.id}`,
      title: incident.title,
      section: 'Incident',
      words: `${incident.id} ${named(incident.skills)}`,
      run: () => go(routes.incident(incident.id)),
    })),
    ...ready.flatMap((chapter) =>
      chapter.sections.map((section) => ({
        id: `section:${chapter.id}/${section.id}`,
        title: section.title,
        section: `Chapter ${String(chapter.number)}: ${chapter.title}`,
        // Both names that learners have for it.
        ...(section.walkthroughs.length === 0 ? {} : { words: 'walkthrough investigation' }),
        run: () => go(routes.chapter(chapter.id, section.id)),
      })),
    ),
  ]
}
