/** The TypeScript compiler, in its own thread: what is typed never waits for it, and it can be ended. */
import { LanguageServer } from './language-server.ts'
import { loadPackages } from './load-packages.ts'
import type { LanguageRequest } from './protocol.ts'

declare const self: DedicatedWorkerGlobalScope

const server = new LanguageServer(
  {
    typescript: async () => (await import('typescript-6')).default,
    libraries: async () => (await import('./libraries.ts')).libraries,
    packages: loadPackages,
  },
  (message) => self.postMessage(message),
)

self.addEventListener('message', ({ data }: MessageEvent<LanguageRequest>) => void server.serve(data))
