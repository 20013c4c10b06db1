import type { StringTable } from './string-table.ts'

/**
 * How a variable number is shown.
 * number: as it is. text: a number of the string table, 0 for absent. flag: 0 false, else true.
 * milliseconds: whole microseconds, shown as milliseconds with up to three decimals. NaN is absent for every kind.
 */
export type FieldKind = 'number' | 'text' | 'flag' | 'milliseconds'

/** A named variable of a log template, an operation or a span event. */
export interface Field {
  readonly name: string
  readonly kind: FieldKind
}

/** Most fields of one log line. */
export const logFieldsMax = 8
/** Most variable attributes of one span or span event. */
export const spanFieldsMax = 6

/** The value of a field as people see it; null when absent. */
export function fieldValue(kind: FieldKind, value: number, strings: StringTable): string | number | boolean | null {
  if (Number.isNaN(value)) return null
  if (kind === 'text') return value === 0 ? null : strings.text(value)
  if (kind === 'flag') return value !== 0
  return kind === 'milliseconds' ? value / 1000 : value
}

/** True when two lists of fields are the same. */
export function sameFields(left: readonly Field[], right: readonly Field[]): boolean {
  return left.length === right.length && left.every((field, at) => field.name === right[at]?.name && field.kind === right[at].kind)
}
