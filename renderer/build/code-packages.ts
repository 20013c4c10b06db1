/**
 * Offers `virtual:code-packages`: the packages that programs of `code` exercises may import, as text for the sandbox and the
 * compiler. Made by the same code as in Node; import it lazily, it holds 220 KB of text.
 */
import type { Plugin } from 'vite'
import { build } from 'vite'
import { collectPackages } from '../../exercises/kinds/code/packages/collect.ts'

const id = 'virtual:code-packages'

/**
 * @param root folder that holds `node_modules`
 * @param read text of a file
 */
export function codePackages(root: string, read: (path: string) => Promise<string>): Plugin {
  let made: Promise<string> | null = null
  const make = async (): Promise<string> => {
    const { modules, types } = await collectPackages(root, {
      bundle: async (options) => {
        const [chunk] = [await build(options)].flat().flatMap((output) => ('output' in output ? output.output : []))
        if (chunk?.type !== 'chunk') throw new Error('The bundler made no module.')
        return chunk.code
      },
      read: (path) => read(`${root}${path}`),
    })
    return `export const modules = new Map(${JSON.stringify([...modules])})\nexport const types = new Map(${JSON.stringify([...types])})`
  }
  return {
    name: 'code-packages',
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load: (source) => {
      if (source !== `\0${id}`) return null
      made ??= make()
      return made
    },
  }
}
