import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { bundledLicences } from './bundled-licences.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const names = new Set<string>(bundledLicences.map((part) => part.name))

/** The runtime itself, and what only authors and builders use. */
const notBundled = new Set(['electron', 'node', 'vite', '@vitejs/plugin-react'])

test.each(bundledLicences)('$name is used under the licence that it states', ({ name, licence }) => {
  expect((JSON.parse(readFileSync(`${root}node_modules/${name}/package.json`, 'utf8')) as { license: string }).license).toBe(licence)
})

test('every package that the app imports is listed', () => {
  const files = globSync('{renderer,exercises,main}/**/*.{ts,tsx,css}', { cwd: root, exclude: ['**/*.test.*', 'main/launch/**', 'main/validation/**', 'main/cli/**', 'renderer/vite.config.ts'] })
  const imported = files.flatMap((file) =>
    [...readFileSync(`${root}${file}`, 'utf8').matchAll(/(?:from |^import |import\(|@import )'([@a-z][^'./:]*(?:\/[^'/]+)?)[^']*'/gm)].map((match) => {
      const parts = (match[1] ?? '').split('/')
      return parts[0]?.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '')
    }),
  )
  const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { dependencies?: object; devDependencies?: object }
  const declared = new Set(Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }))
  const missing = [...new Set(imported)].filter((name) => declared.has(name) && !names.has(name) && !notBundled.has(name))
  expect(missing).toEqual([])
})
