/** Reading content from disk: text or a problem, never an exception. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { SourceFile } from '../../../exercises/content/compile/chapter.ts'
import type { Problem } from '../../../exercises/core/problem.ts'

/** A chapter is about 100 KB; a file far above that is something else and would stall the compiler. */
const largestFileBytes = 4 * 1024 * 1024

/** Reads a UTF-8 file of the content folder. `file` is relative to it, with forward slashes. */
export function readSource(contentDir: string, file: string): { source: SourceFile } | { problem: Problem } {
  const problem = (rule: string, message: string): { problem: Problem } => ({ problem: { file, line: 1, severity: 'error', rule, message } })
  const path = join(contentDir, file)
  try {
    const { size } = statSync(path)
    if (size > largestFileBytes) return problem('file.too-large', `The file has ${size} bytes; the most is ${largestFileBytes}.`)
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
    return { source: { file, text } }
  } catch (error) {
    if (error instanceof TypeError) return problem('file.encoding', 'The file is not UTF-8 text.')
    return problem('file.unreadable', `The file cannot be read: ${reason(error)}.`)
  }
}

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return code === 'ENOENT' ? 'it does not exist' : code === 'EISDIR' ? 'it is a folder' : code || String(error)
}

/** Names in a folder by kind, sorted by code unit so that every machine agrees; none where it does not exist. */
export function listFolder(contentDir: string, folder: string): { files: string[]; folders: string[] } {
  try {
    const entries = readdirSync(join(contentDir, folder), { withFileTypes: true }).filter((entry) => !entry.name.startsWith('.'))
    const names = (wanted: (typeof entries)[number][]): string[] => wanted.map((entry) => entry.name).toSorted()
    return { files: names(entries.filter((entry) => entry.isFile())), folders: names(entries.filter((entry) => entry.isDirectory())) }
  } catch {
    return { files: [], folders: [] }
  }
}

/** Every file below a folder, relative to the content folder, sorted. */
export function listFilesDeep(contentDir: string, folder: string): string[] {
  const { files, folders } = listFolder(contentDir, folder)
  return [...files.map((name) => `${folder}/${name}`), ...folders.flatMap((name) => listFilesDeep(contentDir, `${folder}/${name}`))]
}

/** sha256 over parts, in hex; each part is framed by its length, so that no two lists of parts collide. */
export function hashOf(parts: readonly string[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${part.length}:`).update(part)
  return hash.digest('hex')
}
