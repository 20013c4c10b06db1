/** A copy of the built app whose content a test may break. */
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appRoot, projectRoot } from './app.ts'

export interface CopiedApp {
  readonly root: string
  /** Rewrites a file of the content folder; throws when nothing changed, since then the test proves nothing. */
  edit(path: string, change: (text: string) => string): Promise<void>
  remove(): Promise<void>
}

/** Copies what the host needs; the packages stay where they are. */
export async function copyApp(): Promise<CopiedApp> {
  const root = await mkdtemp(join(tmpdir(), 'firedrill-app-'))
  for (const part of ['package.json', 'dist', 'content']) await cp(join(appRoot, part), join(root, part), { recursive: true })
  await symlink(join(projectRoot, 'node_modules'), join(root, 'node_modules'), 'junction')
  return {
    root,
    async edit(path, change) {
      const file = join(root, 'content', path)
      const before = await readFile(file, 'utf8')
      const after = change(before)
      if (after === before) throw new Error(`The edit of ${path} changed nothing.`)
      await writeFile(file, after)
    },
    remove: () => rm(root, { recursive: true, force: true }),
  }
}
