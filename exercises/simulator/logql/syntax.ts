import type { Matcher } from './source.ts'

/** The syntax tree of LogQL. `start` and `end` are UTF-16 offsets in the query. */
export interface Place { readonly start: number; readonly end: number }

export type Expression = LogExpression | MetricExpression

export interface LogExpression extends Place {
  readonly kind: 'logs'
  readonly matchers: readonly Matcher[]
  readonly stages: readonly Stage[]
}

export type LineFilterOperator = '|=' | '!=' | '|~' | '!~' | '|>' | '!>'

export interface LineFilterValue { readonly text: string; readonly isIp: boolean; readonly place: Place }

export type Comparison = '==' | '!=' | '>' | '>=' | '<' | '<='

export type LabelFilter = Place & (
  | { readonly kind: 'and' | 'or'; readonly left: LabelFilter; readonly right: LabelFilter }
  | { readonly kind: 'text'; readonly matcher: Matcher }
  | { readonly kind: 'ip'; readonly name: string; readonly negated: boolean; readonly text: string }
  /** `value` in seconds, bytes or as it is. */
  | { readonly kind: 'amount'; readonly name: string; readonly unit: 'number' | 'duration' | 'bytes'; readonly comparison: Comparison; readonly value: number }
)

/** `expression` is null for a bare name. */
export interface Extraction { readonly name: string; readonly expression: string; readonly place: Place }

export interface LabelSelection { readonly name: string; readonly matcher: Matcher | null }

export type Stage = Place & (
  | { readonly kind: 'line-filter'; readonly operator: LineFilterOperator; readonly values: readonly LineFilterValue[] }
  | { readonly kind: 'label-filter'; readonly filter: LabelFilter }
  | { readonly kind: 'json'; readonly extractions: readonly Extraction[] }
  | { readonly kind: 'logfmt'; readonly extractions: readonly Extraction[]; readonly strict: boolean; readonly keepEmpty: boolean }
  | { readonly kind: 'regexp' | 'pattern'; readonly pattern: string; readonly patternPlace: Place }
  | { readonly kind: 'unpack' }
  | { readonly kind: 'decolorize' }
  | { readonly kind: 'line-format'; readonly template: string; readonly templatePlace: Place }
  | { readonly kind: 'label-format'; readonly formats: readonly LabelFormat[] }
  | { readonly kind: 'drop' | 'keep'; readonly labels: readonly LabelSelection[] }
)

export interface LabelFormat extends Place {
  readonly name: string
  /** Either the label to rename or the template of the value. */
  readonly from: { readonly label: string } | { readonly template: string }
}

export type MetricExpression = RangeAggregation | VectorAggregation | BinaryOperation | ScalarLiteral | VectorLiteral | LabelReplace

export interface Grouping { readonly without: boolean; readonly labels: readonly string[] }

export interface Unwrap { readonly label: string; readonly conversion: 'number' | 'duration' | 'bytes'; readonly filters: readonly LabelFilter[] }

export type RangeFunction =
  | 'rate' | 'rate_counter' | 'count_over_time' | 'bytes_rate' | 'bytes_over_time' | 'avg_over_time' | 'sum_over_time' | 'min_over_time'
  | 'max_over_time' | 'stddev_over_time' | 'stdvar_over_time' | 'quantile_over_time' | 'first_over_time' | 'last_over_time' | 'absent_over_time'

export interface RangeAggregation extends Place {
  readonly kind: 'range'
  readonly operation: RangeFunction
  readonly parameter: number | null
  readonly logs: LogExpression
  readonly unwrap: Unwrap | null
  readonly rangeUs: number
  readonly offsetUs: number
  readonly grouping: Grouping | null
}

export type VectorFunction = 'sum' | 'avg' | 'min' | 'max' | 'count' | 'stddev' | 'stdvar' | 'topk' | 'bottomk' | 'sort' | 'sort_desc'

export interface VectorAggregation extends Place {
  readonly kind: 'aggregation'
  readonly operation: VectorFunction
  readonly parameter: number | null
  readonly grouping: Grouping | null
  readonly inner: MetricExpression
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '^' | Comparison | 'and' | 'or' | 'unless'

export interface VectorMatching {
  readonly on: boolean
  readonly labels: readonly string[]
  readonly group: 'left' | 'right' | null
  readonly include: readonly string[]
}

export interface BinaryOperation extends Place {
  readonly kind: 'binary'
  readonly operator: BinaryOperator
  readonly returnBool: boolean
  readonly matching: VectorMatching | null
  readonly left: MetricExpression
  readonly right: MetricExpression
}

export interface ScalarLiteral extends Place { readonly kind: 'scalar'; readonly value: number }
export interface VectorLiteral extends Place { readonly kind: 'vector'; readonly value: number }

export interface LabelReplace extends Place {
  readonly kind: 'label-replace'
  readonly inner: MetricExpression
  readonly destination: string
  readonly replacement: string
  readonly source: string
  readonly pattern: string
}
