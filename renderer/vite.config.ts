import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { codePackages } from './build/code-packages.ts'
import { trimMonaco } from './build/trim-monaco.ts'

const packages = codePackages(fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, ''), (path) => readFile(path, 'utf8'))

/** Builds the window: one page, everything heavy in lazy chunks, no address outside this machine. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [react(), trimMonaco(), packages],
  worker: { format: 'es', plugins: () => [packages] },
  // Reached only through lazy screens: found late, each would reload the page in development.
  optimizeDeps: { include: ['cmdk', 'radix-ui', 'mermaid', 'sql-formatter', '@tanstack/react-virtual', 'wouter', 'zod', 'sql.js'], exclude: ['@sqlite.org/sqlite-wasm', '@electric-sql/pglite'] },
  build: {
    outDir: fileURLToPath(new URL('../dist/renderer', import.meta.url)),
    emptyOutDir: true,
    target: 'chrome130',
    sourcemap: false,
    chunkSizeWarningLimit: 4_000,
    // The CSP allows no inline scripts or data: scripts; small assets stay files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
