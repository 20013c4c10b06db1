/** Reads what varies in an incident, and draws the values of a seed, before anything else of its files is read. */
import { parseYamlSource } from '../../../content/compile/yaml-source.ts'
import { variedOf } from './apply.ts'
import type { Values } from './arithmetic.ts'
import { drawValues } from './draw.ts'
import type { Varied } from './draw.ts'
import { mistakesIn } from './fill.ts'
import { varySchema } from './schema.ts'
import type { Vary } from './schema.ts'

type Path = readonly PropertyKey[]

export interface ReadVary {
  readonly vary: Vary
  readonly varied: readonly Varied[]
  readonly values: Values
  /** At places of incident.yaml. */
  readonly mistakes: readonly { readonly path: Path; readonly message: string }[]
}

/** @param spec incident.yaml as it was parsed @param topology the text of its topology; what is wrong with that is told when it is read */
export function readVary(incident: string, spec: unknown, topology: string, seed: number | string): ReadVary {
  // What its schema has against it is told when the whole file is checked.
  const parsed = varySchema.safeParse(isRecord(spec) ? spec['vary'] : undefined)
  const vary = parsed.success ? parsed.data : { values: {} }
  const source = parseYamlSource({ file: '', text: topology, firstLine: 1 })
  const { varied, mistakes } = variedOf(vary, source.problems.length > 0 ? null : source.value)
  const values = drawValues(incident, varied, seed)
  const inTexts = textsOf(spec).flatMap(({ path, text }) => mistakesIn(text, values).map((message) => ({ path, message: `${message}.` })))
  return { vary, varied, values, mistakes: [...mistakes.map(({ name, message }) => ({ path: ['vary', 'values', name], message })), ...inTexts] }
}

function textsOf(value: unknown, path: Path = []): readonly { readonly path: Path; readonly text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }]
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => textsOf(item, [...path, index]))
  return isRecord(value) ? Object.entries(value).flatMap(([key, item]) => textsOf(item, [...path, key])) : []
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
