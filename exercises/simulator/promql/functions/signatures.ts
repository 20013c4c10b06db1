/** Names, arguments and results of PromQL's functions. */
import type { ValueType } from '../ast.ts'

export interface FunctionSignature {
  readonly name: string
  /** The last one repeats, or may be left out, where `variadic` says so. */
  readonly args: readonly ValueType[]
  /** 0: exactly `args`. n > 0: the last argument is optional and there may be n - 1 more. -1: any number. */
  readonly variadic: number
  readonly returns: ValueType
}

const signatures = new Map<string, FunctionSignature>()

function define(names: string, args: readonly ValueType[], returns: ValueType = 'vector', variadic = 0): void {
  for (const name of names.split(' ')) signatures.set(name, { name, args, variadic, returns })
}

define('abs ceil floor exp ln log2 log10 sqrt sgn deg rad', ['vector'])
define('acos acosh asin asinh atan atanh cos cosh sin sinh tan tanh', ['vector'])
define('absent timestamp sort sort_desc', ['vector'])
define('histogram_avg histogram_count histogram_sum histogram_stddev histogram_stdvar', ['vector'])
define('days_in_month day_of_month day_of_week day_of_year hour minute month year', ['vector'], 'vector', 1)
define('absent_over_time avg_over_time changes count_over_time delta deriv idelta increase irate last_over_time', ['matrix'])
define('max_over_time min_over_time present_over_time rate resets stddev_over_time stdvar_over_time sum_over_time', ['matrix'])
define('predict_linear', ['matrix', 'scalar'])
define('quantile_over_time', ['scalar', 'matrix'])
define('clamp', ['vector', 'scalar', 'scalar'])
define('clamp_max clamp_min', ['vector', 'scalar'])
define('round', ['vector', 'scalar'], 'vector', 1)
define('histogram_fraction', ['scalar', 'scalar', 'vector'])
define('histogram_quantile', ['scalar', 'vector'])
define('label_replace', ['vector', 'string', 'string', 'string', 'string'])
define('label_join', ['vector', 'string', 'string', 'string'], 'vector', -1)
define('scalar', ['vector'], 'scalar')
define('vector', ['scalar'])
define('pi time', [], 'scalar')

/** Functions that Prometheus has behind a flag, which is off by default; we tell them apart from misspelt names. */
export const experimentalFunctions: ReadonlySet<string> = new Set([
  'double_exponential_smoothing',
  'end',
  'first_over_time',
  'histogram_quantiles',
  'info',
  'integral',
  'mad_over_time',
  'max_of',
  'min_of',
  'range',
  'sort_by_label',
  'sort_by_label_desc',
  'start',
  'start_timestamp',
  'step',
  'ts_of_first_over_time',
  'ts_of_last_over_time',
  'ts_of_max_over_time',
  'ts_of_min_over_time',
])

export const experimentalAggregators: ReadonlySet<string> = new Set(['limitk', 'limit_ratio'])

export function functionSignature(name: string): FunctionSignature | null {
  return signatures.get(name) ?? null
}

export function functionNames(): readonly string[] {
  return [...signatures.keys()].sort()
}
