import { z } from 'zod'

/** Keys that a schema knows at a path, for suggestions; empty where it cannot be told. */
export function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  const found = new Set<string>()
  for (const object of objectsAt(schema, path)) for (const key of Object.keys(object.shape)) found.add(key)
  return [...found]
}

function objectsAt(schema: unknown, path: readonly PropertyKey[]): z.ZodObject[] {
  const [key, ...rest] = path
  return unwrapped(schema).flatMap((inner): z.ZodObject[] => {
    if (inner instanceof z.ZodObject) {
      if (key === undefined) return [inner]
      const shape: Readonly<Record<string, unknown>> = inner.shape
      return objectsAt(shape[String(key)], rest)
    }
    if (key === undefined) return []
    if (inner instanceof z.ZodRecord) return objectsAt(inner.valueType, rest)
    if (inner instanceof z.ZodArray) return objectsAt(inner.element, rest)
    return []
  })
}

/** The schemas inside of defaults, optionals, pipes and unions. */
function unwrapped(schema: unknown): unknown[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) return unwrapped(schema.unwrap())
  if (schema instanceof z.ZodPipe) return unwrapped(schema.in)
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(unwrapped)
  return [schema]
}
