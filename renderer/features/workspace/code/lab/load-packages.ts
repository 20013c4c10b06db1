/** The packages that programs of an exercise may import, made by the build. For workers only. */
import type { CodePackages } from '../../../../../exercises/kinds/code/packages/packages.ts'

/** @throws when their file cannot be loaded */
export async function loadPackages(): Promise<CodePackages> {
  const { modules, types } = await import('virtual:code-packages')
  return { modules, types }
}
