/** Puts the values of a seed into a topology, before it is read. */
import { parseDurationUs } from '../../topology/quantity.ts'
import type { Values } from './arithmetic.ts'
import type { Varied } from './draw.ts'
import { onsetName } from './draw.ts'
import type { Vary } from './schema.ts'

/** A mistake, at a name of `vary.values`. */
export interface VaryMistake {
  readonly name: string
  readonly message: string
}

const onsetStepUs = 1_000_000

/** What the files say of each thing that varies. */
export function variedOf(vary: Vary, topology: unknown): { readonly varied: readonly Varied[]; readonly mistakes: readonly VaryMistake[] } {
  const mistakes: VaryMistake[] = []
  const varied = Object.entries(vary.values).flatMap(([name, ranged]): Varied[] => {
    const found = ranged.of.map((place) => ({ place, written: at(topology, place.split('.')) }))
    const missing = found.find(({ written }) => typeof written !== 'string' && typeof written !== 'number')
    if (missing !== undefined) mistakes.push({ name, message: `The topology has no text or number at "${missing.place}".` })
    const [first] = found
    if (missing !== undefined || first === undefined) return []
    if ('among' in ranged) return [{ name, kind: 'word', base: String(first.written), among: ranged.among }]
    const numbers = found.map(({ written }) => pieces(String(written))?.number ?? Number.NaN)
    const [base = Number.NaN] = numbers
    if (Number.isNaN(base) || numbers.some((number) => number !== base)) {
      mistakes.push({ name, message: `What varies must begin with a number, the same at each place; the topology has ${found.map(({ written }) => `"${String(written)}"`).join(', ')}.` })
      return []
    }
    return [{ name, kind: 'number', base, from: ranged.from, to: ranged.to, step: ranged.step }]
  })
  const onset: readonly Varied[] = vary.onset === undefined ? [] : [{ name: onsetName, kind: 'number', base: 0, from: 0, to: vary.onset, step: onsetStepUs }]
  return { varied: [...varied, ...onset], mistakes }
}

/** A topology as it was parsed, with the values of a seed in it. */
export function varyTopology(topology: unknown, vary: Vary, values: Values): unknown {
  const changed: unknown = structuredClone(topology)
  for (const [name, ranged] of Object.entries(vary.values)) {
    const value = values.get(name)
    if (value !== undefined) for (const place of ranged.of) put(changed, place.split('.'), value)
  }
  const laterUs = values.get(onsetName)
  if (typeof laterUs === 'number' && laterUs > 0) for (const fault of faultsOf(changed)) fault['at'] = `${String((parseDurationUs(String(fault['at'])) ?? 0) + laterUs)}us`
  return changed
}

/** `60/s` as 60 and what follows it; null when it does not begin with a number. */
function pieces(text: string): { readonly number: number; readonly rest: string } | null {
  const match = /^(\d+(?:\.\d+)?)(.*)$/.exec(text)
  return match === null ? null : { number: Number(match[1]), rest: match[2] ?? '' }
}

function put(topology: unknown, path: readonly string[], value: number | string): void {
  const parent = at(topology, path.slice(0, -1))
  const key = path.at(-1)
  if (typeof parent !== 'object' || parent === null || key === undefined) return
  const record = parent as Record<string, unknown>
  const before = record[key]
  record[key] = typeof value === 'string' || typeof before === 'number' ? value : `${String(value)}${pieces(String(before))?.rest ?? ''}`
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined), value)
}

/** The faults of a topology as it was parsed. */
export function faultsOf(topology: unknown): readonly Record<string, unknown>[] {
  const faults = at(topology, ['faults'])
  return Array.isArray(faults) ? faults.filter((fault): fault is Record<string, unknown> => typeof fault === 'object' && fault !== null) : []
}
