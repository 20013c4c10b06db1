/** The syntax tree of an X-Ray filter expression. Offsets are in UTF-16 units of the text. */
export type FilterNode =
  | { readonly kind: 'and' | 'or'; readonly left: FilterNode; readonly right: FilterNode }
  | { readonly kind: 'not'; readonly inner: FilterNode }
  /** A boolean keyword. */
  | { readonly kind: 'flag'; readonly keyword: FlagKeyword }
  | { readonly kind: 'number'; readonly keyword: NumberKeyword; readonly operator: ComparisonOperator; readonly value: number }
  | { readonly kind: 'text'; readonly keyword: TextKeyword; readonly operator: TextOperator; readonly value: string }
  /** A keyword alone: true where it has a value. */
  | { readonly kind: 'set'; readonly keyword: NumberKeyword | TextKeyword }
  | { readonly kind: 'annotation'; readonly key: string; readonly comparison: AnnotationComparison | null }
  | { readonly kind: 'service'; readonly id: NodeId; readonly filter: FilterNode | null }
  | { readonly kind: 'edge'; readonly from: NodeId; readonly to: NodeId; readonly filter: FilterNode | null }

/** Which services are meant; a part left out holds for all. */
export interface NodeId { readonly name: string | null; readonly type: string | null }

export interface AnnotationComparison { readonly operator: ComparisonOperator | TextOperator; readonly value: string | number | boolean }

export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>='
export type TextOperator = '=' | '!=' | 'CONTAINS' | 'BEGINSWITH' | 'ENDSWITH'

export const FLAG_KEYWORDS = ['ok', 'error', 'fault', 'throttle', 'partial', 'inferred', 'root'] as const
export const NUMBER_KEYWORDS = ['responsetime', 'duration', 'http.status'] as const
export const TEXT_KEYWORDS = ['http.url', 'http.method', 'http.useragent', 'http.clientip', 'user', 'name', 'type', 'message', 'availabilityzone', 'instance.id', 'resource.arn'] as const

export type FlagKeyword = (typeof FLAG_KEYWORDS)[number]
export type NumberKeyword = (typeof NUMBER_KEYWORDS)[number]
export type TextKeyword = (typeof TEXT_KEYWORDS)[number]
