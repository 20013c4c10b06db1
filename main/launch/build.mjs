// Builds the window (dist/renderer) and the programs of both hosts (dist/main). Runs on Node 24.
import { existsSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { build } from 'vite'
import { node24, root, run } from './steps.mjs'

const external = ['electron', 'better-sqlite3', ...builtinModules, ...builtinModules.map((name) => `node:${name}`)]

await build({ configFile: join(root, 'renderer', 'vite.config.ts'), logLevel: 'warn' })
await buildProgram('browser', 'main/hosts/browser/main.ts', 'es')
await buildProgram('electron', 'main/hosts/electron/main.ts', 'es')
// A sandboxed preload cannot be an ES module.
await buildProgram('preload', 'main/hosts/electron/preload.ts', 'cjs')
await compileContent()

async function buildProgram(name, entry, format) {
  if (!existsSync(join(root, entry))) return
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['electron', 'better-sqlite3'] },
    build: {
      ssr: entry,
      outDir: join(root, 'dist', 'main'),
      emptyOutDir: false,
      target: 'node22',
      minify: false,
      sourcemap: true,
      rollupOptions: { external, output: { format, entryFileNames: format === 'cjs' ? `${name}.cjs` : `${name}.js`, codeSplitting: false } },
    },
  })
}

/** Compiled chapters for the launch; a malformed chapter is the library's to report, so it does not fail the build. */
async function compileContent() {
  const script = join(root, 'main', 'services', 'library', 'fill-cache.ts')
  const { code, output } = await run(node24, [script, join(root, 'content'), join(root, 'dist', 'content-cache')], { quiet: true })
  if (code !== 0) throw new Error(`The content was not compiled: ${output}`)
}
