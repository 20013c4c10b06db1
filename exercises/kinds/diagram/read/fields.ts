/** Reading values whose types nobody promised. */

export type Fields = Readonly<Record<string, unknown>>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}

/** Calls a method without arguments; undefined where there is none. */
export function call(object: Fields, method: string): unknown {
  const found = object[method]
  return typeof found === 'function' ? Reflect.apply(found, object, []) : undefined
}

export function fieldsList(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : []
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
