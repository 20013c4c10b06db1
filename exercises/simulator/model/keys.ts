import { z } from 'zod'
import { portableExp, portableLog, portablePower } from '../engine/index.ts'
import type { RandomStream } from '../engine/index.ts'
import { count, share } from '../topology/quantity.ts'

/** Which of many entities (users, products, rows) a request is about. */
export type KeySpec = { readonly kind: 'uniform'; readonly keys: number } | { readonly kind: 'zipf'; readonly keys: number; readonly exponent: number } | { readonly kind: 'hot'; readonly keys: number; readonly share: number }

const examples = 'write uniform(10k), zipf(10k, 1.1), or hot(10k, 30%) for one key that gets 30% of requests'

/** A choice of keys as text; null when it is none. */
export function parseKeys(text: string): KeySpec | null {
  const match = /^(uniform|zipf|hot)\(\s*([^,()]+?)\s*(?:,\s*([^,()]+?)\s*)?\)$/.exec(text)
  const keys = count.safeParse(match?.[2])
  if (match === null || !keys.success || keys.data < 1) return null
  if (match[1] === 'uniform') return match[3] === undefined ? { kind: 'uniform', keys: keys.data } : null
  if (match[1] === 'zipf') {
    const exponent = Number(match[3] ?? 1)
    return exponent > 0 && exponent <= 10 ? { kind: 'zipf', keys: keys.data, exponent } : null
  }
  const part = share.safeParse(match[3])
  return part.success ? { kind: 'hot', keys: keys.data, share: part.data } : null
}

/** `uniform(10k)`, `zipf(10k, 1.1)`, `hot(10k, 30%)`. */
export const keysSchema: z.ZodType<KeySpec, unknown> = z.string().transform((text, context): KeySpec => {
  const parsed = parseKeys(text.trim())
  if (parsed !== null) return parsed
  context.issues.push({ code: 'custom', message: `"${text}" is not a choice of keys; ${examples}.`, input: text })
  return z.NEVER
})

/** Draws keys, from 0. One uniform a key, and no tables: Zipf by inverting the integral of its density, close enough to tell hot from cold. */
export class KeySampler {
  readonly spec: KeySpec

  constructor(spec: KeySpec) {
    this.spec = spec
  }

  draw(stream: RandomStream): number {
    const { spec } = this
    const uniform = stream.uniform()
    if (spec.kind === 'uniform') return Math.floor(uniform * spec.keys)
    if (spec.kind === 'hot') return uniform < spec.share ? 0 : 1 + Math.floor(((uniform - spec.share) / (1 - spec.share)) * (spec.keys - 1))
    const power = 1 - spec.exponent
    const rank = Math.abs(power) < 1e-9 ? portableExp(uniform * portableLog(spec.keys + 1)) : portablePower(1 + uniform * (portablePower(spec.keys + 1, power) - 1), 1 / power)
    return Math.min(spec.keys, Math.floor(rank)) - 1
  }
}
