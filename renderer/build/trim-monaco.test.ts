import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { trimmedModules } from './trim-monaco.ts'

/** The folder of Monaco's modules. */
const folder = dirname(createRequire(import.meta.url).resolve('monaco-editor/editor'))

it.each(Object.entries(trimmedModules))('%s is still there, and still exports what its stand-in does', (path, standIn) => {
  const file = join(folder, path)
  expect(existsSync(file), `${path} has moved: look for its new place, or leave it out of the list`).toBe(true)
  const exported = (source: string): string[] => [...source.matchAll(/export (?:class|const|function) (\w+)|export \{([^}]*)\}/g)].flatMap(([, one, several]) => (one === undefined ? (several ?? '').split(',').map((name) => name.trim().split(' as ').at(-1) ?? '') : [one]))
  expect(exported(readFileSync(file, 'utf8'))).toEqual(expect.arrayContaining(exported(standIn)))
})
