/** Finds and compiles the chapters of a content folder. */
import type { CompiledChapter, SourceFile } from '../../../exercises/content/compile/chapter.ts'
import { compilerVersion } from '../../../exercises/content/compile/version.ts'
import type { Problem } from '../../../exercises/core/problem.ts'
import type { CompileCache } from './compile-cache.ts'
import { hashOf, listFolder, readSource } from './source-files.ts'

/** A chapter's folder and what came of it. */
export interface ChapterFolder extends CompiledChapter {
  /** `07-databases`. */
  folder: string
  /** From the folder's name; null when it has none. */
  number: number | null
  /** Fingerprint of the sources. */
  revision: string
}

/** Compiles every folder of `chapters/`. The compiler itself is loaded only when something is not in the cache. */
export async function loadChapterFolders(contentDir: string, cache: CompileCache): Promise<ChapterFolder[]> {
  const folders: ChapterFolder[] = []
  for (const folder of listFolder(contentDir, 'chapters').folders) folders.push(await loadChapterFolder(contentDir, folder, cache))
  return folders
}

async function loadChapterFolder(contentDir: string, folder: string, cache: CompileCache): Promise<ChapterFolder> {
  const base = `chapters/${folder}`
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
  const place = { folder, number: number === undefined ? null : Number(number) }
  if ('problem' in main) {
    return { ...place, chapter: null, id: null, revision: hashOf([main.problem.message]), problems: [main.problem, ...problems], references: [], runnable: [], diagrams: [] }
  }
  const sources = [main.source, ...walkthroughs]
  const revision = hashOf(['chapter', String(compilerVersion), ...sources.flatMap((source) => [source.file, source.text])])
  const compiled = await cache.getOrMake<CompiledChapter>(revision, async () => {
    const { compileChapter } = await import('../../../exercises/content/compile/index.ts')
    return compileChapter({ ...main.source, walkthroughs, revision })
  })
  return { ...place, ...compiled, revision, problems: [...compiled.problems, ...problems] }
}
