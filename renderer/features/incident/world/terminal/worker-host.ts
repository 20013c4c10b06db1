/** The machine under the room's shell: the worker in which the world runs. */
import type { ShellHost } from '../../../../../exercises/simulator/bastion/index.ts'

export const workerHost: ShellHost = {
  library: () => import('just-bash/browser'),
  nowMs: () => performance.now(),
  pause: (ms) => new Promise((resolve) => {
    setTimeout(resolve, ms)
  }),
  stopper: () => new AbortController(),
  decode: (bytes) => new TextDecoder().decode(bytes),
}
