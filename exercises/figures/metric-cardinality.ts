export interface Labels {
  methods: number
  routes: number
  statuses: number
  pods: number
  users: number
}

/** Buckets of the Prometheus client libraries' default histogram: 11 and +Inf; with its sum and its count 14 series. */
const histogramSeries = 11 + 1 + 2

/**
 * Time series of one metric: one for each combination of label values that occurs (Prometheus documentation, "Metric and
 * label naming"), times the series of a classic histogram. Memory is series × what one takes.
 * @param usedPercent of the combinations that occur @param seriesKib measured on your own server; some KiB
 */
export function countSeries({ labels, usedPercent, kind, seriesKib }: { labels: Labels; usedPercent: number; kind: 'counter' | 'histogram'; seriesKib: number }): { combinations: number; perCombination: number; series: number; memoryMib: number } {
  const combinations = Math.max(1, Math.round((labels.methods * labels.routes * labels.statuses * labels.pods * labels.users * usedPercent) / 100))
  const perCombination = kind === 'histogram' ? histogramSeries : 1
  const series = combinations * perCombination
  return { combinations, perCombination, series, memoryMib: (series * seriesKib) / 1024 }
}
