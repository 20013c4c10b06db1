import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { loadCodePackages } from '../../main/services/grading/code-packages.ts'
import { codePackages } from '../../renderer/build/code-packages.ts'

it('gives the window the same packages as Node', async () => {
  const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')
  const plugin = codePackages(root, (path) => readFile(path, 'utf8')) as unknown as { resolveId(id: string): string | null; load(id: string): Promise<string> }
  const code = await plugin.load(plugin.resolveId('virtual:code-packages') ?? '')
  const loaded = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { modules: object; types: object }
  const { modules, types } = await loadCodePackages()
  expect(loaded.modules).toEqual(modules)
  expect(loaded.types).toEqual(types)
}, 60_000)
