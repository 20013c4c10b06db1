/** Makes the packages of `code` exercises in Node, from what is installed. The window has them from its build. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { collectPackages } from '../../../exercises/kinds/code/packages/collect.ts'
import type { CodePackages } from '../../../exercises/kinds/code/packages/packages.ts'

let made: Promise<CodePackages> | null = null

/** Takes about half a second, once for each thread. @throws when the packages are not installed */
export function loadCodePackages(): Promise<CodePackages> {
  made ??= makePackages()
  return made
}

async function makePackages(): Promise<CodePackages> {
  const installed = createRequire(import.meta.url).resolve('@opentelemetry/api').replaceAll('\\', '/')
  const root = installed.slice(0, installed.lastIndexOf('/node_modules/'))
  const { build } = await import('vite')
  return collectPackages(root, {
    bundle: async (options) => {
      const built = await build(options)
      const [chunk] = [built].flat().flatMap((output) => ('output' in output ? output.output : []))
      if (chunk?.type !== 'chunk') throw new Error('The bundler made no module.')
      return chunk.code
    },
    read: (path) => readFile(`${root}${path}`, 'utf8'),
  })
}
