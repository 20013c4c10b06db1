/** The machine under the shell of a page's `sh` lines: this process. */
import type { ShellHost } from '../../exercises/simulator/bastion/index.ts'

export const nodeShellHost: ShellHost = {
  library: () => import('just-bash/browser'),
  // What this thread computes: a line that answers on a quiet machine answers on a busy one.
  nowMs: () => {
    const { user, system } = process.threadCpuUsage()
    return (user + system) / 1000
  },
  pause: (ms) => new Promise((resolve) => {
    setTimeout(resolve, ms)
  }),
  stopper: () => new AbortController(),
  decode: (bytes) => new TextDecoder().decode(bytes),
}
