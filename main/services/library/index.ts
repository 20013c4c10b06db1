/** The library: course content from a folder, served to the API, reloaded when it changes. */
import { watch as watchFolder } from 'node:fs'
import type { FSWatcher } from 'node:fs'
import { fail, ok } from '../../../exercises/core/result.ts'
import type { ApiError } from '../../api/contract.ts'
import { createCompileCache } from './compile-cache.ts'
import { loadExercise } from './exercise-files.ts'
import type { Library, LibraryChange } from './library.ts'
import { loadContent } from './load-content.ts'
import type { LoadedContent } from './load-content.ts'
import type { LoadExerciseFiles } from './load-exercises.ts'

export interface LibraryOptions {
  /** The folder with course.yaml. */
  contentDir: string
  /** Where compiled content is kept between starts; null or absent keeps it in memory only. */
  cacheDir?: string | null
  /** Reload when files change. */
  watch: boolean
  /** Reads an exercise's own files; tests hand in a simpler one. */
  loadExerciseFiles?: LoadExerciseFiles
}

/** Editors save in several steps; one reload after they are done is enough. */
const settleMs = 80

/** Loads the content and, with `watch`, keeps it up to date. Malformed content never makes it fail. */
export async function createLibrary(options: LibraryOptions): Promise<Library> {
  const cache = createCompileCache(options.cacheDir ?? null)
  const load = (): Promise<LoadedContent> => loadContent(options.contentDir, cache, options.loadExerciseFiles ?? loadExercise)
  const listeners = new Set<(change: LibraryChange) => void>()
  let content = await load()
  let closed = false

  const reload = async (): Promise<void> => {
    const next = await load()
    if (closed || next.index.revision === content.index.revision) return
    const change: LibraryChange = {
      revision: next.index.revision,
      chapters: changedIds(content.revisions.chapters, next.revisions.chapters),
      exercises: changedIds(content.revisions.exercises, next.revisions.exercises),
      incidents: changedIds(content.revisions.incidents, next.revisions.incidents),
    }
    content = next
    for (const listener of listeners) listener(change)
  }
  const watching = options.watch ? watchContent(options.contentDir, reload) : null

  return {
    index: () => content.index,
    chapter: (id) => {
      const chapter = content.chapters.get(id)
      return chapter ? ok(chapter) : fail(chapterError(content, id))
    },
    exercise: (id) => {
      const bundle = content.exercises.get(id)
      return bundle ? ok(bundle) : fail(exerciseError(content, id))
    },
    incident: (id) => {
      const bundle = content.incidents.get(id)
      return bundle ? ok(bundle) : fail(incidentError(content, id))
    },
    glossary: () => content.glossary,
    placement: () => content.placement,
    template: (id) => {
      const template = content.templates.get(id)
      return template ? ok(template) : fail({ code: 'not-found', message: `There is no template "${id}". Choose one from the list of templates.` })
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    renamed: () => content.renamed,
    close: async () => {
      closed = true
      listeners.clear()
      await watching?.close()
    },
  }
}

function changedIds(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((id) => before.get(id) !== after.get(id)).toSorted()
}

function chapterError(content: LoadedContent, id: string): ApiError {
  const summary = [...content.index.chapters, ...content.index.appendices].find((chapter) => chapter.id === id)
  if (!summary) return { code: 'not-found', message: `There is no chapter "${id}". Choose one from the home page.` }
  if (summary.state === 'planned') return { code: 'not-found', message: `"${summary.title}" is not written yet. Choose another chapter from the home page.` }
  const [first] = summary.problems
  return {
    code: 'not-found',
    message: `"${summary.title}" cannot be shown, because its file has mistakes. Your progress is safe, and the other chapters work.`,
    ...(first ? { details: `${first.file}:${first.line}: ${first.message}` } : {}),
  }
}

function exerciseError(content: LoadedContent, id: string): ApiError {
  const first = content.index.problems.find((problem) => problem.file.startsWith(`exercises/${id}/`))
  if (!first) return { code: 'not-found', message: `There is no exercise "${id}". Choose one from its chapter.` }
  return {
    code: 'not-found',
    message: 'This exercise cannot be opened, because its files have mistakes. Your answers are safe, and the other exercises work.',
    details: `${first.file}:${first.line}: ${first.message}`,
  }
}

function incidentError(content: LoadedContent, id: string): ApiError {
  const first = content.index.problems.find((problem) => problem.file.startsWith(`incidents/${id}/`))
  if (!first) return { code: 'not-found', message: `There is no incident "${id}". Choose one from the list of incidents.` }
  return { code: 'not-found', message: 'This incident cannot be opened, because its files have mistakes. Your shifts are safe, and the other incidents work.', details: `${first.file}:${first.line}: ${first.message}` }
}

/** Runs `reload` after changes settle, one at a time. A system that cannot watch says so once and goes on without. */
function watchContent(contentDir: string, reload: () => Promise<void>): { close(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  let watcher: FSWatcher | undefined
  const schedule = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      running = running.then(reload).catch((error: unknown) => console.error('Content could not be reloaded; the last version stays.', error))
    }, settleMs)
  }
  try {
    watcher = watchFolder(contentDir, { recursive: true }, schedule)
    watcher.on('error', (error) => console.warn('Changes to the content are no longer noticed; restart to see them.', error.message))
  } catch (error) {
    console.warn('Changes to the content are not noticed on this system; restart to see them.', error instanceof Error ? error.message : error)
  }
  return {
    close: async () => {
      clearTimeout(timer)
      watcher?.close()
      await running
    },
  }
}
