/** How much a line of the terminal may do. The world's clock shares the thread, so nothing may run for long. */
import type { ExecutionLimits } from './host.ts'

/** Commands of one line, in all its loops. An empty loop reaches it in about a tenth of a second. */
export const mostCommands = 4_000
/** Characters of output that are shown; what comes before is left out. */
export const mostShown = 200_000

/** A line that computes for so long is stopped; waiting does not count. */
export const mostComputingMs = 2_000
const mostWaitingMs = 600_000

const mebibyte = 2 ** 20

export const limits: ExecutionLimits = {
  maxCommandCount: mostCommands,
  maxLoopIterations: 10_000,
  maxAwkIterations: 50_000,
  maxSedIterations: 20_000,
  // Counted over all input of a line; the time bounds it.
  maxJqIterations: 5_000_000,
  maxCallDepth: 50,
  maxExecDepth: 16,
  maxSubstitutionDepth: 20,
  maxBraceExpansionResults: 10_000,
  maxStringLength: 32 * mebibyte,
  maxOutputSize: 32 * mebibyte,
  maxFileSystemBytes: 64 * mebibyte,
  maxLiveBytes: 256 * mebibyte,
  maxSourceBytes: 64 * 1024,
  maxArrayElements: 50_000,
  maxExecutionTimeMs: mostWaitingMs,
}

/** What the shell says of its own limits, in words for somebody who cannot change them. */
export function explained(stderr: string): string {
  return stderr
    .replace(/too many commands executed \(>(\d+)\), increase executionLimits\.\w+/g, (_, count: string) => `stopped after ${grouped(Number(count))} commands. A line of this terminal may not run for ever; the system was not touched by the stop.`)
    .replace(/, increase executionLimits\.\w+/g, '. That is more than this terminal allows a line.')
}

/** The end of a long text, with a word on what is missing. */
export function shown(text: string): string {
  if (text.length <= mostShown) return text
  const cut = text.indexOf('\n', text.length - mostShown) + 1
  return `[${grouped(cut)} characters before this are left out; grep or tail show less]\n${text.slice(cut)}`
}

function grouped(value: number): string {
  return String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',')
}
