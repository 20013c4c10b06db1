/** Goals of figures: what the `ask` asks for, in a form that a figure can notice. `p99Ms <= 500, servers = 2`. */
import type { Result } from '../core/result.ts'
import type { FigureKind } from './kinds/attribute.ts'

/** One demand on a reading or a start value. */
export interface Demand {
  name: string
  relation: '<=' | '>=' | '<' | '>' | '='
  value: number | string
}

const form = /^([A-Za-z][A-Za-z0-9]*)\s*(<=|>=|<|>|=)\s*([A-Za-z0-9.-]+)$/

/** Reads a goal; the error says which part cannot be read and what can be named. */
export function readGoal(text: string, kind: FigureKind): Result<Demand[], string> {
  const demands: Demand[] = []
  const names = [...Object.keys(kind.readings), ...Object.keys(kind.attributes)]
  for (const part of text.split(',')) {
    const [, name = '', relation = '', written = ''] = form.exec(part.trim()) ?? []
    if (name === '') return { ok: false, error: `"${part.trim()}" is not a demand such as "${names[0] ?? 'name'} <= 10".` }
    if (!names.includes(name)) return { ok: false, error: `This figure has no "${name}"; a goal may name ${names.join(', ')}.` }
    const attribute = kind.attributes[name]
    if (attribute !== undefined && 'choices' in attribute) {
      if (relation !== '=' || !attribute.choices.includes(written)) return { ok: false, error: `"${name}" may be asked for as ${attribute.choices.map((choice) => `${name} = ${choice}`).join(' or ')}.` }
      demands.push({ name, relation, value: written })
      continue
    }
    const value = Number(written)
    if (!Number.isFinite(value)) return { ok: false, error: `"${written}" is not a number.` }
    demands.push({ name, relation: relation as Demand['relation'], value })
  }
  return { ok: true, value: demands }
}

/** Whether all demands hold for these start values and readings. */
export function reached(demands: readonly Demand[], found: Readonly<Record<string, number | string>>): boolean {
  return demands.every(({ name, relation, value }) => {
    const actual = found[name]
    if (typeof value === 'string' || typeof actual !== 'number') return actual === value
    // Equal as printed: a demand has few digits, a reading many, the last of them by chance.
    const hair = 1e-9 + Math.abs(value) * 1e-9
    if (relation === '=') return Math.abs(actual - value) <= hair
    if (relation === '<=') return actual <= value + hair
    if (relation === '>=') return actual >= value - hair
    return relation === '<' ? actual < value - hair : actual > value + hair
  })
}
