/** A whole content folder, loaded and checked against itself: what the library serves and the validator judges. */
import type { KnownIds } from '../../../exercises/content/compile/references.ts'
import { checkReferences } from '../../../exercises/content/compile/references.ts'
import type { GlossaryTerm } from '../../../exercises/content/glossary-term.ts'
import type { Findings } from '../../../exercises/content/compile/scope.ts'
import type { Chapter, ChapterSummary, LibraryIndex } from '../../../exercises/content/model.ts'
import { timedPaths } from '../../../exercises/content/paths.ts'
import { placementMinutes } from '../../../exercises/content/placement.ts'
import type { PlacementQuestion } from '../../../exercises/content/placement.ts'
import type { Template } from '../../../exercises/content/template.ts'
import { anchorsOf } from '../../../exercises/content/walk.ts'
import type { Problem } from '../../../exercises/core/problem.ts'
import type { ExerciseBundle, IncidentBundle } from '../../api/contract.ts'
import type { CompileCache } from './compile-cache.ts'
import { courseFileName, emptyCourse, parseCourse } from './course-file.ts'
import type { Course } from './course-file.ts'
import type { RenamedId } from './library.ts'
import { loadChapterFolders } from './load-chapters.ts'
import type { ChapterFolder } from './load-chapters.ts'
import { loadGlossary } from './load-glossary.ts'
import { loadExerciseFolders } from './load-exercises.ts'
import type { ExerciseFolder, LoadExerciseFiles } from './load-exercises.ts'
import { loadIncidentFolders } from './load-incidents.ts'
import type { IncidentFolder } from './load-incidents.ts'
import { loadPaths } from './load-paths.ts'
import { loadPlacement } from './load-placement.ts'
import { loadTemplates } from './load-templates.ts'
import type { LoadedTemplates } from './load-templates.ts'
import { hashOf, readSource } from './source-files.ts'
import { summarizeChapter, summarizeExercise } from './summaries.ts'

export interface LoadedContent extends Omit<Findings, 'problems'> {
  index: LibraryIndex
  chapters: Map<string, Chapter>
  exercises: Map<string, ExerciseBundle>
  incidents: Map<string, IncidentBundle>
  glossary: GlossaryTerm[]
  placement: PlacementQuestion[]
  templates: Map<string, Template>
  renamed: RenamedId[]
  /** Fingerprints by id, to tell what a change touched. */
  revisions: { chapters: Map<string, string>; exercises: Map<string, string>; incidents: Map<string, string> }
}

/** Loads everything. Malformed content becomes problems in the index; nothing here throws because of content. */
export async function loadContent(contentDir: string, cache: CompileCache, loadFiles: LoadExerciseFiles): Promise<LoadedContent> {
  const read = readSource(contentDir, courseFileName)
  const { course, complete, problems: courseProblems } = 'source' in read ? parseCourse(read.source.text) : { course: emptyCourse, complete: false, problems: [read.problem] }
  const chapterFolders = await loadChapterFolders(contentDir, cache)
  const exerciseFolders = await loadExerciseFolders(contentDir, cache, loadFiles)

  const outside: Problem[] = [...courseProblems]
  const placed = placeChapters(course, complete, chapterFolders, outside)
  const glossary = loadGlossary(contentDir, complete ? new Set(course.chapters.map(({ id }) => id)) : null)
  outside.push(...glossary.problems)
  const incidentFolders = await loadIncidentFolders(contentDir, cache)
  const templates = await loadTemplates(contentDir, cache)
  outside.push(...templates.problems)
  const known = knownIds(course, complete, placed, exerciseFolders, incidentFolders, templates)
  const chapters = new Map<string, Chapter>()
  const summaries = placed.map(({ listed, folder }): ChapterSummary => {
    if (folder?.chapter) chapters.set(listed.id, folder.chapter)
    const problems = folder ? [...folder.problems, ...checkReferences(folder.references, known, folder.chapter?.id ?? null)] : []
    return summarizeChapter(listed, folder, problems)
  })

  const exercises = new Map<string, ExerciseBundle>()
  for (const folder of exerciseFolders) {
    outside.push(...folder.problems, ...checkReferences(folder.references, known))
    if (folder.bundle) exercises.set(folder.id, folder.bundle)
  }
  for (const folder of incidentFolders) outside.push(...folder.problems, ...checkReferences(folder.references, known))
  // Anchors are judged against sections, the rest like every other reference.
  const paths = loadPaths(contentDir, chapters)
  outside.push(...paths.problems, ...checkReferences(paths.references.map((reference) => (reference.kind === 'chapter' ? { ...reference, anchor: null } : reference)), known))
  const placement = loadPlacement(contentDir, complete ? course.chapters.map(({ id }) => id) : null, chapters)
  outside.push(...placement.problems)
  const revisions = {
    chapters: new Map(placed.map(({ listed, folder }) => [listed.id, hashOf([JSON.stringify(listed), folder?.revision ?? ''])])),
    exercises: new Map(exerciseFolders.map((folder) => [folder.id, folder.revision])),
    incidents: new Map(incidentFolders.map((folder) => [folder.id, folder.revision])),
  }
  const everything = [...placed.flatMap(({ folder }) => (folder ? [folder] : [])), ...exerciseFolders, ...incidentFolders]
  return {
    index: {
      revision: hashOf([JSON.stringify(course), ...revisions.chapters.values(), ...revisions.exercises.values(), ...revisions.incidents.values(), glossary.revision, templates.revision, paths.revision, placement.revision]).slice(0, 16),
      chapters: summaries.filter(({ id }) => !isAppendix(id)),
      appendices: summaries.filter(({ id }) => isAppendix(id)),
      exercises: [...exercises.values()].map(({ exercise }) => summarizeExercise(exercise)),
      incidents: incidentFolders.flatMap(({ summary }) => (summary === null ? [] : [summary])),
      templates: [...templates.templates.values()].map(({ id, title, when, group }) => ({ id, title, when, group })),
      paths: timedPaths(paths.paths, {
        chapters,
        exercises: new Map([...exercises.values()].map(({ exercise }) => [exercise.id, exercise.minutes])),
        incidents: new Map(incidentFolders.flatMap(({ summary }) => (summary === null ? [] : [[summary.id, summary.minutes]]))),
      }),
      placement: placement.questions.length === 0 ? null : { questions: placement.questions.length, minutes: placementMinutes(placement.questions.length) },
      skills: course.skills,
      changes: course.changes,
      problems: outside,
    },
    chapters,
    exercises,
    glossary: glossary.terms,
    placement: placement.questions,
    templates: templates.templates,
    incidents: new Map(incidentFolders.flatMap(({ id, bundle }) => (bundle === null ? [] : [[id, bundle]]))),
    renamed: course.renamed,
    revisions,
    references: [...everything.flatMap((part) => part.references), ...templates.references],
    runnable: everything.flatMap((part) => part.runnable),
    diagrams: everything.flatMap((part) => part.diagrams),
  }
}

function isAppendix(id: string): boolean {
  return id.startsWith('apx-')
}

interface PlacedChapter {
  listed: Course['chapters'][number]
  folder: ChapterFolder | undefined
}

/** Joins course.yaml with the folders on disk, by id, or by number where a chapter is too broken to have an id. */
function placeChapters(course: Course, complete: boolean, folders: readonly ChapterFolder[], problems: Problem[]): PlacedChapter[] {
  const rest = new Set(folders)
  const placed = [...course.chapters, ...course.appendices].map((listed): PlacedChapter => {
    const candidates = [...rest].filter((folder) => (folder.id === null ? folder.number === listed.number : folder.id === listed.id))
    const [folder, ...copies] = candidates
    if (folder) rest.delete(folder)
    for (const copy of copies) {
      rest.delete(copy)
      problems.push({ file: `${copy.place}/${copy.folder}/chapter.md`, line: 1, severity: 'error', rule: 'id.duplicate', message: `The chapter "${listed.id}" also stands in ${copy.place}/${folder?.folder ?? ''}.` })
    }
    return { listed, folder }
  })
  for (const folder of rest) {
    if (folder.chapter && !complete) {
      const { id, number, slug, title, question } = folder.chapter
      placed.push({ listed: { id, number, slug, title, question }, folder })
    } else {
      problems.push(...folder.problems)
      if (complete) problems.push({ file: `${folder.place}/${folder.folder}/chapter.md`, line: 1, severity: 'error', rule: 'course.unlisted-chapter', message: `course.yaml does not list ${folder.id === null ? 'this chapter' : `"${folder.id}"`}, so no one can open it.` })
    }
  }
  return placed
}

function knownIds(course: Course, complete: boolean, placed: readonly PlacedChapter[], exercises: readonly ExerciseFolder[], incidents: readonly IncidentFolder[], { templates }: LoadedTemplates): KnownIds {
  return {
    complete,
    chapters: new Map(placed.map(({ listed, folder }) => [listed.id, folder?.chapter ? anchorsOf(folder.chapter) : null])),
    exercises: new Set(exercises.map((folder) => folder.id)),
    incidents: new Set(incidents.map((folder) => folder.id)),
    templates: new Set(templates.keys()),
    skills: new Set(course.skills.map((skill) => skill.id)),
  }
}
