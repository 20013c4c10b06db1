/** The built window as files, for both hosts: looks a path up inside one folder and never outside it. */
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.ttf': 'font/ttf',
  '.webmanifest': 'application/manifest+json',
}

export interface WindowFile {
  body: Buffer
  type: string
  /** Built assets carry a content hash in their name and never change. */
  immutable: boolean
}

/** Reads `pathname` (as in a URL) below `folder`. `null` when there is no such file, or it would lie outside. */
export async function readWindowFile(folder: string, pathname: string): Promise<WindowFile | null> {
  let decoded: string
  try {
    decoded = decodeURIComponent(pathname)
  } catch {
    return null
  }
  if (decoded.includes('\0')) return null
  const relative = normalize(decoded === '/' ? '/index.html' : decoded)
  const path = join(folder, relative)
  if (!path.startsWith(folder + sep)) return null
  try {
    const body = await readFile(path)
    return { body, type: types[extname(path)] ?? 'application/octet-stream', immutable: relative.startsWith(`${sep}assets${sep}`) }
  } catch {
    return null
  }
}
