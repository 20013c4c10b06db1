/** Finds and compiles the chapters of a content folder. */
import type { CompiledChapter, SourceFile } from '../../../exercises/content/compile/chapter.ts'
import { compilerVersion } from '../../../exercises/content/compile/version.ts'
import type { Problem } from '../../../exercises/core/problem.ts'
import type { CompileCache } from './compile-cache.ts'
import { hashOf, listFolder, readSource } from './source-files.ts'

/** Where chapters stand, and what is read like one. */
export type ChapterPlace = 'chapters' | 'appendices'

/** A chapter's folder and what came of it. */
export interface ChapterFolder extends CompiledChapter {
  /** `07-databases`. */
  folder: string
  place: ChapterPlace
  /** From the folder's name; null when it has none. */
  number: number | null
  /** Fingerprint of the sources. */
  revision: string
}

/** Compiles every folder of `chapters/` and `appendices/`. The compiler itself is loaded only when something is not in the cache. */
export async function loadChapterFolders(contentDir: string, cache: CompileCache): Promise<ChapterFolder[]> {
  const folders: ChapterFolder[] = []
  for (const place of ['chapters', 'appendices'] as const) {
    for (const folder of listFolder(contentDir, place).folders) folders.push(await loadChapterFolder(contentDir, place, folder, cache))
  }
  return folders
}

async function loadChapterFolder(contentDir: string, place: ChapterPlace, folder: string, cache: CompileCache): Promise<ChapterFolder> {
  const base = `${place}/${folder}`
  const main = readSource(contentDir, `${base}/chapter.md`)
  const walkthroughFiles = listFolder(contentDir, `${base}/walkthroughs`).files.filter((name) => /\.ya?ml$/.test(name))
  const problems: Problem[] = []
  const walkthroughs: SourceFile[] = walkthroughFiles.flatMap((name) => {
    const read = readSource(contentDir, `${base}/walkthroughs/${name}`)
    if ('source' in read) return [read.source]
    problems.push(read.problem)
    return []
  })
  const number = /^(\d+)-/.exec(folder)?.[1]
  const where = { folder, place, number: number === undefined ? null : Number(number) }
  if ('problem' in main) {
    return { ...where, chapter: null, id: null, revision: hashOf([main.problem.message]), problems: [main.problem, ...problems], references: [], runnable: [], diagrams: [] }
  }
  const sources = [main.source, ...walkthroughs]
  const revision = hashOf(['chapter', String(compilerVersion), ...sources.flatMap((source) => [source.file, source.text])])
  const compiled = await cache.getOrMake<CompiledChapter>(revision, async () => {
    const { compileChapter } = await import('../../../exercises/content/compile/index.ts')
    return compileChapter({ ...main.source, walkthroughs, revision })
  })
  return { ...where, ...compiled, revision, problems: [...compiled.problems, ...problems] }
}
