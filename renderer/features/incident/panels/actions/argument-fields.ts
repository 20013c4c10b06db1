/** The arguments of an action as fields of a form, read from its JSON Schema. */

export interface ArgumentField {
  readonly name: string
  readonly isRequired: boolean
  readonly kind: 'text' | 'choice' | 'switch'
  /** Of a choice. */
  readonly options: readonly string[]
  /** What stands when nothing is written; empty where there is nothing. */
  readonly preset: string
}

interface PropertySchema {
  readonly type?: unknown
  readonly enum?: readonly unknown[]
  readonly default?: unknown
}

/** How a release is, which nobody who makes it decides: the world knows them, a console does not ask. */
const qualities: ReadonlySet<string> = new Set(['errors', 'flagged', 'leak', 'cpu-factor', 'gpu-factor', 'memory-factor', 'prompt-factor', 'output-factor'])

/** The fields, in the order of the schema, without the qualities of a release that `given` does not name. Anything that is no object schema has none. */
export function argumentFields(schema: unknown, given: Readonly<Record<string, unknown>> = {}): readonly ArgumentField[] {
  if (typeof schema !== 'object' || schema === null || !('properties' in schema)) return []
  const { properties } = schema
  const required = 'required' in schema && Array.isArray(schema.required) ? (schema.required as readonly unknown[]) : []
  if (typeof properties !== 'object' || properties === null) return []
  return Object.entries(properties as Readonly<Record<string, PropertySchema>>)
    .filter(([name, property]) => property.type !== 'object' && (!qualities.has(name) || name in given))
    .map(([name, property]) => {
      const options = (property.enum ?? []).map(String)
      return { name, isRequired: required.includes(name), kind: options.length > 0 ? 'choice' : property.type === 'boolean' ? 'switch' : 'text', options, preset: property.default === undefined ? (property.type === 'boolean' && required.includes(name) ? 'false' : '') : String(property.default) }
    })
}

/** What was written, as arguments: empty fields are left out, switches and the words true and false are booleans. */
export function argumentsOf(fields: readonly ArgumentField[], written: Readonly<Record<string, string>>): Record<string, string | boolean | number> {
  const given: Record<string, string | boolean | number> = {}
  for (const { name, kind } of fields) {
    const text = (written[name] ?? '').trim()
    if (text === '') continue
    if (kind === 'switch' || text === 'true' || text === 'false') given[name] = text === 'true'
    // Schemas take numbers as text too, but some take nothing else.
    else given[name] = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
  }
  return given
}
