/** The sandbox, in its own thread so that it can be ended. */
import { loadPackages } from './load-packages.ts'
import { loadSandbox } from './load-sandbox.ts'
import type { RunRequest } from './protocol.ts'
import { serveRun } from './run-server.ts'

declare const self: DedicatedWorkerGlobalScope

const sources = { engines: loadSandbox(), packages: loadPackages, nowMs: () => performance.now() }

self.addEventListener('message', ({ data }: MessageEvent<RunRequest>) => void serveRun(data, sources, (message) => self.postMessage(message)))
