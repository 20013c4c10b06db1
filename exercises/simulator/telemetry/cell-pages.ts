/** Cells of one page: 32 KB, so that thousands of counters sit close together. */
const pageCells = 4096

/** Where a run of cells begins. The page never moves, so a handle may keep it. */
export interface CellRun {
  readonly page: Float64Array
  readonly at: number
}

/** The live numbers of counters, gauges and histograms, in pages that never move or shrink. */
export class CellPages {
  private pages: Float64Array[] = []
  private used = 0

  /** Takes `count` adjacent cells, all zero. */
  allocate(count: number): CellRun {
    const last = this.pages.at(-1)
    if (last !== undefined && this.used + count <= last.length) {
      const at = this.used
      this.used += count
      return { page: last, at }
    }
    const page = new Float64Array(Math.max(pageCells, count))
    this.pages.push(page)
    this.used = count
    return { page, at: 0 }
  }

  /** Lets the next cells come from a page that no handle of the past knows. */
  startPage(): void {
    this.used = Number.POSITIVE_INFINITY
  }

  /** Bytes held. */
  bytes(): number {
    return this.pages.reduce((sum, page) => sum + page.byteLength, 0)
  }
}
