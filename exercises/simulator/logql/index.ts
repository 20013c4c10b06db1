/**
 * LogQL: Loki's query language over a source of log lines. Public functions give errors as values and never throw.
 *
 * Supported: stream selectors; line filters |= != |~ !~ |> !> with `or` and ip(); json (whole or by paths), logfmt (flags,
 * names), pattern, regexp, unpack; label filters on texts, numbers, durations, bytes and ip(); line_format, label_format,
 * drop, keep, decolorize; all functions over ranges, with unwrap, grouping and offset; all aggregations; operators with on,
 * ignoring, group_left, group_right and bool; label_replace, vector; `__error__` and its rules.
 *
 * Other than in Loki: ip() knows IPv4 only; approx_topk is exact; approx_count_distinct and variants are refused; templates
 * know the functions of {@link TEMPLATE_FUNCTIONS}, if/else and no variables, and write dates in UTC; numbers that json
 * takes by a path lose zeros at their end.
 * Source: https://grafana.com/docs/loki/latest/query/, and Loki's behaviour where the documentation is silent.
 */
export { parseLogql } from './parse.ts'
export { queryLogs, type LogsWindow } from './logs-query.ts'
export { queryInstant, queryRange } from './metrics-query.ts'
export type { EvaluationLimits } from './options.ts'
export type { LogqlError, Result } from './errors.ts'
export type { LogEntry, LogSource } from './source.ts'
export type { LogResult, LogRow, MetricResult } from './result.ts'
export type { Expression } from './syntax.ts'
export { TEMPLATE_FUNCTIONS } from './template/functions.ts'
export { OTHER_FUNCTIONS, RANGE_FUNCTIONS, STAGES, VECTOR_FUNCTIONS } from './tokens.ts'
