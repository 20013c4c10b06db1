/** Finds the exercises of a content folder and compiles their texts. Their data is read by exercise-files.ts. */
import type { Findings } from '../../../exercises/content/compile/scope.ts'
import { compilerVersion } from '../../../exercises/content/compile/version.ts'
import type { Problem } from '../../../exercises/core/problem.ts'
import type { Exercise } from '../../../exercises/kinds/registry.ts'
import type { ExerciseBundle } from '../../api/contract.ts'
import type { CompileCache } from './compile-cache.ts'
import { hashOf, listFilesDeep, listFolder, readSource } from './source-files.ts'

/** What exercise-files.ts says about an exercise: its definition with all files inlined, or problems. */
export interface ExerciseFiles {
  exercise: Exercise | null
  referenceAnswer: string
  datasetSql: string
  datasetKey: string
  problems: Problem[]
}
export type LoadExerciseFiles = (contentDir: string, id: string) => ExerciseFiles

/** An exercise's folder and what came of it. */
export interface ExerciseFolder extends Findings {
  id: string
  bundle: ExerciseBundle | null
  revision: string
}

/** Loads every folder of `exercises/`. */
export async function loadExerciseFolders(contentDir: string, cache: CompileCache, loadFiles: LoadExerciseFiles): Promise<ExerciseFolder[]> {
  const datasets = hashOf(listFilesDeep(contentDir, 'datasets').flatMap((file) => [file, textOf(contentDir, file)]))
  const folders: ExerciseFolder[] = []
  for (const id of listFolder(contentDir, 'exercises').folders) {
    const files = listFilesDeep(contentDir, `exercises/${id}`)
    const revision = hashOf(['exercise', String(compilerVersion), datasets, ...files.flatMap((file) => [file, textOf(contentDir, file)])])
    const loaded = await cache.getOrMake(revision, () => loadExerciseFolder(contentDir, id, loadFiles))
    folders.push({ ...loaded, id, revision })
  }
  return folders
}

function textOf(contentDir: string, file: string): string {
  const read = readSource(contentDir, file)
  return 'source' in read ? read.source.text : read.problem.message
}

async function loadExerciseFolder(contentDir: string, id: string, loadFiles: LoadExerciseFiles): Promise<Findings & { bundle: ExerciseBundle | null }> {
  const { compileBlocks, parseYamlSource } = await import('../../../exercises/content/compile/index.ts')
  const found: Findings = { problems: [], references: [], runnable: [], diagrams: [] }
  const files = readFilesSafely(contentDir, id, loadFiles)
  found.problems.push(...files.problems)
  const compileText = (name: string): ExerciseBundle['prompt'] => {
    const read = readSource(contentDir, `exercises/${id}/${name}`)
    if ('problem' in read) {
      found.problems.push(read.problem)
      return []
    }
    const compiled = compileBlocks({ ...read.source, firstLine: 1 })
    found.problems.push(...compiled.problems)
    found.references.push(...compiled.references)
    found.runnable.push(...compiled.runnable)
    found.diagrams.push(...compiled.diagrams)
    return compiled.blocks
  }
  const prompt = compileText('prompt.md')
  const solution = compileText('solution.md')
  const { exercise } = files
  if (!exercise) return { ...found, bundle: null }

  const file = `exercises/${id}/exercise.yaml`
  const source = parseYamlSource({ file, text: textOf(contentDir, file), firstLine: 1 })
  exercise.skills.forEach((skill, index) => found.references.push({ kind: 'skill', id: skill, file, line: source.lineOf(['skills', index]) }))
  exercise.covers.forEach((cover, index) => found.references.push({ kind: 'cover', id: cover, file, line: source.lineOf(['covers', index]) }))
  found.references.push({ kind: 'chapter', chapter: exercise.chapter, anchor: null, file, line: source.lineOf(['chapter']) })
  return { ...found, bundle: { exercise, prompt, solution, referenceAnswer: files.referenceAnswer, datasetSql: files.datasetSql, datasetKey: files.datasetKey } }
}

/** One exercise that makes its loader throw must not take the others along. */
function readFilesSafely(contentDir: string, id: string, loadFiles: LoadExerciseFiles): ExerciseFiles {
  try {
    return loadFiles(contentDir, id)
  } catch (error) {
    const problem: Problem = { file: `exercises/${id}/exercise.yaml`, line: 1, severity: 'error', rule: 'exercise.unreadable', message: `The exercise cannot be loaded: ${error instanceof Error ? error.message : String(error)}.` }
    return { exercise: null, referenceAnswer: '', datasetSql: '', datasetKey: '', problems: [problem] }
  }
}
