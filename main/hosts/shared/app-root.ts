/** Where the application lies: its content, its built window, its version. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'

const manifestSchema = z.object({ name: z.literal('firedrill'), version: z.string() })

export interface AppRoot {
  version: string
  contentDir: string
  windowDir: string
  /** Compiled content, made by the build; absent when run from sources. */
  cacheDir: string
}

/** Walks up from `from` to the folder whose package.json is Firedrill's: works from sources, from dist and in an asar. */
export function findAppRoot(from: string): AppRoot {
  for (let folder = from; ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json')
    const parsed = existsSync(manifest) ? manifestSchema.safeParse(JSON.parse(readFileSync(manifest, 'utf8'))) : null
    if (parsed?.success) {
      return {
        version: parsed.data.version,
        contentDir: join(folder, 'content'),
        windowDir: join(folder, 'dist', 'renderer'),
        cacheDir: join(folder, 'dist', 'content-cache'),
      }
    }
    if (dirname(folder) === folder) throw new Error('Firedrill’s package.json was not found above the program; reinstall the application.')
  }
}
