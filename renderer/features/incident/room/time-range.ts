/** One time range for all panels, in wall-clock milliseconds of the simulated world. */

export type TimeRange =
  /** The last minutes up to the present; moves with it. */
  | { readonly kind: 'last'; readonly minutes: number }
  /** Chosen on a chart; stands still. */
  | { readonly kind: 'fixed'; readonly fromMs: number; readonly toMs: number }

export const firstRange: TimeRange = { kind: 'last', minutes: 30 }
/** What the range picker offers, in minutes. */
export const offeredMinutes = [5, 15, 30, 60] as const

/** The range with its history: zooming out goes back to what was there before. */
export class TimeRangeStore {
  private current: TimeRange = firstRange
  private before: TimeRange[] = []
  private readonly listeners = new Set<() => void>()

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  readonly get = (): TimeRange => this.current

  /** Chooses a range. */
  set(range: TimeRange): void {
    if (sameRange(range, this.current)) return
    this.before = [...this.before.slice(-19), this.current]
    this.change(range)
  }

  /** Goes back to the range before. */
  back(): void {
    const last = this.before.pop()
    if (last !== undefined) this.change(last)
  }

  get canGoBack(): boolean {
    return this.before.length > 0
  }

  private change(range: TimeRange): void {
    this.current = range
    for (const listener of this.listeners) listener()
  }
}

function sameRange(one: TimeRange, other: TimeRange): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** Ends of a range at a present; never before the world began. */
export function endsOf(range: TimeRange, nowMs: number, epochMs: number): { fromMs: number; toMs: number } {
  if (range.kind === 'fixed') return { fromMs: range.fromMs, toMs: range.toMs }
  return { fromMs: Math.max(epochMs, nowMs - range.minutes * 60_000), toMs: nowMs }
}

/** A step that gives about this many points, a multiple of the scrape interval, so that every point is a measurement. */
export function stepFor({ fromMs, toMs }: { fromMs: number; toMs: number }, scrapeMs: number, points = 240): number {
  return Math.max(1, Math.ceil((toMs - fromMs) / points / scrapeMs)) * scrapeMs
}
