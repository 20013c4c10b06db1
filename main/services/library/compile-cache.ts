/** Compiled content kept by the fingerprint of its sources: in memory always, on disk where a folder is given. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface CompileCache {
  /** The kept value, or what `make` gives, which is then kept. */
  getOrMake<T>(key: string, make: () => Promise<T>): Promise<T>
}

/**
 * A cache whose values are plain JSON. The disk layer is best effort: a folder that cannot be written (an installed
 * app) or a damaged file costs time and nothing else.
 */
export function createCompileCache(cacheDir: string | null): CompileCache {
  const memory = new Map<string, unknown>()
  return {
    async getOrMake<T>(key: string, make: () => Promise<T>): Promise<T> {
      const kept = memory.get(key) ?? (cacheDir === null ? undefined : readKept(cacheDir, key))
      if (kept !== undefined) {
        memory.set(key, kept)
        return kept as T
      }
      const made = await make()
      memory.set(key, made)
      if (cacheDir !== null) writeKept(cacheDir, key, made)
      return made
    },
  }
}

function readKept(cacheDir: string, key: string): unknown {
  try {
    const kept: unknown = JSON.parse(readFileSync(join(cacheDir, `${key}.json`), 'utf8'))
    return kept ?? undefined
  } catch {
    return undefined
  }
}

function writeKept(cacheDir: string, key: string, value: unknown): void {
  try {
    mkdirSync(cacheDir, { recursive: true })
    const partial = join(cacheDir, `${key}.${process.pid}.partial`)
    writeFileSync(partial, JSON.stringify(value))
    renameSync(partial, join(cacheDir, `${key}.json`))
  } catch {
    // Best effort, as promised above.
  }
}
