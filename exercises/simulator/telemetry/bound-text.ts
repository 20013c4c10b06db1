import { formatGeneral } from '../query/number-text.ts'

/** The value of an `le` label in the canonical form of OpenMetrics: whole numbers carry `.0`, as Prometheus 3 stores them. */
export function formatBound(bound: number): string {
  const text = formatGeneral(bound)
  return /^-?\d+$/.test(text) ? `${text}.0` : text
}
