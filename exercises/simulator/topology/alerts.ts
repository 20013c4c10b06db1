/** Alerting rules of a topology, as in a Prometheus rule file. */
import { z } from 'zod'
import { parsePromql } from '../promql/index.ts'
import type { AlertRule } from '../telemetry/index.ts'
import { duration } from './quantity.ts'

const promql = z.string().superRefine((expr, context) => {
  const parsed = parsePromql(expr)
  if (!parsed.ok) context.addIssue({ code: 'custom', message: `PromQL does not read it: ${parsed.error.message}` })
})

/** One entry of `alerts`; its name is the key. */
export const alertSchema = z.strictObject({
  expr: promql,
  /** How long the expression must hold before the alert fires. */
  for: duration.default(0),
  'keep-firing-for': duration.default(0),
  /** `page` wakes somebody, `ticket` waits for the morning. */
  severity: z.enum(['page', 'ticket']).default('page'),
  labels: z.record(z.string(), z.string()).default({}),
  /** May hold `{{ $value }}` and `{{ $labels.service }}`. */
  summary: z.string().default(''),
  runbook: z.string().optional(),
})

/** The rule that the telemetry evaluates. */
export function alertRule(name: string, alert: z.output<typeof alertSchema>): AlertRule {
  return {
    name,
    expr: alert.expr,
    forMs: alert.for / 1000,
    keepFiringForMs: alert['keep-firing-for'] / 1000,
    labels: { severity: alert.severity, ...alert.labels },
    annotations: { summary: alert.summary, ...(alert.runbook === undefined ? {} : { runbook: alert.runbook }) },
  }
}
