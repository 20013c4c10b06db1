/**
 * Compiles the content once and keeps the result, so that the app starts without compiling:
 * `node main/services/library/fill-cache.ts CONTENT_DIR CACHE_DIR`. Run by the build; the folder is emptied first.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { createLibrary } from './index.ts'

const [contentDir, cacheDir] = process.argv.slice(2)
if (contentDir === undefined || cacheDir === undefined) {
  console.error('Usage: node main/services/library/fill-cache.ts CONTENT_DIR CACHE_DIR')
  process.exitCode = 2
} else {
  rmSync(cacheDir, { recursive: true, force: true })
  mkdirSync(cacheDir, { recursive: true })
  const library = await createLibrary({ contentDir, cacheDir, watch: false })
  await library.close()
}
