/**
 * Alerts as they grow in many teams: each fires on what is really measured, and none of them means that somebody is hurt.
 * One takes chance for news, one takes the shape of every service for trouble, one has to do with cost.
 */

/** Standard deviations of a count by chance that the first alert calls unusual: one minute in six is. */
const unusual = 1.4

export const noisyAlerts: Readonly<Record<string, unknown>> = {
  TrafficUnusual: {
    expr: `abs(sum by (client) (rate(user_attempts_total[1m])) / sum by (client) (rate(user_attempts_total[15m])) - 1) * sqrt(sum by (client) (rate(user_attempts_total[15m])) * 60) > ${String(unusual)}`,
    summary: 'the requests of {{ $labels.client }} differ from those of the last quarter of an hour',
  },
  TailTooLong: {
    expr: 'histogram_quantile(0.99, sum by (job, le) (rate(http_request_duration_seconds_bucket[5m]))) > 4 * histogram_quantile(0.5, sum by (job, le) (rate(http_request_duration_seconds_bucket[5m])))',
    for: '2m',
    summary: 'the slowest requests of {{ $labels.job }} take more than four times the median',
  },
  PodsIdle: {
    expr: 'sum by (job) (rate(container_cpu_usage_seconds_total[10m])) / count by (job) (container_cpu_usage_seconds_total) < 0.1',
    for: '5m',
    severity: 'ticket',
    summary: '{{ $labels.job }} uses less than a tenth of a core for each pod',
  },
}
