import type { World } from '../../model/index.ts'
import { Cache } from '../../model/parts/cache/cache.ts'
import { askFor } from '../ask-action.ts'
import type { Command, CommandResult } from '../command.ts'
import { failed, printed } from '../command.ts'
import { ratePerSecond, reading } from '../readings.ts'
import { limiterForgets, limiterKeys, limiterValue } from './redis-limits.ts'
import { clientList, entriesOf, getKey, hotKeys, keyNumber, listed, memoryStats, monitor, slowLog } from './redis-keys.ts'

const caches = (world: World): readonly Cache[] => world.parts.filter((part) => part instanceof Cache).filter(({ spec }) => !spec['in-process'])

/** Asks a cache. */
export const redisCli: Command = {
  name: 'redis-cli',
  summary: 'ask a cache: INFO, SCAN, TTL, SLOWLOG, --hotkeys; throw keys away',
  synopsis: ['redis-cli [-h HOST] --stat', 'redis-cli [-h HOST] PING|INFO [SECTION]|DBSIZE', 'redis-cli [-h HOST] GET|TTL|EXISTS|DEL KEY', 'redis-cli [-h HOST] SLOWLOG GET | LATENCY | CLIENT LIST | MEMORY STATS | MONITOR', 'redis-cli [-h HOST] --hotkeys | --scan | --latency', 'redis-cli [-h HOST] CONFIG GET NAME | FLUSHALL'],
  description: ['Counters of INFO are those that the cache has counted up to the newest scrape. Keys are called key:0, key:1 and so on: the simulation knows that keys are there, and not what is in them. GET tells the version of the record that a key holds where the topology follows versions, and refuses elsewhere.', 'SLOWLOG and MONITOR show commands of traces that were kept. --hotkeys counts the requests that are under way at this moment, by key, and tells how busy each shard is. KEYS ratelimit:* lists the buckets of rate limiters that keep their counts in this cache; GET, TTL and HGETALL read one. A bucket that is full has no key.', 'DEL and FLUSHALL are actions. What is gone is fetched anew, with FLUSHALL everything at once, and limits begin anew. Writing values is not allowed to you.'],
  answers: ['cmd.redis-ping', 'cmd.redis-info-stats', 'cmd.redis-hit-rate', 'cmd.redis-cli-exec', 'cmd.redis-stat', 'cmd.redis-del-profile', 'cmd.redis-monitor', 'cmd.redis-keys-ratelimit', 'cmd.redis-get-tokens', 'cmd.redis-ttl-tokens', 'cmd.redis-hgetall-bucket'],
  run({ world, args, nowUs, pod, followed }) {
    const words = args.slice()
    let host: string | null = null
    while (words[0]?.startsWith('-') === true && !['--hotkeys', '--bigkeys', '--memkeys', '--scan', '--latency', '--stat', '--raw'].includes(words[0])) {
      const [flag = '', value = ''] = words.splice(0, 2)
      if (flag === '-h') host = value
      else if (flag !== '-p' && flag !== '-n') return failed(`Unrecognized option or bad number of args for: '${flag}'`)
    }
    const wanted = host ?? pod?.replace(/-\d+$/, '')
    const cache = caches(world).find(({ name }) => name === wanted) ?? (host === null ? caches(world)[0] : undefined)
    if (cache === undefined) return failed(`Could not connect to Redis at ${host ?? '127.0.0.1'}:6379: ${host === null ? 'Connection refused' : 'Name or service not known'}`)
    if (cache.settings.down) return failed(`Could not connect to Redis at ${cache.name}:6379: Connection refused`)
    return execute(world, cache, words[0] === '--raw' ? words.slice(1) : words, nowUs, followed)
  },
  candidates: (world, words) => (words.at(-1) === '-h' ? caches(world).map(({ name }) => name) : ['-h', 'PING', 'INFO', 'DBSIZE', 'SCAN', 'GET', 'TTL', 'EXISTS', 'DEL', 'SLOWLOG', 'LATENCY', 'CLIENT', 'MEMORY', 'MONITOR', 'CONFIG', 'FLUSHALL', '--hotkeys', '--scan', '--latency', '--stat']),
}

function execute(world: World, cache: Cache, [word = '', ...rest]: readonly string[], nowUs: number, followed: string | null): CommandResult {
  const verb = word.toUpperCase()
  if (word === '--stat') return stat(world, cache, nowUs)
  if (word === '--hotkeys') return hotKeys(world, cache, nowUs)
  if (word === '--bigkeys' || word === '--memkeys') return failed('Sizes of values are not part of this simulation: every key counts as one. --hotkeys shows which are asked for.')
  if (word === '--scan') return limiterKeys(world, cache, rest[0] === '--pattern' ? (rest[1] ?? '') : '', nowUs) ?? listed(cache, nowUs, mostListed)
  if (word === '--latency' || verb === 'LATENCY') return latency(world, cache, nowUs)
  if (verb === 'MONITOR') return monitor(world, cache, followed, nowUs)
  if (verb === 'SLOWLOG') return rest[0]?.toUpperCase() === 'GET' ? slowLog(world, cache, nowUs, Number(rest[1] ?? 10)) : failed('(error) ERR SLOWLOG GET [COUNT] is known here.')
  if (verb === 'CLIENT') return clientList(world, cache, nowUs)
  if (verb === 'MEMORY') return memoryStats(world, cache, nowUs)
  if (verb === 'KEYS' || verb === 'SCAN') return limiterKeys(world, cache, rest.at(verb === 'SCAN' ? -1 : 0) ?? '', nowUs) ?? listed(cache, nowUs, mostListed)
  if (rest[0]?.startsWith('ratelimit:') === true && (verb === 'DEL' || verb === 'UNLINK')) return limiterForgets(world, cache, rest[0], nowUs)
  if (['GET', 'TTL', 'HGETALL'].includes(verb) && (verb === 'HGETALL' || rest[0]?.startsWith('ratelimit:') === true)) return limiterValue(world, cache, verb, rest[0] ?? '', nowUs)
  if (verb === 'GET') return getKey(world, cache, keyNumber(rest[0] ?? ''), nowUs)
  if (verb === 'DEL' || verb === 'UNLINK') return removed(world, cache, rest[0] ?? '', nowUs)
  if (['SET', 'SETNX', 'SETEX', 'INCR', 'EXPIRE', 'HSET'].includes(verb)) return failed(`(error) NOPERM User oncall has no permissions to run the '${verb.toLowerCase()}' command: values belong to the services. GET, TTL, DEL and FLUSHALL are allowed.`)
  const size = reading(world, 'cache_entries', { job: cache.name }, nowUs) ?? 0
  if (verb === 'PING') return printed('PONG\n')
  if (verb === 'DBSIZE') return printed(`(integer) ${size}\n`)
  if (verb === 'INFO') return info(world, cache, rest[0]?.toLowerCase() ?? null, size, nowUs)
  if (verb === 'FLUSHALL' || verb === 'FLUSHDB') return askFor(world, { action: 'flush', target: cache.name }, 'OK\n')
  if (verb === 'TTL' || verb === 'PTTL' || verb === 'EXISTS') {
    const key = keyNumber(rest[0] ?? '')
    const leftUs = (entriesOf(cache, nowUs).find((entry) => entry.key === key)?.expiresUs ?? -1) - nowUs
    if (verb === 'EXISTS') return printed(`(integer) ${leftUs > 0 ? 1 : 0}\n`)
    return printed(`(integer) ${leftUs <= 0 ? -2 : Math.round(leftUs / (verb === 'TTL' ? 1e6 : 1e3))}\n`)
  }
  if (verb === 'CONFIG' && rest[0]?.toUpperCase() === 'GET') {
    const settings: Readonly<Record<string, string>> = { maxmemory: String(cache.settings.size), 'maxmemory-policy': 'allkeys-lru' }
    const value = settings[rest[1] ?? '']
    return printed(value === undefined ? '(empty array)\n' : `1) "${rest[1] ?? ''}"\n2) "${value}"\n`)
  }
  return failed(verb === '' ? 'redis-cli waits for no input here: give a command, such as INFO.' : `(error) ERR "${word}" is not part of this simulation. PING, INFO, DBSIZE, SCAN, GET, TTL, EXISTS, DEL, SLOWLOG, LATENCY, CLIENT LIST, MEMORY STATS, MONITOR, CONFIG GET and FLUSHALL are.`)
}

const mostListed = 100

/** Removes one key, which the next who asks for it fetches anew. */
function removed(world: World, cache: Cache, word: string, nowUs: number): CommandResult {
  const key = keyNumber(word)
  if (!entriesOf(cache, nowUs).some((entry) => entry.key === key)) return printed('(integer) 0\n')
  return askFor(world, { action: 'delete-key', target: cache.name, key }, '(integer) 1\n')
}

/** Times of requests of the last minute, as their callers measure them. */
function latency(world: World, cache: Cache, nowUs: number): CommandResult {
  const of = (name: string): number => ratePerSecond(world, `client_request_duration_seconds_${name}`, { peer: cache.name }, nowUs, 60_000_000)
  const rate = of('count')
  return printed(rate === 0 ? 'No request of the last minute was measured.\n' : `avg: ${((of('sum') / rate) * 1000).toFixed(2)} ms (${Math.round(rate * 60)} requests in the last minute, as their callers measure them)\n`)
}

/** One line of redis-cli --stat. */
function stat(world: World, cache: Cache, nowUs: number): CommandResult {
  const requests = reading(world, 'cache_requests_total', { job: cache.name }, nowUs) ?? 0
  const keys = reading(world, 'cache_entries', { job: cache.name }, nowUs) ?? 0
  return printed(`------- data ------ ------- load -------\nkeys       requests            per second\n${String(keys).padEnd(11)}${String(requests).padEnd(20)}${ratePerSecond(world, 'cache_requests_total', { job: cache.name }, nowUs, 30_000_000).toFixed(1)}\n`)
}

function info(world: World, cache: Cache, section: string | null, size: number, nowUs: number): CommandResult {
  const count = (name: string, labels: Readonly<Record<string, string>> = {}): number => reading(world, name, { job: cache.name, ...labels }, nowUs) ?? 0
  const operations = ratePerSecond(world, 'cache_requests_total', { job: cache.name }, nowUs, 30_000_000)
  const sections: Readonly<Record<string, readonly string[]>> = {
    server: ['# Server', 'redis_version:8.2.3', 'redis_mode:standalone', `uptime_in_seconds:${Math.floor(nowUs / 1e6)}`],
    stats: ['# Stats', `total_commands_processed:${count('cache_requests_total')}`, `instantaneous_ops_per_sec:${Math.round(operations)}`, `expired_keys:${count('cache_expired_keys_total')}`, `evicted_keys:${count('cache_evicted_keys_total')}`, `keyspace_hits:${count('cache_requests_total', { result: 'hit' })}`, `keyspace_misses:${count('cache_requests_total', { result: 'miss' })}`],
    keyspace: ['# Keyspace', ...(size === 0 ? [] : [`db0:keys=${size},expires=${size},avg_ttl=${cache.settings.ttlUs / 1000}`])],
  }
  const chosen = section === null || section === 'all' || section === 'default' ? Object.values(sections) : [sections[section] ?? []]
  return printed(chosen.map((lines) => lines.map((line) => `${line}\n`).join('')).join('\n'))
}
