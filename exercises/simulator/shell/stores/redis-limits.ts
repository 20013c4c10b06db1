/** The counters of rate limiters, as a limiter that lives in Redis shows them: ratelimit:CLIENT:tokens. */
import type { World } from '../../model/index.ts'
import { Limiter } from '../../model/parts/limiter.ts'
import type { CommandResult } from '../command.ts'
import { printed, printedLines } from '../command.ts'

interface Bucket {
  readonly client: string
  readonly rate: number
  readonly burst: number
  readonly tokens: number
}

/** Buckets of all limiters, with the tokens that they have by now. */
function buckets(world: World, nowUs: number): readonly Bucket[] {
  return world.parts.flatMap((part) => {
    if (!(part instanceof Limiter) || part.spec.by !== 'token-bucket') return []
    const { per, buckets: all } = part.save()
    const attribute = per.startsWith('attribute ') ? world.attributes.names.indexOf(per.slice('attribute '.length)) : -1
    return [...all].map(([key, [rate = 0, burst = 0, tokens = 0, filledUs = 0]]) => ({
      client: per === 'all' ? 'all' : attribute >= 0 ? world.attributes.word(attribute, key) : String(key), rate, burst, tokens: Math.min(burst, tokens + ((nowUs - filledUs) * rate) / 1e6),
    }))
  })
}

/** Keys of limits for a pattern that asks for them; null for another. */
export function limiterKeys(world: World, pattern: string): CommandResult | null {
  if (!pattern.startsWith('ratelimit')) return null
  const found = buckets(world, world.nowUs)
  return found.length === 0 ? printed('(empty array)\n') : printedLines(found.flatMap(({ client }, index) => [`${index * 2 + 1}) "ratelimit:${client}:bucket"`, `${index * 2 + 2}) "ratelimit:${client}:tokens"`]))
}

/** `GET ratelimit:CLIENT:tokens`, its TTL, and `HGETALL ratelimit:CLIENT:bucket`. */
export function limiterValue(world: World, verb: string, key: string, nowUs: number): CommandResult {
  const client = /^ratelimit:(.+):(?:tokens|bucket)$/.exec(key)?.[1]
  const found = buckets(world, nowUs).find((bucket) => bucket.client === client)
  if (found === undefined) return printed(verb === 'TTL' ? '(integer) -2\n' : verb === 'HGETALL' ? '(empty array)\n' : '(nil)\n')
  const { rate, burst, tokens } = found
  // A bucket that is full again needs not to be kept.
  if (verb === 'TTL') return printed(`(integer) ${Math.ceil((burst - tokens) / rate)}\n`)
  if (verb === 'HGETALL') return printedLines(['1) "tokens"', `2) "${tokens.toFixed(2)}"`, '3) "rate_per_second"', `4) "${rate}"`, '5) "burst"', `6) "${burst}"`])
  return printed(`"${Math.floor(tokens)}"\n`)
}
