/** A duration of a span, or the difference of two: `820 us`, `12.4 ms`, `-3.02 s`. */
export function durationText(us: number): string {
  if (us < 0) return `-${durationText(-us)}`
  if (us < 1000) return `${String(Math.round(us))} us`
  if (us < 1e6) return `${String(Number((us / 1000).toPrecision(3)))} ms`
  return `${String(Number((us / 1e6).toPrecision(3)))} s`
}
