/** The counters of rate limiters, as a limiter that lives in Redis shows them: ratelimit:CLIENT:tokens. */
import type { World } from '../../model/index.ts'
import type { Cache } from '../../model/parts/cache/cache.ts'
import { Limiter } from '../../model/parts/limiter.ts'
import { askFor } from '../ask-action.ts'
import type { CommandResult } from '../command.ts'
import { printed, printedLines } from '../command.ts'

interface Bucket {
  readonly limiter: string
  readonly client: string
  readonly rate: number
  readonly burst: number
  readonly tokens: number
}

/** Buckets of the limiters that keep them in this cache, with the tokens that they have by now. One that is full again need not be kept. */
function buckets(world: World, cache: Cache, nowUs: number): readonly Bucket[] {
  return world.parts.flatMap((part) => {
    if (!(part instanceof Limiter) || part.spec.by !== 'token-bucket' || part.spec.store !== cache.name) return []
    return [...part.save().buckets]
      .map(([key, [rate = 0, burst = 0, tokens = 0, filledUs = 0]]) => ({ limiter: part.name, client: part.nameOf(key), rate, burst, tokens: tokens + ((nowUs - filledUs) * rate) / 1e6 }))
      .filter(({ tokens, burst }) => tokens < burst)
  })
}

const named = /^ratelimit:(.+):(?:tokens|bucket)$/

/** Keys of limits for a pattern that asks for them; null for another. */
export function limiterKeys(world: World, cache: Cache, pattern: string, nowUs: number): CommandResult | null {
  if (!pattern.startsWith('ratelimit')) return null
  const found = buckets(world, cache, nowUs)
  return found.length === 0 ? printed('(empty array)\n') : printedLines(found.flatMap(({ client }, index) => [`${index * 2 + 1}) "ratelimit:${client}:bucket"`, `${index * 2 + 2}) "ratelimit:${client}:tokens"`]))
}

function bucketOf(world: World, cache: Cache, key: string, nowUs: number): Bucket | undefined {
  const client = named.exec(key)?.[1]
  return buckets(world, cache, nowUs).find((bucket) => bucket.client === client)
}

/** `DEL ratelimit:CLIENT:tokens`: the limit begins anew. */
export function limiterForgets(world: World, cache: Cache, key: string, nowUs: number): CommandResult {
  const found = bucketOf(world, cache, key, nowUs)
  return found === undefined ? printed('(integer) 0\n') : askFor(world, { action: 'forget', target: found.limiter, of: found.client }, '(integer) 1\n')
}

/** `GET ratelimit:CLIENT:tokens`, its TTL, and `HGETALL ratelimit:CLIENT:bucket`. */
export function limiterValue(world: World, cache: Cache, verb: string, key: string, nowUs: number): CommandResult {
  const found = bucketOf(world, cache, key, nowUs)
  if (found === undefined) return printed(verb === 'TTL' ? '(integer) -2\n' : verb === 'HGETALL' ? '(empty array)\n' : '(nil)\n')
  const { rate, burst, tokens } = found
  if (verb === 'TTL') return printed(`(integer) ${Math.ceil((burst - tokens) / rate)}\n`)
  if (verb === 'HGETALL') return printedLines(['1) "tokens"', `2) "${tokens.toFixed(2)}"`, '3) "rate_per_second"', `4) "${rate}"`, '5) "burst"', `6) "${burst}"`])
  return printed(`"${Math.floor(tokens)}"\n`)
}
