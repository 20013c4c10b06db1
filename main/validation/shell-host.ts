/** The machine under the shell of a page's `sh` lines: this process. */
import type { ShellHost } from '../../exercises/simulator/bastion/index.ts'

export const nodeShellHost: ShellHost = {
  library: () => import('just-bash/browser'),
  nowMs: () => performance.now(),
  pause: (ms) => new Promise((resolve) => {
    setTimeout(resolve, ms)
  }),
  stopper: () => new AbortController(),
  decode: (bytes) => new TextDecoder().decode(bytes),
}
