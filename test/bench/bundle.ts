/** Bytes that the window loads before anything shows, compressed as a server would. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Measurement } from './measure.ts'

/** Follows the static imports of the page's entry; what is imported lazily is not counted. */
export function measureBundle(windowDir: string): Measurement[] {
  const page = readFileSync(join(windowDir, 'index.html'), 'utf8')
  const waiting = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].flatMap(([, path]) => path ?? [])
  const seen = new Set<string>()
  let bytes = 0
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (seen.has(path)) continue
    seen.add(path)
    const source = readFileSync(join(windowDir, path), 'utf8')
    bytes += gzipSync(source).length
    for (const [, imported] of source.matchAll(/(?:^|[;\s}])(?:import|export)\s*(?:[^"'()]*?from\s*)?["']\.\/([^"']+\.js)["']/g)) waiting.push(`assets/${imported}`)
  }
  return [{ id: 'initial-javascript', what: 'Initial JavaScript, gzip', unit: 'KB', value: bytes / 1024, budget: 300, bound: 'most', note: `${seen.size} files` }]
}
