/** Quantities as people write them, to the model's units: microseconds, bytes, per second, shares of 1. */
import { z } from 'zod'
import { distributionSchema } from '../engine/index.ts'
import type { Distribution } from '../engine/index.ts'

const timeUnits: Readonly<Record<string, number>> = { us: 1, ms: 1_000, s: 1_000_000, m: 60_000_000, min: 60_000_000, h: 3_600_000_000, d: 86_400_000_000 }
const sizeUnits: Readonly<Record<string, number>> = { B: 1, KB: 2 ** 10, KiB: 2 ** 10, MB: 2 ** 20, MiB: 2 ** 20, GB: 2 ** 30, GiB: 2 ** 30, TB: 2 ** 40 }
const countUnits: Readonly<Record<string, number>> = { k: 1_000, M: 1_000_000, G: 1_000_000_000 }

function textSchema<T>(parse: (text: string) => T | null, message: (text: string) => string): z.ZodType<T, unknown> {
  return z.union([z.string(), z.number()]).transform((value, context): T => {
    const parsed = parse(String(value).trim())
    if (parsed !== null) return parsed
    context.issues.push({ code: 'custom', message: message(String(value)), input: value })
    return z.NEVER
  })
}

/** `1h30m` and `2.5s` to microseconds; null when it is no duration. */
export function parseDurationUs(text: string): number | null {
  const pieces = [...text.matchAll(/(\d+(?:\.\d+)?)\s*(us|ms|min|s|m|h|d)\s*/gy)]
  const length = pieces.reduce((sum, piece) => sum + piece[0].length, 0)
  if (text === '0') return 0
  if (pieces.length === 0 || length !== text.length) return null
  return Math.round(pieces.reduce((sum, [, number, unit]) => sum + Number(number) * (timeUnits[unit ?? ''] ?? 0), 0))
}

/** A duration, in microseconds. */
export const duration = textSchema(parseDurationUs, (text) => `"${text}" is not a duration; write 250us, 30ms, 2s, 5m or 1h.`)

/** A duration above 0, in microseconds. */
export const positiveDuration = duration.refine((us) => us > 0, { error: 'must be above 0.' })

/** An amount of memory or disk, in bytes. */
export const size = textSchema(
  (text) => {
    const match = /^(\d+(?:\.\d+)?)\s*([A-Za-z]+)$/.exec(text)
    const unit = sizeUnits[match?.[2] ?? '']
    return match === null || unit === undefined ? null : Math.round(Number(match[1]) * unit)
  },
  (text) => `"${text}" is not a size; write 512KB, 512MB or 2GB.`,
)

/** Something per unit of time, in 1/s. */
export const rate = textSchema(
  (text) => {
    const match = /^(\d+(?:\.\d+)?)\s*(k)?\s*\/\s*(s|m|min|h)$/.exec(text)
    if (match === null) return null
    return (Number(match[1]) * (match[2] === 'k' ? 1000 : 1)) / ((timeUnits[match[3] ?? ''] ?? 1) / 1_000_000)
  },
  (text) => `"${text}" is not a rate; write 300/s or 40/m.`,
)

/** A share of 1: `5%` or 0.05. */
export const share = textSchema(
  (text) => {
    const match = /^(\d+(?:\.\d+)?)(%?)$/.exec(text)
    if (match === null) return null
    const value = match[2] === '%' ? Number(match[1]) / 100 : Number(match[1])
    return value <= 1 ? value : null
  },
  (text) => `"${text}" is not a share; write 5% or 0.05.`,
)

/** A whole number, also as `50k` or `3M`. */
export const count = textSchema(
  (text) => {
    const match = /^(\d+(?:\.\d+)?)\s*([kMG]?)$/.exec(text)
    const value = match === null ? Number.NaN : Number(match[1]) * (match[2] === '' ? 1 : (countUnits[match[2] ?? ''] ?? Number.NaN))
    return Number.isSafeInteger(value) ? value : null
  },
  (text) => `"${text}" is not a whole number; write 5000, 50k or 3M.`,
)

/** A whole number from 1. */
export const positiveCount = count.refine((value) => value >= 1, { error: 'must be at least 1.' })

const shapes =
  'write 30ms, exp(20ms), lognormal(p50 12ms, p99 80ms), lognormal(20ms, cv 0.5), gamma(20ms, cv 0.5), uniform(1ms, 5ms) or pareto(1ms, shape 1.5, max 10s)'

/** A distribution of durations as text; null when it is none. */
export function parseDistribution(text: string): Distribution | null {
  const fixed = parseDurationUs(text)
  if (fixed !== null) return { kind: 'deterministic', ms: fixed / 1000 }
  const match = /^([a-z]+)\s*\(([^()]*)\)$/.exec(text)
  if (match === null) return null
  const words = new Map<string, string>()
  for (const [index, piece] of (match[2] ?? '').split(',').entries()) {
    const named = /^\s*([a-z]\w*)\s+(\S+)\s*$/.exec(piece)
    words.set(named?.[1] ?? `#${index}`, (named?.[2] ?? piece).trim())
  }
  const ms = (...names: string[]): number => {
    const found = names.map((name) => words.get(name)).find((word) => word !== undefined)
    return (parseDurationUs(found ?? '') ?? Number.NaN) / 1000
  }
  const number = (name: string, index: number, otherwise = Number.NaN): number => Number(words.get(name) ?? words.get(`#${index}`) ?? otherwise)
  const candidate = ((): unknown => {
    switch (match[1]) {
      case 'exp':
      case 'exponential':
        return { kind: 'exponential', meanMs: ms('mean', '#0') }
      case 'lognormal':
        if (words.has('p50')) return { kind: 'lognormal', p50Ms: ms('p50'), p99Ms: ms('p99') }
        return { kind: 'lognormal', meanMs: ms('mean', '#0'), cv: number('cv', 1) }
      case 'gamma':
        return { kind: 'gamma', meanMs: ms('mean', '#0'), cv: number('cv', 1) }
      case 'uniform':
        return { kind: 'uniform', minMs: ms('min', '#0'), maxMs: ms('max', '#1') }
      case 'pareto':
        return { kind: 'pareto', minMs: ms('min', '#0'), shape: number('shape', 1), ...(words.has('max') ? { maxMs: ms('max') } : {}) }
      default:
        return null
    }
  })()
  const checked = distributionSchema.safeParse(candidate)
  return checked.success ? checked.data : null
}

/** A distribution of durations: text as above, or a map as the engine has it (`{kind: gamma, meanMs: 20, cv: 0.5}`). */
export const distribution: z.ZodType<Distribution, unknown> = z.unknown().transform((value, context): Distribution => {
  const parsed = typeof value === 'string' || typeof value === 'number' ? parseDistribution(String(value).trim()) : distributionSchema.safeParse(value).data
  if (parsed !== null && parsed !== undefined) return parsed
  context.issues.push({ code: 'custom', message: `${typeof value === 'object' ? 'This' : `"${String(value)}"`} is not a distribution of durations; ${shapes}.`, input: value })
  return z.NEVER
})

/** A name of a part, an endpoint's target or the like: letters, digits, dashes. */
export const partName = z.string().regex(/^[a-z][a-z0-9-]*$/, { error: 'a name is lower-case letters, digits and dashes, such as orders-db.' })
