import { binomialTail, choose } from './statistics.ts'

export interface Quorum {
  /** Copies that every read shares with every acknowledged write; 0 or less: a read may miss it. */
  overlap: number
  /** Chance that R copies chosen at random hold none of the W that took the write, right after it. */
  miss: number
  /** Two writes at once both reach a copy that sees both. */
  writesOverlap: boolean
  canRead: number
  canWrite: number
  readsSurvive: number
  writesSurvive: number
}

/**
 * Reads and writes of N copies: every read of R sees every acknowledged write of W when R + W > N (D. K. Gifford,
 * "Weighted voting for replicated data", SOSP 1979). Otherwise a random read misses with C(N-W, R) / C(N, R). A side can
 * answer while enough copies are reachable: a binomial tail. @param up chance that one copy is reachable
 */
export function quorum({ copies, writes, reads, up }: { copies: number; writes: number; reads: number; up: number }): Quorum {
  return {
    overlap: reads + writes - copies,
    miss: choose(copies - writes, reads) / choose(copies, reads),
    writesOverlap: 2 * writes > copies,
    canRead: binomialTail(copies, reads, up),
    canWrite: binomialTail(copies, writes, up),
    readsSurvive: copies - reads,
    writesSurvive: copies - writes,
  }
}
