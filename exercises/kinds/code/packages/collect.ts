/** Makes the packages from what is installed: at build time for the window, at first use in Node. Same bytes in both. */
import type { CodePackages } from './packages.ts'
import { packageNames, typesEntryOf, typesPath } from './packages.ts'

/** What the host must be able to do. */
export interface PackageTools {
  /** Runs the bundler, vite's `build`, with these options; returns the text of the one chunk that comes out. */
  bundle(options: BundleOptions): Promise<string>
  /** Text of a file; `path` begins with `/node_modules/`. @throws when there is none */
  read(path: string): Promise<string>
}

export type BundleOptions = ReturnType<typeof bundleOptions>

/** Options for vite: one module, no files written, the variant for programs without Node. */
function bundleOptions(root: string, name: string) {
  return {
    configFile: false as const,
    root,
    publicDir: false as const,
    logLevel: 'warn' as const,
    resolve: { conditions: ['browser', 'import', 'default'] },
    build: {
      write: false,
      target: 'es2022',
      minify: true,
      lib: { entry: `${root}/node_modules/${name}/dist/index.mjs`, formats: ['es' as const] },
      rollupOptions: { external: packageNames.filter((other) => other !== name) },
    },
  }
}

/** @param root folder that holds `node_modules` */
export async function collectPackages(root: string, tools: PackageTools): Promise<CodePackages> {
  const modules = new Map<string, string>()
  const types = new Map<string, string>()
  for (const name of packageNames) {
    modules.set(name, await tools.bundle(bundleOptions(root, name)))
    await collectTypes(typesEntryOf(name), types, tools)
  }
  return { modules, types }
}

/** The declarations at `path` and all that they import. */
async function collectTypes(path: string, types: Map<string, string>, tools: PackageTools): Promise<void> {
  if (types.has(path)) return
  const text = (await tools.read(path)).replace(/^\/\/# sourceMappingURL=.*$/m, '')
  types.set(path, text)
  for (const [, specifier = ''] of text.matchAll(/(?:from|import\(?) ?"([^"]+)"/g)) {
    if (specifier.startsWith('.') || specifier.startsWith('@opentelemetry/')) await collectTypes(typesPath(specifier, path), types, tools)
  }
}
