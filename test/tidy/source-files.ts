/** The project's own files, for rules that are checked as ordinary tests. */
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

export interface SourceFile {
  /** Relative to the project, with forward slashes. */
  path: string
  text: string
}

/** All files below `folders` whose name matches, sorted. */
export function sourceFiles(folders: readonly string[], name: RegExp): SourceFile[] {
  const found: SourceFile[] = []
  const visit = (path: string): void => {
    if (statSync(path).isDirectory()) {
      if (/(^|\/)(node_modules|dist|release|test-results)$/.test(path)) return
      for (const entry of readdirSync(path).sort()) visit(join(path, entry))
    } else if (name.test(path)) {
      found.push({ path: relative(root, path).split(sep).join('/'), text: readFileSync(path, 'utf8') })
    }
  }
  for (const folder of folders) visit(join(root, folder))
  return found
}

/** 1-based line of an offset. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}
